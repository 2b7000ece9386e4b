// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/backbone.h"

namespace thaw {

/// Feature maps of the frozen pre-trained denoiser's own encoder: what the built-in discriminator sees. It needs no
/// outside network and works for any data the denoiser was trained on. Our own definition (the published discriminator uses
/// ImageNet networks): images are noised with sigma drawn log-uniformly from [sigmaMin, sigmaMax], one per image, and
/// the outputs of the first block of each level are taken.
class DenoiserFeatures : public Backbone {
public:
    /// Shares the weights of `denoiser`, which must be frozen (no parameter requires a gradient).
    explicit DenoiserFeatures(Denoiser denoiser);

    static FeatureNoise drawNoise(const torch::Tensor& like, torch::Generator generator);

    std::vector<torch::Tensor> maps(const torch::Tensor& images, const FeatureNoise& noise, const ForwardMode& mode,
                                    const torch::Tensor& labels = {}) override;
    const std::vector<Level>& levels() const override { return levels_; }

    static constexpr double kSigmaMin = 0.03;
    static constexpr double kSigmaMax = 0.37;

private:
    Denoiser denoiser_;
    std::vector<std::string> names_;
    std::vector<Level> levels_;
};

}  // namespace thaw
