// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"

#include "core/device/compute_device.h"
#include "core/diffusion/sampler.h"

namespace thaw::cli {

/// `--sampler` and its options, `--labels` and `--batch`, as sample, evaluate and spectrum share them.
struct SamplerOptions {
    SamplerConfig config = oneStepSampler();
    std::string labels = "random";  ///< `random`, or one class for all, or a comma list with one per image
    int batch = 64;

    std::string name() const;  ///< "one-step", "heun, 18 steps", "heun, 18 steps, churn 40"
    /// Throws Configuration naming every impossible value: before models are opened and references measured.
    void requireSane() const;
};
void addSamplerOptions(CLI::App& verb, SamplerOptions& options);

/// What is made: the images of these seeds or, where `latents` [N, C, R, R] is defined, of these latents. Image k then
/// still draws its class and its churn noise from seeds[k], in EDM's order: latents, class, noise.
struct SampleSource {
    std::vector<std::uint64_t> seeds;
    torch::Tensor latents;
};

/// Samples in batches, with a progress bar; stops with Interrupted on Ctrl+C. `use` gets each batch of float images
/// [n, C, R, R] on the CPU, in order; nothing is kept. Conditional models get the classes of options.labels. Returns the
/// seconds it took. Throws Configuration (labels that are too many, unknown, or not wanted).
double generate(Denoiser& denoiser, const Context& context, const ComputeDevice& compute, const SamplerOptions& options,
                const SampleSource& source, const std::function<void(const torch::Tensor& images)>& use);

}  // namespace thaw::cli
