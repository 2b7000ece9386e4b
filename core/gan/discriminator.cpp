// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/discriminator.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr std::int64_t kWidth = 64;
constexpr int kLowest = 7;  // pixels a side at which the heads stop halving
constexpr double kSlope = 0.2;

}  // namespace

SpectralConv2dImpl::SpectralConv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride,
                                       std::int64_t padding)
    : stride_(stride), padding_(padding) {
    weightOrig = register_parameter("weight_orig", torch::zeros({out, in, kernel, kernel}));
    bias = register_parameter("bias", torch::zeros({out}));
    weightU = register_buffer("weight_u", torch::zeros({out}));
    weightV = register_buffer("weight_v", torch::zeros({in * kernel * kernel}));
}

void SpectralConv2dImpl::initialise(torch::Generator generator) {
    torch::NoGradGuard guard;
    const double fanIn = double(weightOrig.numel()) / double(weightOrig.size(0));
    weightOrig.uniform_(-1 / std::sqrt(fanIn), 1 / std::sqrt(fanIn), generator);
    bias.uniform_(-1 / std::sqrt(fanIn), 1 / std::sqrt(fanIn), generator);
    weightU.copy_(torch::randn(weightU.sizes(), generator));
    weightU.div_(weightU.norm());
    // A few iterations now, so that the first steps already see a norm near 1.
    const auto matrix = weightOrig.flatten(1);
    for (int i = 0; i < 15; ++i) {
        weightV.copy_(torch::mv(matrix.t(), weightU));
        weightV.div_(weightV.norm() + 1e-12);
        weightU.copy_(torch::mv(matrix, weightV));
        weightU.div_(weightU.norm() + 1e-12);
    }
}

torch::Tensor SpectralConv2dImpl::forward(const torch::Tensor& x) {
    const auto matrix = weightOrig.flatten(1);
    if (is_training() && torch::GradMode::is_enabled()) {
        torch::NoGradGuard guard;
        // New tensors instead of writing in place: an earlier forward of the same step still needs the old ones.
        auto v = torch::mv(matrix.t(), weightU);
        v = v / (v.norm() + 1e-12);
        auto u = torch::mv(matrix, v);
        u = u / (u.norm() + 1e-12);
        weightU.set_data(u);
        weightV.set_data(v);
    }
    const auto u = weightU.detach(), v = weightV.detach();
    const auto sigma = torch::dot(u, torch::mv(matrix, v));
    return torch::conv2d(x, (weightOrig / sigma).to(x.scalar_type()), bias.to(x.scalar_type()), stride_, padding_);
}

DiscriminatorImpl::DiscriminatorImpl(const std::vector<DenoiserFeatures::Level>& levels) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
        std::vector<SpectralConv2d> convs{SpectralConv2d(levels[i].channels, kWidth, 1, 1, 0)};
        int resolution = levels[i].resolution;
        for (; resolution > kLowest; resolution /= 2) convs.push_back(SpectralConv2d(kWidth, kWidth, 4, 2, 1));
        convs.push_back(SpectralConv2d(kWidth, kWidth, 3, 1, 1));
        const std::int64_t last = std::min(4, resolution);  // a map smaller than 4×4 gives one logit
        convs.push_back(SpectralConv2d(kWidth, 1, last, 1, 0));
        for (std::size_t j = 0; j < convs.size(); ++j)
            register_module("heads_" + std::to_string(i) + "_" + std::to_string(j), convs[j]);
        heads_.push_back(std::move(convs));
    }
}

std::vector<torch::Tensor> DiscriminatorImpl::forward(const std::vector<torch::Tensor>& features) {
    std::vector<torch::Tensor> logits;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
        auto h = heads_[i].front()->forward(features[i]);
        for (std::size_t j = 1; j < heads_[i].size(); ++j) h = heads_[i][j]->forward(torch::leaky_relu(h, kSlope));
        logits.push_back(h.flatten(1).to(h.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat));
    }
    return logits;
}

void DiscriminatorImpl::initialise(std::uint64_t seed) {
    auto generator = seededGenerator(seed);
    for (auto& head : heads_)
        for (auto& conv : head) conv->initialise(generator);
}

}  // namespace thaw
