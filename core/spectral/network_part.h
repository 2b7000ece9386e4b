// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/probe_inputs.h"
#include "core/values/transfer.h"

#include <functional>

namespace thaw {

/// A system that maps [N, C, H, W] to [N, C', H', W'], each image for itself, and the inputs it is to be probed with.
struct NetworkPart {
    /// `images`: which ones x [N, C, H, W] stands for, N of them or one in N disguises; a conditional network is told their
    /// classes.
    std::function<torch::Tensor(const torch::Tensor& x, const ImageRange& images)> map;
    std::function<torch::Tensor(const ImageRange& images)> inputs;  ///< the images first .. last-1 of the request
};

/// The part of a denoiser that a request names, at its noise level: the whole, x ↦ D(x; sigma), or one top-level module from
/// its own input to its output, probed with the inputs it gets inside the network. Without gradient, in evaluation mode.
/// Throws Usage (unknown block, or one with two inputs), Configuration, WrongKind as LayerSweep does.
NetworkPart networkPart(Denoiser denoiser, const Dataset& data, const TransferRequest& request);

/// White noise for image `seed`, N(0, 1) of x's shape [C, H, W], float on x's device; not the noise of the latents.
torch::Tensor perturbationNoise(const torch::Tensor& x, std::uint64_t seed);

/// Root mean square over each image: [N, 1, 1, 1], of images [N, ...].
torch::Tensor imageRms(const torch::Tensor& x);

}  // namespace thaw
