// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

#include <functional>
#include <optional>

namespace thaw {

enum class SamplerKind { OneStep, Heun, Euler };

/// EDM's deterministic sampler (Karras et al. 2022, algorithm 1 with S_churn = 0), and the one-step generator.
struct SamplerConfig {
    SamplerKind kind = SamplerKind::Heun;
    int steps = 18;          ///< >= 2 for Heun and Euler
    double sigmaMin = 0.002;
    double sigmaMax = 80;    ///< also the one noise level of the one-step generator
    double rho = 7;
    bool operator==(const SamplerConfig&) const = default;
};

/// sigma_i = (sigmaMax^(1/rho) + i/(N-1)·(sigmaMin^(1/rho) - sigmaMax^(1/rho)))^rho, i = 0..N-1, then 0.
std::vector<double> noiseSchedule(const SamplerConfig& config);

/// Network evaluations per image: 1, 2N - 1 (Heun), N (Euler).
int networkEvaluations(const SamplerConfig& config);

/// Asked before every network evaluation with the share done; false cancels with Error(Interrupted).
using StepCallback = std::function<bool(double fraction)>;

/// latents [N, C, R, R] ~ N(0, I) -> float images in about [-1, 1]. Heun and Euler integrate in double; OneStep returns
/// D(sigmaMax·z; sigmaMax). No gradient is recorded.
torch::Tensor sample(Denoiser& denoiser, const torch::Tensor& latents, const SamplerConfig& config,
                     const Conditioning& conditioning = {}, const ForwardMode& mode = {},
                     const StepCallback& callback = {});

/// clip(x·127.5 + 128, 0, 255) truncated: EDM's quantisation. Float [N, C, H, W] -> uint8 of the same shape.
torch::Tensor quantise(const torch::Tensor& images);

}  // namespace thaw
