// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/denoiser.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr double kFinalTime = 0.002;  // eps of the consistency-model boundary condition

}  // namespace

std::string className(Preconditioning kind) { return kind == Preconditioning::Edm ? "EDMPrecond" : "D2OPrecond"; }

PreconditioningScales preconditioningScales(Preconditioning kind, const torch::Tensor& sigmaIn, double sigmaData) {
    const auto sigma = sigmaIn.reshape({-1, 1, 1, 1});
    const auto shifted = kind == Preconditioning::Edm ? sigma : sigma - kFinalTime;
    const double sd2 = sigmaData * sigmaData;
    const auto root = (sigma * sigma + sd2).sqrt();
    return {sd2 / (shifted * shifted + sd2), shifted * sigmaData / root, 1.0 / root, sigma.log().flatten() / 4};
}

DenoiserImpl::DenoiserImpl(const NetworkConfig& config, Preconditioning kind) : kind_(kind) {
    model = register_module("model", SongUNet(config));
}

torch::Tensor DenoiserImpl::forward(const torch::Tensor& xIn, const torch::Tensor& sigmaIn,
                                    const Conditioning& conditioning, const ForwardMode& mode,
                                    const ResponseHook& hook) {
    const auto type = mode.dtype == torch::kDouble ? torch::kDouble : torch::kFloat;
    const auto x = xIn.to(type);
    const auto sigma = sigmaIn.to(type).expand({x.size(0)});
    const auto c = preconditioningScales(kind_, sigma, config().sigmaData);
    const auto f = model->forward(c.cIn * x, c.cNoise, conditioning, mode, hook);
    return c.cSkip * x + c.cOut * f.to(type);
}

Denoiser cloneDenoiser(const Denoiser& original, Preconditioning kind) {
    torch::NoGradGuard guard;
    Denoiser copy(original->config(), kind);
    auto target = copy->named_parameters();
    for (const auto& item : original->named_parameters()) target[item.key()].copy_(item.value());
    copy->to(original->parameters().front().device());
    copy->train(original->is_training());
    return copy;
}

}  // namespace thaw
