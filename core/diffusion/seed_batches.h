// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/device/compute_device.h"
#include "core/diffusion/sampler.h"
#include "core/values/class_choice.h"
#include "core/values/progress.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace thaw {

/// How images are made of seeds, see GenerationRequest (core/session/generation.h).
struct SeedBatches {
    SamplerConfig sampler;
    std::vector<double> labels;  ///< classes: one for all, or one an image; empty = as `classes` says
    int batch = 64;
    Precision precision = Precision::Auto;
    ClassChoice classes{};
    int process = 0, processes = 1;  ///< which of several makes every so manieth batch: this one
};

/// What is made: the images of these seeds or, where `latents` [N, C, R, R] is defined, of these latents. Image k then
/// still draws its class and its churn noise from seeds[k], in EDM's order: latents, class, noise.
struct SeedsOrLatents {
    std::vector<std::uint64_t> seeds;
    torch::Tensor latents{};
};

/// Samples in batches. `use` gets each batch of float images [n, C, R, R] on the CPU, in order; nothing is kept. Of several
/// processes each makes the same number of batches, where nothing is left empty ones (n = 0). Returns
/// the seconds it took. Throws Configuration (labels that are too many, unknown, or not wanted), Interrupted.
double sampleBatches(Denoiser& denoiser, const ComputeDevice& compute, const SeedBatches& how,
                     const SeedsOrLatents& source, const std::function<void(const torch::Tensor& images)>& use,
                     const Progress& progress = {});

}  // namespace thaw
