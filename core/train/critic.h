// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/augment.h"
#include "core/gan/discriminator.h"
#include "core/train/adam.h"

namespace thaw {

/// The whole of D: augmentation, frozen backbones, trainable heads.
class Critic {
public:
    /// `frozen` is the pre-trained denoiser without gradients, already on `device`. Throws as openBackbone.
    Critic(const FinetuneConfig& config, const Denoiser& frozen, torch::Device device);

    /// The random numbers of one look at a batch, drawn ahead so that its slices see the same as the whole.
    struct Draw {
        FeatureNoise noise;
        Augmentation augmentation;
        Draw slice(std::int64_t first, std::int64_t last) const {
            return {noise.slice(first, last), augmentation.slice(first, last)};
        }
    };
    /// `augment`: images are changed as config.augment says (not under R1).
    Draw draw(const torch::Tensor& like, torch::Generator generator, bool augment = true) const;

    /// images [N, C, R, R] -> feature maps [backbone][level], and logits as DiscriminatorImpl::forward gives them. `labels`
    /// go to both: to the backbones (Backbone::maps) and to the heads.
    std::vector<std::vector<torch::Tensor>> features(const torch::Tensor& images, const Draw& draw,
                                                     const ForwardMode& mode, const torch::Tensor& labels = {});
    std::vector<torch::Tensor> logits(const torch::Tensor& images, const Draw& draw, const torch::Tensor& labels,
                                      const ForwardMode& mode, bool iterate);

    Discriminator heads{nullptr};
    AugmentControl augment;
    std::int64_t looks() const { return looks_; }             ///< images that `features` has seen so far
    std::size_t logitGroups() const { return logitGroups_; }  ///< tensors of logits: what `Sum` reduction adds up

private:
    bool augments_;
    std::vector<std::unique_ptr<Backbone>> backbones_;
    std::size_t logitGroups_ = 0;
    std::int64_t looks_ = 0;
};

}  // namespace thaw
