// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace thaw {

/// A CPU generator of its own, seeded `seed mod 2^32` as EDM does.
torch::Generator seededGenerator(std::uint64_t seed);

/// Latents z ~ N(0, I), float [n, C, R, R]: image k depends on seeds[k] alone, so neither batch size nor order matter.
torch::Tensor latentsForSeeds(const std::vector<std::uint64_t>& seeds, int channels, int resolution);

}  // namespace thaw
