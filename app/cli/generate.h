// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"

#include "core/compute.h"
#include "core/diffusion/sampler.h"

namespace thaw::cli {

/// `--sampler`, `--steps` and `--batch` as sample and evaluate share them.
struct SamplerOptions {
    SamplerConfig config = oneStepSampler();
    int batch = 64;
    std::string name() const;  ///< "one-step", "heun, 18 steps"
};
void addSamplerOptions(CLI::App& verb, SamplerOptions& options);

/// Samples for these latents in batches, with a progress bar; stops with Interrupted on Ctrl+C. `use` gets each batch of
/// float images [n, C, R, R] on the CPU, in order. Returns the seconds it took.
double generate(Denoiser& denoiser, const Context& context, const Compute& compute, const SamplerOptions& options,
                std::int64_t count, const std::function<torch::Tensor(std::int64_t first, std::int64_t last)>& latents,
                const std::function<void(const torch::Tensor& images)>& use);

}  // namespace thaw::cli
