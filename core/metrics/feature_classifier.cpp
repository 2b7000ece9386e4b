// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_classifier.h"

#include "core/diffusion/noise.h"
#include "core/nn/evaluation_mode.h"

#include <torch/torch.h>
#include <zlib.h>

#include <cmath>
#include <cstdio>

namespace thaw {
namespace {

// Images a forward pass: large enough for full speed, small enough for the cache.
constexpr std::int64_t kClassifierPiece = 250;

torch::nn::Conv2d convolution(int in, int out, int stride) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).bias(false));
}

torch::Tensor scaled(const torch::Tensor& images) { return images.to(torch::kFloat) / 127.5 - 1.0; }

}  // namespace

FeatureStageImpl::FeatureStageImpl(int in, int out, int stride)
    : conv0_(register_module("conv0", convolution(in, out, stride))),
      conv1_(register_module("conv1", convolution(out, out, 1))),
      norm0_(register_module("norm0", torch::nn::BatchNorm2d(out))),
      norm1_(register_module("norm1", torch::nn::BatchNorm2d(out))) {}

torch::Tensor FeatureStageImpl::forward(torch::Tensor x) {
    x = norm0_(conv0_(x)).relu_();
    return norm1_(conv1_(x)).relu_();
}

FeatureClassifierImpl::FeatureClassifierImpl(const FeatureClassifierConfig& config) : config_(config) {
    TORCH_CHECK(!config.widths.empty(), "feature classifier: no stages");
    int in = config.imgChannels;
    for (std::size_t k = 0; k < config.widths.size(); ++k) {
        stages_.emplace_back(in, config.widths[k], k == 0 ? 1 : 2);
        register_module("stage" + std::to_string(k), stages_.back());
        in = config.widths[k];
    }
    head_ = register_module("head", torch::nn::Linear(in, config.classes));
}

void FeatureClassifierImpl::requireShape(const torch::Tensor& x) const {
    TORCH_CHECK(x.dim() == 4 && x.size(1) == config_.imgChannels && x.size(2) == config_.imgResolution &&
                    x.size(3) == config_.imgResolution,
                "feature classifier: images must be [N, ", config_.imgChannels, ", ", config_.imgResolution, ", ",
                config_.imgResolution, "], got ", x.sizes());
}

std::vector<torch::Tensor> FeatureClassifierImpl::maps(const torch::Tensor& x) {
    requireShape(x);
    std::vector<torch::Tensor> maps;
    for (auto& stage : stages_) maps.push_back(stage(maps.empty() ? x : maps.back()));
    return maps;
}

torch::Tensor FeatureClassifierImpl::pooled(const torch::Tensor& x) {
    requireShape(x);
    auto h = x;
    for (auto& stage : stages_) h = stage(h);
    return h.mean({2, 3});
}

torch::Tensor FeatureClassifierImpl::forward(const torch::Tensor& x) { return head_(pooled(x)); }

torch::Tensor FeatureClassifierImpl::features(const torch::Tensor& images) {
    TORCH_CHECK(images.scalar_type() == torch::kByte, "feature classifier: features are taken of 8-bit images");
    const torch::NoGradGuard noGrad;
    const EvaluationMode evaluation(*this);
    const auto device = head_->weight.device();
    std::vector<torch::Tensor> pieces{torch::empty({0, featureCount()})};
    for (const auto& piece : images.split(kClassifierPiece)) pieces.push_back(pooled(scaled(piece.to(device))).cpu());
    return torch::cat(pieces);
}

torch::Tensor FeatureClassifierImpl::logits(const torch::Tensor& features) {
    const torch::NoGradGuard noGrad;
    return head_(features.to(head_->weight.device())).cpu();
}

double FeatureClassifierImpl::accuracy(const torch::Tensor& images, const torch::Tensor& labels) {
    return logits(features(images)).argmax(1).eq(labels).to(torch::kDouble).mean().item<double>();
}

void FeatureClassifierImpl::initialise(std::uint64_t seed) {
    const torch::NoGradGuard noGrad;
    auto generator = seededGenerator(seed);
    for (auto& item : named_parameters()) {
        auto& weight = item.value();
        if (weight.dim() == 4) weight.normal_(0.0, std::sqrt(2.0 / double(weight[0].numel())), generator);
    }
    const double bound = 1.0 / std::sqrt(double(featureCount()));
    head_->weight.uniform_(-bound, bound, generator);
    head_->bias.zero_();
}

std::string FeatureClassifierImpl::title() const {
    std::uint32_t checksum = crc32(0, nullptr, 0);
    const auto include = [&](const torch::Tensor& tensor) {
        const auto flat = tensor.detach().to(torch::kCPU, torch::kFloat).contiguous();
        checksum = std::uint32_t(crc32(checksum, static_cast<const Bytef*>(flat.data_ptr()), uInt(flat.nbytes())));
    };
    for (const auto& item : named_parameters()) include(item.value());
    for (const auto& item : named_buffers())
        if (item.value().is_floating_point()) include(item.value());
    char number[16];
    std::snprintf(number, sizeof number, "#%08x", checksum);
    return (trainedOn.empty() ? "" : trainedOn + " ") + "classifier, " + std::to_string(featureCount()) + "-d, " +
           number;
}

}  // namespace thaw
