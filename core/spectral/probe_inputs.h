// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/diffusion/denoiser.h"

#include <cstdint>
#include <vector>

namespace thaw {

/// From this noise level on the input is pure noise: what is left of an image is below a hundredth of the noise.
constexpr double kPureNoiseSigma = 80;

/// Inputs of a denoiser at a noise level, float [count, C, R, R], image k for seed s_k = firstSeed + k: sigma·z(s_k) from
/// kPureNoiseSigma on; below, y + sigma·z(s_k) with y the image number s_k (modulo their count) of the data.
torch::Tensor noisyInputs(const NetworkConfig& network, const Dataset& data, double sigma, std::uint64_t firstSeed,
                          int count);

/// Throws Configuration naming every noise level that is not above 0 and at most 1e6, an empty list, and numbers of images
/// outside 1 .. 1000000.
void requireSaneProbe(const std::vector<double>& sigmas, std::int64_t images);

/// Throws WrongKind when one of the levels needs real images and the data do not fit the network.
void requireFittingData(const NetworkConfig& network, const Dataset& data, const std::vector<double>& sigmas);

/// The denoiser on these inputs at one noise level, in float, in evaluation mode, without gradient: D [N, C, R, R], on
/// its device. The hook hears everything.
torch::Tensor probe(Denoiser& denoiser, const torch::Tensor& inputs, double sigma, const ResponseHook& hook = {});

/// Pieces of a measurement over so many images: [first, last) of each. A small first piece, so that a picture of
/// everything comes soon, then pieces of `chunk`.
struct ImageRange {
    int first, last;
    int count() const { return last - first; }
};
std::vector<ImageRange> imageRanges(int images, int chunk);

}  // namespace thaw
