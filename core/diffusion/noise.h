// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/upload.h"  // random numbers are drawn on the CPU, wherever they are used

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace thaw {

/// A CPU generator of its own, seeded `seed mod 2^32` as EDM does.
torch::Generator seededGenerator(std::uint64_t seed);

/// One generator per image: image k depends on seeds[k] alone, so neither batch size nor order nor device matter. Draws
/// follow EDM's order: the latents first, then the class, then the noise of every churn step.
class SeedStreams {
public:
    explicit SeedStreams(const std::vector<std::uint64_t>& seeds);

    /// z ~ N(0, I), float [n, C, R, R].
    torch::Tensor latents(int channels, int resolution);
    /// Uniform class of each image, int64 [n].
    torch::Tensor classes(int labelDim);
    /// N(0, I) of the shape, type and device of x [n, ...]; drawn on the CPU.
    torch::Tensor randnLike(const torch::Tensor& x);

private:
    std::vector<torch::Generator> generators_;
};

/// The latents alone.
torch::Tensor latentsForSeeds(const std::vector<std::uint64_t>& seeds, int channels, int resolution);

/// int64 [n] -> float [n, labelDim]. Throws Configuration naming a class outside 0 .. labelDim-1.
torch::Tensor oneHot(const torch::Tensor& classes, int labelDim);

}  // namespace thaw
