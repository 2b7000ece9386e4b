// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

namespace thaw {

/// Feature maps of the frozen pre-trained denoiser's own encoder: the discriminator's built-in eye. It needs no outside
/// network and works for any data the denoiser was trained on. Our own definition (the published discriminator uses
/// ImageNet networks): images are noised with sigma drawn log-uniformly from [sigmaMin, sigmaMax], one per image, and
/// the outputs of the first block of each level are taken.
class DenoiserFeatures {
public:
    /// Shares the weights of `denoiser`, which must be frozen (no parameter requires a gradient).
    explicit DenoiserFeatures(Denoiser denoiser);

    /// images [N, C, R, R] in [-1, 1] -> one map [N, C_l, R_l, R_l] per level, highest resolution first. The gradient
    /// flows to the images. Noise comes from `generator`.
    std::vector<torch::Tensor> operator()(const torch::Tensor& images, torch::Generator generator,
                                          const ForwardMode& mode);

    struct Level {
        int channels;
        int resolution;
    };
    const std::vector<Level>& levels() const { return levels_; }

    static constexpr double kSigmaMin = 0.03;
    static constexpr double kSigmaMax = 0.37;

private:
    Denoiser denoiser_;
    std::vector<std::string> names_;
    std::vector<Level> levels_;
};

}  // namespace thaw
