// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/discriminator_head.h"

#include "core/parallel/shared_batch_norm.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr double kSlope = 0.2;

}  // namespace

std::vector<ConvolutionShape> convolutionsOf(const DiscriminatorHeadImpl::Shape& shape, int classes) {
    const auto& widths = shape.channels;
    int resolution = shape.resolution;
    std::vector<ConvolutionShape> all;
    const auto put = [&](std::int64_t in, std::int64_t out, int kernel, int stride, int padding) {
        resolution = (resolution + 2 * padding - kernel) / stride + 1;
        all.push_back({"conv" + std::to_string(all.size()), in, out, kernel, resolution, stride, padding});
    };
    if (!shape.projected) put(widths[0], widths[1], 1, 1, 0);
    for (std::size_t i = shape.projected ? 0 : 1; i + 1 < widths.size(); ++i) put(widths[i], widths[i + 1], 4, 2, 1);
    if (!shape.projected) put(widths.back(), widths.back(), 3, 1, 1);
    // A map smaller than 4×4 gives one logit.
    put(widths.back(), classes > 0 ? DiscriminatorHeadImpl::kClassWidth : 1, std::min(4, resolution), 1, 0);
    return all;
}

DiscriminatorHeadImpl::DiscriminatorHeadImpl(const Shape& shape, int classes) {
    const auto convolutions = convolutionsOf(shape, classes);
    for (const auto& c : convolutions) {
        const bool first = &c == &convolutions.front(), last = &c == &convolutions.back();
        // Published: a norm after every halving, and no bias at the end; ours activates what comes in, but for the map.
        add(c, shape.projected && !last, !shape.projected && !first, !(shape.projected && last));
    }
    if (classes > 0) {
        embedding_ = register_parameter("embedding", torch::zeros({classes, kEmbedding}));
        mapping_ = register_parameter("mapping_weight", torch::zeros({kClassWidth, kEmbedding}));
        mappingBias_ = register_parameter("mapping_bias", torch::zeros({kClassWidth}));
    }
}

void DiscriminatorHeadImpl::add(const ConvolutionShape& c, bool norm, bool activateFirst, bool bias) {
    Layer layer;
    layer.conv = register_module(c.name, SpectralConv2d(c.in, c.out, c.kernel, c.stride, c.border(), bias));
    if (norm) layer.norm = register_module("norm" + std::to_string(layers_.size()), torch::nn::BatchNorm2d(c.out));
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
        if (!layer.norm) continue;
        const bool shared = processes_ && layer.norm->is_training();
        h = torch::leaky_relu(shared ? sharedBatchNorm(h, *layer.norm, processes_) : layer.norm->forward(h), kSlope);
    }
    h = h.to(h.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat).flatten(2);  // [N, 1 or 64, L]
    if (!embedding_.defined()) return h.flatten(1);
    const auto rows = torch::matmul(labels.to(embedding_.scalar_type()), embedding_) / std::sqrt(double(kEmbedding));
    const auto mapped = torch::leaky_relu(torch::linear(rows, mapping_, mappingBias_), kSlope) * std::sqrt(2.0);
    return (h * mapped.to(h.scalar_type()).unsqueeze(2)).sum(1) / std::sqrt(double(kClassWidth));
}

}  // namespace thaw
