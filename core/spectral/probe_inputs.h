// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/diffusion/denoiser.h"
#include "core/values/class_choice.h"
#include "core/values/noise_levels.h"

#include <cstdint>
#include <vector>

namespace thaw {

/// Inputs of a denoiser at a noise level, float [count, C, R, R], image k for seed s_k = firstSeed + k: sigma·z(s_k) from
/// kPureNoiseSigma on; below, y + sigma·z(s_k) with y the image number s_k (modulo their count) of the data.
torch::Tensor noisyInputs(const NetworkConfig& network, const Dataset& data, double sigma, std::uint64_t firstSeed,
                          int count);

/// What a conditional network is told of these inputs, float [count, labelDim]; undefined for a network without classes. Where
/// real images are noised and the data have labels that the network knows, each has its own unless one class is chosen for
/// all; elsewhere as ClassChoice says. Zeros, which no label is, are an input that a conditional network never saw. Throws
/// Configuration for a class that the network has not.
torch::Tensor inputLabels(const NetworkConfig& network, const Dataset& data, double sigma, std::uint64_t firstSeed,
                          int count, const ClassChoice& classes);

/// Throws WrongKind when one of the levels needs real images and the data do not fit the network.
void requireFittingData(const NetworkConfig& network, const Dataset& data, const std::vector<double>& sigmas);

/// The denoiser on these inputs at one noise level, in float, in evaluation mode, without gradient: D [N, C, R, R], on
/// its device. The hook hears everything. `labels` [N, label_dim], undefined for networks without classes. Throws WrongKind
/// where D is not finite: no spectrum of such responses is a number.
torch::Tensor probe(Denoiser& denoiser, const torch::Tensor& inputs, double sigma, const ResponseHook& hook = {},
                    const torch::Tensor& labels = {});

/// Pieces of a measurement over so many images: [first, last) of each. A small first piece, so that a picture of
/// everything comes soon, then pieces of `chunk`.
struct ImageRange {
    int first, last;
    int count() const { return last - first; }
};
std::vector<ImageRange> imageRanges(int images, int chunk);

}  // namespace thaw
