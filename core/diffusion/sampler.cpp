// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/sampler.h"

#include "core/values/error.h"

#include <torch/torch.h>

namespace thaw {
namespace {

void ask(const StepCallback& callback, double fraction) {
    if (callback && !callback(fraction)) throw Error(ErrorCode::Interrupted, "Sampling was cancelled.");
}

}  // namespace

std::vector<double> noiseSchedule(const SamplerConfig& config) {
    std::vector<double> sigmas;
    const double high = std::pow(config.sigmaMax, 1 / config.rho), low = std::pow(config.sigmaMin, 1 / config.rho);
    for (int i = 0; i < config.steps; ++i)
        sigmas.push_back(std::pow(high + double(i) / (config.steps - 1) * (low - high), config.rho));
    sigmas.push_back(0);
    return sigmas;
}

int networkEvaluations(const SamplerConfig& config) {
    switch (config.kind) {
    case SamplerKind::OneStep: return 1;
    case SamplerKind::Heun: return 2 * config.steps - 1;
    case SamplerKind::Euler: return config.steps;
    }
    return 0;
}

torch::Tensor sample(Denoiser& denoiser, const torch::Tensor& latents, const SamplerConfig& config,
                     const Conditioning& conditioning, const ForwardMode& mode, const StepCallback& callback) {
    torch::NoGradGuard guard;
    const bool wasTraining = denoiser->is_training();
    denoiser->eval();
    const auto options = latents.options().dtype(torch::kDouble);
    const auto D = [&](const torch::Tensor& x, double sigma) {
        return denoiser->forward(x, torch::full({1}, sigma, options), conditioning, mode).to(torch::kDouble);
    };
    if (config.kind == SamplerKind::OneStep) {
        ask(callback, 0);
        auto x = D(latents.to(torch::kDouble) * config.sigmaMax, config.sigmaMax).to(torch::kFloat);
        denoiser->train(wasTraining);
        return x;
    }
    if (config.steps < 2)
        throw Error(ErrorCode::Configuration,
                    "steps is " + std::to_string(config.steps) + "; a multi-step sampler needs at least 2.",
                    "Use --steps 18, or the one-step sampler.");
    const auto t = noiseSchedule(config);
    const int N = config.steps;
    auto x = latents.to(torch::kDouble) * t[0];
    for (int i = 0; i < N; ++i) {
        const std::size_t k = std::size_t(i);
        ask(callback, double(i) / N);
        const auto d = (x - D(x, t[k])) / t[k];
        auto next = x + (t[k + 1] - t[k]) * d;
        if (config.kind == SamplerKind::Heun && i + 1 < N) {
            ask(callback, (i + 0.5) / N);
            const auto dNext = (next - D(next, t[k + 1])) / t[k + 1];
            next = x + (t[k + 1] - t[k]) * (0.5 * d + 0.5 * dNext);
        }
        x = next;
    }
    denoiser->train(wasTraining);
    return x.to(torch::kFloat);
}

torch::Tensor quantise(const torch::Tensor& images) {
    return (images * 127.5 + 128).clamp(0, 255).to(torch::kByte);
}

}  // namespace thaw
