// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/device/compute_device.h"
#include "core/diffusion/sampler.h"
#include "core/values/class_choice.h"
#include "core/values/image.h"

#include <cstdint>
#include <vector>

namespace thaw {

/// Images of these seeds, as EDM draws them: latents, then a random class where the model is conditional, then churn
/// noise, all from the seed's own generator. Float [N, C, R, R] on the compute device. A shift moves the latents
/// (LatentShift) and takes the class of the nearest seed. `classes` chooses others than the random ones; labels in the
/// context go before both.
torch::Tensor sampleSeeds(Denoiser& denoiser, const std::vector<std::uint64_t>& seeds, const SamplerConfig& sampler,
                          const ComputeDevice& compute, SampleContext context = {}, const LatentShift& shift = {},
                          const ClassChoice& classes = {});

/// z of the seeds, dragged by `shift`: float [n, C, R, R] ~ N(0, I).
torch::Tensor shiftedLatents(const std::vector<std::uint64_t>& seeds, const LatentShift& shift, int channels,
                             int resolution);

/// Float images [N, C, H, W] in about [-1, 1] -> one 8-bit image each; 1 and 3 channels.
std::vector<Image> toImages(const torch::Tensor& samples);

}  // namespace thaw
