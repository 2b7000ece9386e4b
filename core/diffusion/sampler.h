// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/diffusion/noise_schedule.h"
#include "core/values/sampler_config.h"

#include <functional>
#include <string>
#include <vector>

namespace thaw {

/// The noise levels a run of this denoiser visits, ending with 0 (OneStep: sigmaMax alone; MultiStep: ending with
/// sigmaMin): the wanted range clipped to the denoiser's, spaced by EDM's eq. 5, rounded to the levels it knows.
std::vector<double> noiseLevels(const SamplerConfig& config, const DenoiserImpl& denoiser);

/// Asked before every network evaluation with the share done; false cancels with Error(Interrupted).
using StepCallback = std::function<bool(double fraction)>;
/// N(0, I) like its argument; for churn. `SeedStreams::randnLike` makes images depend on their seeds alone.
using NoiseSource = std::function<torch::Tensor(const torch::Tensor&)>;

/// How a batch is sampled, beside what and by which sampler.
struct SampleContext {
    Conditioning conditioning;
    ForwardMode mode;
    StepCallback callback;
    NoiseSource noise;  ///< needed where churn.amount > 0
    /// Called at every step's beginning with its level, x there, and D(x; sigma). Not by the ablation sampler.
    std::function<void(double sigma, const torch::Tensor& x, const torch::Tensor& denoised)> observe = {};
    ResponseHook hook = {};  ///< hears every network evaluation, and may change what flows through it
};

/// latents [N, C, R, R] ~ N(0, I) -> float images in about [-1, 1]. The multi-step samplers integrate in double. No
/// gradient is recorded. Throws Configuration (samplerProblems), Interrupted.
torch::Tensor sample(Denoiser& denoiser, const torch::Tensor& latents, const SamplerConfig& config,
                     const SampleContext& context = {});

/// clip(x·127.5 + 128, 0, 255) truncated: EDM's quantisation. Float [N, C, H, W] -> uint8 of the same shape.
torch::Tensor quantise(const torch::Tensor& images);

}  // namespace thaw
