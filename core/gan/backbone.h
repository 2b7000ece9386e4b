// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

#include <memory>
#include <string>
#include <vector>

namespace thaw {

/// The noise a batch is looked at through, drawn ahead so that its slices see the same as the whole.
struct FeatureNoise {
    torch::Tensor sigma, normal;  ///< [N], [N, C, R, R]
    FeatureNoise slice(std::int64_t first, std::int64_t last) const {
        return {sigma.slice(0, first, last), normal.slice(0, first, last)};
    }
};

/// A frozen feature network that a discriminator looks through: images in, a pyramid of maps out.
class Backbone {
public:
    struct Level {
        int channels;
        int resolution;
    };
    virtual ~Backbone() = default;

    /// images [N, C, R, R] in [-1, 1] -> one map [N, C_l, R_l, R_l] a level, highest resolution first. The gradient flows
    /// to the images, twice where mode says so. `labels` [N, classes] one-hot, of reals the images' own and of fakes what G
    /// was told: the encoder of a conditional denoiser is told them too. Throws WrongKind where a module's own program
    /// fails, OutOfMemory.
    virtual std::vector<torch::Tensor> maps(const torch::Tensor& images, const FeatureNoise& noise,
                                            const ForwardMode& mode, const torch::Tensor& labels = {}) = 0;
    virtual const std::vector<Level>& levels() const = 0;
};

/// `denoiser`: the encoder of the frozen pre-trained denoiser (denoiser_features.h); a .safetensors file: a classifier of
/// train-features (classifier_backbone.h); anything else: a TorchScript file (script_backbone.h).
std::unique_ptr<Backbone> openBackbone(const std::string& name, const Denoiser& frozen, torch::Device device);

}  // namespace thaw
