// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <memory>
#include <vector>

namespace thaw {

/// A generator an image: what is drawn for one depends on no other, so that neither micro-batches nor the processes that
/// share a batch change it.
using ImageGenerators = std::vector<torch::Generator>;

/// How one forward pass of a network is to run.
struct ForwardMode {
    torch::ScalarType dtype = torch::kFloat;  ///< activations; weights are cast to it where used
    /// The result will be differentiated twice (R1). The fused kernels have a backward but no backward of it, so they
    /// give way to composed torch operations.
    bool twiceDifferentiable = false;
    /// Where the masks of dropout and label dropout come from, for a network in training mode; as many as there are images.
    /// Without them nothing is dropped: no random number of a run may come from elsewhere than its step's generators.
    std::shared_ptr<const ImageGenerators> random = {};
};

/// Whether this map goes through the fused operations: on the CPU, float or bfloat16, differentiated once at most.
bool fusable(const torch::Tensor& x, const ForwardMode& mode);

/// Uniform in [0, 1), float of these sizes [N, ...] on the CPU, each image's numbers from its own generator of mode.random.
torch::Tensor uniformPerImage(at::IntArrayRef sizes, const ForwardMode& mode);

/// Inverted dropout: every entry is 0 with probability `rate`, else x/(1 - rate). The mask is drawn on the CPU, so that a
/// seed means the same on every device. x as it is where the rate is 0 or mode has no generators.
torch::Tensor dropout(const torch::Tensor& x, double rate, const ForwardMode& mode);

/// GroupNorm over x + shift, then SiLU when asked: silu(gamma·(x + shift - mean)·rstd + beta).
/// x [N,C,H,W]; shift [N,C] or undefined; weight, bias [C]. On the CPU in float or bfloat16 this is one pass with a
/// hand-written backward on channels-last memory; elsewhere composed torch operations with the same result.
torch::Tensor groupNorm(const torch::Tensor& x, const torch::Tensor& shift, const torch::Tensor& weight,
                        const torch::Tensor& bias, std::int64_t groups, double epsilon, bool silu,
                        const ForwardMode& mode);

/// (a + b)·scale, same shapes.
torch::Tensor scaledSum(const torch::Tensor& a, const torch::Tensor& b, double scale, const ForwardMode& mode);

/// Nearest-neighbour ×2: what EDM's resampling filter [1,1] does when it goes up.
torch::Tensor upsample2(const torch::Tensor& x, const ForwardMode& mode);
/// 2×2 average: the filter [1,1] going down.
torch::Tensor downsample2(const torch::Tensor& x, const ForwardMode& mode);

}  // namespace thaw
