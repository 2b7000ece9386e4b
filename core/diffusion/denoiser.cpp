// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/denoiser.h"

#include <torch/torch.h>

namespace thaw {

DenoiserImpl::DenoiserImpl(const NetworkConfig& config, Preconditioning kind) : kind_(kind) {
    if (kind == Preconditioning::Iddpm) u_ = register_buffer("u", iddpmSigmas(config));
    model = register_module("model", UNet(config));
}

torch::Tensor DenoiserImpl::forward(const torch::Tensor& xIn, const torch::Tensor& sigmaIn,
                                    const Conditioning& conditioning, const ForwardMode& mode,
                                    const ResponseHook& hook) {
    const auto type = mode.dtype == torch::kDouble ? torch::kDouble : torch::kFloat;
    const auto x = xIn.to(type);
    evaluations_ += x.size(0);
    const auto sigma = sigmaIn.to(type).expand({x.size(0)});
    const auto c = scales(sigma);
    auto inner = conditioning;
    if (config().twoTime) {
        const auto target = conditioning.target.defined() ? conditioning.target.to(sigma.options())
                                                          : torch::full({1}, config().epsilon, sigma.options());
        inner.target = scales(target.expand({x.size(0)})).cNoise;
    }
    auto f = model->forward(c.cIn * x, c.cNoise, inner, mode, hook);
    if (f.size(1) != x.size(1)) f = f.slice(1, 0, x.size(1));
    auto denoised = c.cSkip * x + c.cOut * f.to(type);
    if (hook) hook("output", denoised);
    return denoised;
}

PreconditioningScales DenoiserImpl::scales(const torch::Tensor& sigma) const {
    return preconditioningScales(kind_, config(), sigma, u_);
}

const torch::Tensor& DenoiserImpl::tableOnHost() const {
    if (u_.defined() && hostVersion_ != std::int64_t(u_._version())) {
        hostU_ = u_.cpu();
        hostVersion_ = std::int64_t(u_._version());
    }
    return hostU_;
}

SigmaRange DenoiserImpl::range() const { return sigmaRange(kind_, config(), tableOnHost()); }

double DenoiserImpl::roundSigma(double sigma) const {
    if (kind_ != Preconditioning::Iddpm) return sigma;
    const auto& u = tableOnHost();
    return u[(u - sigma).abs().argmin()].item<double>();
}

namespace {

// Copies what both have; what only the copy has keeps its own values.
void copyWeights(const Denoiser& original, Denoiser& copy) {
    torch::NoGradGuard guard;
    copy->to(original->parameters().front().device());
    auto parameters = copy->named_parameters();
    for (const auto& item : original->named_parameters()) parameters[item.key()].copy_(item.value());
    auto buffers = copy->named_buffers();
    for (const auto& item : original->named_buffers())
        if (auto* buffer = buffers.find(item.key())) buffer->copy_(item.value());
    copy->train(original->is_training());
}

}  // namespace

Denoiser reconfiguredDenoiser(const Denoiser& original, Preconditioning kind, const NetworkConfig& config,
                              std::uint64_t seed) {
    Denoiser copy(config, kind);
    if (config.twoTime && !original->config().twoTime) copy->model->initialise(seed);
    copyWeights(original, copy);
    return copy;
}

Denoiser cloneDenoiser(const Denoiser& original, Preconditioning kind) {
    return reconfiguredDenoiser(original, kind, original->config(), 0);
}

Denoiser twoTimeDenoiser(const Denoiser& original, Preconditioning kind, std::uint64_t seed) {
    auto config = original->config();
    config.twoTime = true;
    return reconfiguredDenoiser(original, kind, config, seed);
}

}  // namespace thaw
