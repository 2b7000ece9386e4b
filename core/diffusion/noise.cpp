// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

namespace thaw {

torch::Generator seededGenerator(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed & 0xffffffffu);
}

torch::Tensor latentsForSeeds(const std::vector<std::uint64_t>& seeds, int channels, int resolution) {
    std::vector<torch::Tensor> latents;
    latents.reserve(seeds.size());
    for (const auto seed : seeds)
        latents.push_back(torch::randn({channels, resolution, resolution}, seededGenerator(seed)));
    return latents.empty() ? torch::empty({0, channels, resolution, resolution}) : torch::stack(latents);
}

}  // namespace thaw
