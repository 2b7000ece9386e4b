// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preconditioning.h"
#include "core/nn/unet.h"

namespace thaw {

/// D(x; sigma) = cSkip·x + cOut·F(cIn·x; cNoise), F one of EDM's U-Nets under one of its wrappers. The module tree is
/// EDM's: the network below `model.`, and iDDPM's buffer `u`.
class DenoiserImpl : public torch::nn::Module {
public:
    DenoiserImpl(const NetworkConfig& config, Preconditioning kind);

    /// x [N, C, R, R] any float type, sigma [N] or [1] -> float [N, C, R, R] (double in, double out only where
    /// mode.dtype is double). iDDPM predicts variances too; they are dropped.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& sigma, const Conditioning& conditioning = {},
                          const ForwardMode& mode = {}, const ResponseHook& hook = {});

    /// The wrapper's scalings at sigma [N].
    PreconditioningScales scales(const torch::Tensor& sigma) const;
    /// The noise levels it was made for, and the nearest one it knows (only iDDPM has a table).
    SigmaRange range() const;
    double roundSigma(double sigma) const;

    UNet model{nullptr};
    Preconditioning kind() const { return kind_; }
    /// Images that forward has evaluated so far.
    std::int64_t evaluations() const { return evaluations_; }
    const NetworkConfig& config() const { return model->config(); }

private:
    const torch::Tensor& tableOnHost() const;

    Preconditioning kind_;
    torch::Tensor u_;
    mutable torch::Tensor hostU_;  // samplers ask for levels in every step: no waiting for a device
    mutable std::int64_t hostVersion_ = -1;
    std::int64_t evaluations_ = 0;
};
TORCH_MODULE(Denoiser);

/// A new denoiser with the same weights and buffers, maybe under another wrapper; both share nothing.
Denoiser cloneDenoiser(const Denoiser& original, Preconditioning kind);
/// The same weights in a network of another configuration (dropout, twoTime); weights that only it has come from `seed`.
Denoiser reconfiguredDenoiser(const Denoiser& original, Preconditioning kind, const NetworkConfig& config,
                              std::uint64_t seed);
/// The same as a two-time network, which at first ignores the second time; its new weights come from `seed`.
Denoiser twoTimeDenoiser(const Denoiser& original, Preconditioning kind, std::uint64_t seed);

}  // namespace thaw
