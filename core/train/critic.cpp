// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/critic.h"

#include "core/gan/denoiser_features.h"

#include <torch/torch.h>

namespace thaw {

Critic::Critic(const FinetuneConfig& config, const Denoiser& frozen, torch::Device device)
    : augment(config.augment, config.batch), augments_(config.augment.on()) {
    DiscriminatorImpl::Shape shape{config.discriminatorKind, {}, config.discriminatorWidth, frozen->config().labelDim};
    for (const auto& name : config.backbones) {
        backbones_.push_back(openBackbone(name, frozen, device));
        shape.backbones.push_back(backbones_.back()->levels());
        logitGroups_ += shape.kind == DiscriminatorKind::Projected ? 1 : shape.backbones.back().size();
    }
    heads = Discriminator(shape);
    heads->initialise(config.seed);
    heads->to(device);
    heads->train();
}

Critic::Draw Critic::draw(const torch::Tensor& like, torch::Generator generator, bool allowed) const {
    Draw draw{DenoiserFeatures::drawNoise(like, generator), {}};
    if (augments_ && allowed)
        draw.augmentation = drawAugmentation(augment.p(), like.size(0), like.size(1), like.size(2), generator);
    return draw;
}

std::vector<std::vector<torch::Tensor>> Critic::features(const torch::Tensor& images, const Draw& draw,
                                                         const ForwardMode& mode, const torch::Tensor& labels) {
    std::vector<std::vector<torch::Tensor>> all;
    looks_ += images.size(0);
    const auto seen = augmented(images, draw.augmentation);
    for (auto& backbone : backbones_) all.push_back(backbone->maps(seen, draw.noise, mode, labels));
    return all;
}

std::vector<torch::Tensor> Critic::logits(const torch::Tensor& images, const Draw& draw, const torch::Tensor& labels,
                                          const ForwardMode& mode, bool iterate) {
    return heads->forward(features(images, draw, mode, labels), labels, iterate);
}

}  // namespace thaw
