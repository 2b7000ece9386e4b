// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute.h"
#include "core/diffusion/sampler.h"
#include "core/values/image.h"

#include <cstdint>
#include <vector>

namespace thaw {

/// Images of these seeds, as EDM draws them: latents, then a random class where the model is conditional and the
/// context names none, then churn noise, all from the seed's own generator. Float [N, C, R, R] on the compute device.
torch::Tensor sampleSeeds(Denoiser& denoiser, const std::vector<std::uint64_t>& seeds, const SamplerConfig& sampler,
                          const Compute& compute, SampleContext context = {});

/// Float images [N, C, H, W] in about [-1, 1] -> one 8-bit image each; 1 and 3 channels.
std::vector<Image> toImages(const torch::Tensor& samples);

}  // namespace thaw
