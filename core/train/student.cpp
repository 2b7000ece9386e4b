// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/student.h"

#include <torch/torch.h>

namespace thaw {

bool needsTwoTimes(const FinetuneConfig& config) {
    if (config.studentSteps > 1) return true;
    switch (config.distill.kind) {
    case Distillation::None:
    case Distillation::Regression: return false;
    // A consistency model knows one time.
    case Distillation::Consistency: return config.distill.recipe == DistillRecipe::Release;
    case Distillation::Progressive:
    case Distillation::Trajectory:
    case Distillation::Rcd: break;
    }
    return true;
}

Denoiser makeStudent(const Denoiser& original, const FinetuneConfig& config) {
    const auto kind = original->kind() == Preconditioning::Edm ? Preconditioning::D2o : original->kind();
    auto network = original->config();
    network.twoTime = network.twoTime || needsTwoTimes(config);
    network.dropout = config.dropout;
    network.labelDropout = config.labelDropout;
    return reconfiguredDenoiser(original, kind, network, config.seed);
}

SamplerConfig studentSampler(const FinetuneConfig& config) {
    auto sampler = oneStepSampler(config.sigma);
    sampler.steps = config.studentSteps;
    if (config.studentSteps > 1) sampler.kind = SamplerKind::MultiStep;
    return sampler;
}

torch::Tensor studentImages(Denoiser& student, const torch::Tensor& z, const FinetuneConfig& config,
                            const torch::Tensor& classLabels, const ForwardMode& mode) {
    SamplerConfig sampler;
    sampler.kind = SamplerKind::MultiStep;
    sampler.steps = config.studentSteps;
    sampler.sigmaMax = config.sigma;
    const auto levels = noiseLevels(sampler, *student);
    auto x = z * levels[0];
    torch::Tensor denoised;
    for (int i = 0; i < config.studentSteps; ++i) {
        const double a = levels[std::size_t(i)], b = levels[std::size_t(i) + 1];
        const auto at = [&](double sigma) { return torch::full({1}, sigma, x.options()); };
        denoised =
            student->forward(x, at(a), {classLabels, {}, config.studentSteps > 1 ? at(b) : torch::Tensor()}, mode);
        if (i + 1 < config.studentSteps) x = x + (denoised - x) / a * (a - b);
    }
    return denoised;
}

}  // namespace thaw
