// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/discriminator.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr int kLowest = 7;  // pixels a side at which direct heads stop halving

DiscriminatorHeadImpl::Shape directShape(const Backbone::Level& level, std::int64_t width) {
    DiscriminatorHeadImpl::Shape shape{{level.channels, width}, level.resolution, false};
    for (int resolution = level.resolution; resolution > kLowest; resolution /= 2) shape.channels.push_back(width);
    return shape;
}

}  // namespace

DiscriminatorHeadImpl::Shape projectedHead(const Backbone::Level& level, std::size_t index, std::size_t count,
                                           std::int64_t width) {
    DiscriminatorHeadImpl::Shape shape{{level.channels}, level.resolution, true};
    int resolution = level.resolution;
    for (auto more = count - index; more-- > 0 && resolution >= 4; resolution /= 2)
        shape.channels.push_back(std::max(width, (8 * width) >> more));
    return shape;
}

std::vector<ConvolutionShape> headConvolutions(const DiscriminatorImpl::Shape& shape) {
    std::vector<ConvolutionShape> all;
    for (std::size_t b = 0; b < shape.backbones.size(); ++b)
        for (std::size_t i = 0; i < shape.backbones[b].size(); ++i)
            for (auto c : convolutionsOf(directShape(shape.backbones[b][i], shape.width), shape.classes)) {
                c.name = "head" + std::to_string(b) + "_" + std::to_string(i) + "." + c.name;
                all.push_back(c);
            }
    return all;
}

DiscriminatorImpl::DiscriminatorImpl(const Shape& shape) : kind_(shape.kind) {
    for (std::size_t b = 0; b < shape.backbones.size(); ++b) {
        const auto name = std::to_string(b);
        auto levels = shape.backbones[b];
        if (kind_ == DiscriminatorKind::Projected) {
            projections_.push_back(register_module("projection" + name, Projection(levels, shape.width)));
            levels = projections_.back()->outputs();
        }
        std::vector<DiscriminatorHead> heads;
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const auto head = kind_ == DiscriminatorKind::Projected
                                  ? projectedHead(levels[i], i, levels.size(), shape.width)
                                  : directShape(levels[i], shape.width);
            heads.push_back(
                register_module("head" + name + "_" + std::to_string(i), DiscriminatorHead(head, shape.classes)));
        }
        heads_.push_back(std::move(heads));
    }
}

void DiscriminatorImpl::shareNorms(const ProcessesPtr& processes) {
    for (auto& heads : heads_)
        for (auto& head : heads) head->shareNorms(processes);
}

std::vector<torch::Tensor> DiscriminatorImpl::forward(const std::vector<std::vector<torch::Tensor>>& maps,
                                                      const torch::Tensor& labels, bool iterate) {
    std::vector<torch::Tensor> logits;
    for (std::size_t b = 0; b < heads_.size(); ++b) {
        const bool projected = kind_ == DiscriminatorKind::Projected;
        const auto inputs = projected ? projections_[b]->forward(maps[b]) : maps[b];
        std::vector<torch::Tensor> patches;
        for (std::size_t i = 0; i < heads_[b].size(); ++i)
            patches.push_back(heads_[b][i]->forward(inputs[i], labels, iterate));
        if (projected) logits.push_back(torch::cat(patches, 1));
        else logits.insert(logits.end(), patches.begin(), patches.end());
    }
    return logits;
}

void DiscriminatorImpl::initialise(std::uint64_t seed) {
    auto generator = seededGenerator(seed);
    for (auto& projection : projections_) projection->initialise(generator);
    for (auto& heads : heads_)
        for (auto& head : heads) head->initialise(generator);
}

}  // namespace thaw
