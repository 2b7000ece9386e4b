// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/denoiser_features.h"
#include "core/values/train_config.h"

#include <torch/script.h>

namespace thaw {

/// How far two batches of images are apart, a mean over images:
///   L2        mean over C,H,W of (a - b)²
///   Features  sum over the levels of the frozen denoiser's encoder (DenoiserFeatures, same noise for both) of the mean
///             over positions of |f(a)/|f(a)| - f(b)/|f(b)||², features normalised along channels: LPIPS (Zhang et al.
///             2018) without its learned weights, on a network that knows the data
///   Lpips     whatever the user's TorchScript file says: called with two batches [N, 3, H, H] in [-1, 1], enlarged
///             bilinearly to 224 pixels as published, grey images repeated, it returns a distance per image
///             (packaging/export_features.py lpips exports Zhang et al.'s)
class ImageDistanceMeasure {
public:
    /// Throws as loadScript for Lpips.
    ImageDistanceMeasure(const DistillConfig& config, const Denoiser& frozen, torch::Device device);
    /// [N, C, R, R] each. The gradient flows to `a`. `noise` is what Features looks through and `labels` [N, classes] what its
    /// encoder is told where it is conditional; L2 ignores both.
    torch::Tensor operator()(const torch::Tensor& a, const torch::Tensor& b, const FeatureNoise& noise,
                             const ForwardMode& mode, const torch::Tensor& labels = {}) {
        return perImage(a, b, noise, mode, labels).mean();
    }
    /// The same before the mean: [N].
    torch::Tensor perImage(const torch::Tensor& a, const torch::Tensor& b, const FeatureNoise& noise,
                           const ForwardMode& mode, const torch::Tensor& labels = {});

    std::int64_t looks() const { return looks_; }  ///< images that its network has seen so far

private:
    std::int64_t looks_ = 0;
    ImageDistance kind_;
    DenoiserFeatures features_;
    std::shared_ptr<torch::jit::Module> network_;  // Lpips
};

}  // namespace thaw
