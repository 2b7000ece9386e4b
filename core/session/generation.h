// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/npy.h"
#include "core/session/session.h"
#include "core/values/class_choice.h"
#include "core/values/sampler_config.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace thaw {

/// Images of a model by any sampler, in batches.
struct GenerationRequest {
    std::string model = "builtin";     ///< model file, run folder, or `builtin`
    std::vector<std::uint64_t> seeds;  ///< image k depends on seeds[k] alone
    std::string latents;               ///< `.npy` of [N, C, R, R] instead; the seeds are then 0, 1, ...
    SamplerConfig sampler = oneStepSampler();
    std::vector<double>
        labels;  ///< classes of a conditional model: one for all, or one an image; empty = as `classes` says
    ClassChoice classes{};
    int batch = 64;  ///< images a forward pass; no image depends on it
    ComputeOptions compute;
};

/// One batch: seeds of its images, and the images as the sampler gave them, float32 [n, C, R, R] in about [-1, 1].
struct GeneratedBatch {
    std::vector<std::uint64_t> seeds;
    NpyArray images;
};

struct GenerationResult {
    std::int64_t images = 0;
    double seconds = 0;  ///< of sampling alone
};

/// `use` gets the batches in order; nothing is kept. Everything is checked before the first: it is called with a batch, or
/// not at all. Throws Configuration (sampler, labels), WrongKind for latents of another size, what openModel throws, and
/// Interrupted.
GenerationResult generateImages(const GenerationRequest& request,
                                const std::function<void(const GeneratedBatch& batch)>& use,
                                const Progress& progress = {});

/// Float images [N, C, H, W] as 8-bit ones, quantised as EDM does; 1 and 3 channels.
std::vector<Image> imagesOf(const NpyArray& samples);
/// Those of several batches as one array.
NpyArray joined(const std::vector<NpyArray>& batches);

}  // namespace thaw
