// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/discriminator_head.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr double kSlope = 0.2;

}  // namespace

DiscriminatorHeadImpl::DiscriminatorHeadImpl(const Shape& shape, int classes) {
    const auto& widths = shape.channels;
    auto resolution = shape.resolution;
    if (!shape.projected) add(widths[0], widths[1], 1, 1, 0, false, false);
    for (std::size_t i = shape.projected ? 0 : 1; i + 1 < widths.size(); ++i, resolution /= 2)
        add(widths[i], widths[i + 1], 4, 2, 1, shape.projected, !shape.projected);
    if (!shape.projected) add(widths.back(), widths.back(), 3, 1, 1, false, true);
    // A map smaller than 4×4 gives one logit.
    add(widths.back(), classes > 0 ? kClassWidth : 1, std::min(4, resolution), 1, 0, false, !shape.projected,
        !shape.projected);
    if (classes > 0) {
        embedding_ = register_parameter("embedding", torch::zeros({classes, kEmbedding}));
        mapping_ = register_parameter("mapping_weight", torch::zeros({kClassWidth, kEmbedding}));
        mappingBias_ = register_parameter("mapping_bias", torch::zeros({kClassWidth}));
    }
}

void DiscriminatorHeadImpl::add(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride,
                                std::int64_t padding, bool norm, bool activateFirst, bool bias) {
    const auto number = std::to_string(layers_.size());
    Layer layer;
    layer.conv = register_module("conv" + number, SpectralConv2d(in, out, kernel, stride, padding, bias));
    if (norm) layer.norm = register_module("norm" + number, torch::nn::BatchNorm2d(out));
    layer.activateFirst = activateFirst;
    layers_.push_back(layer);
}

void DiscriminatorHeadImpl::initialise(torch::Generator generator) {
    const torch::NoGradGuard guard;
    for (auto& layer : layers_) layer.conv->initialise(generator);
    if (embedding_.defined()) {
        embedding_.normal_(0, 1, generator);
        mapping_.normal_(0, 1, generator);
    }
}

torch::Tensor DiscriminatorHeadImpl::forward(const torch::Tensor& map, const torch::Tensor& labels, bool iterate) {
    auto h = map;
    for (auto& layer : layers_) {
        if (layer.activateFirst) h = torch::leaky_relu(h, kSlope);
        h = layer.conv->forward(h, iterate);
        if (layer.norm) h = torch::leaky_relu(layer.norm->forward(h), kSlope);
    }
    h = h.to(h.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat).flatten(2);  // [N, 1 or 64, L]
    if (!embedding_.defined()) return h.flatten(1);
    const auto rows = torch::matmul(labels.to(embedding_.scalar_type()), embedding_) / std::sqrt(double(kEmbedding));
    const auto mapped = torch::leaky_relu(torch::linear(rows, mapping_, mappingBias_), kSlope) * std::sqrt(2.0);
    return (h * mapped.to(h.scalar_type()).unsqueeze(2)).sum(1) / std::sqrt(double(kClassWidth));
}

}  // namespace thaw
