// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers.h"

#include <torch/torch.h>

namespace thaw {
namespace {

// sqrt(6 / (fan_in + fan_out)) · U(-1, 1), from an explicit generator so that a seed fixes the network.
void xavierUniform(torch::Tensor& weight, std::int64_t fanIn, std::int64_t fanOut, double scale,
                   torch::Generator generator) {
    torch::NoGradGuard guard;
    const double bound = scale * std::sqrt(6.0 / double(fanIn + fanOut));
    weight.uniform_(-bound, bound, generator);
}

}  // namespace

LinearImpl::LinearImpl(std::int64_t in, std::int64_t out, bool withBias) {
    weight = register_parameter("weight", torch::zeros({out, in}));
    if (withBias) bias = register_parameter("bias", torch::zeros({out}));
}

torch::Tensor LinearImpl::forward(const torch::Tensor& x) {
    return torch::linear(x, weight.to(x.scalar_type()), bias.defined() ? bias.to(x.scalar_type()) : bias);
}

void LinearImpl::initialise(torch::Generator generator) {
    xavierUniform(weight, weight.size(1), weight.size(0), 1.0, generator);
}

Conv2dImpl::Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, Resampling resampling, double initScale)
    : resampling_(resampling), initScale_(initScale) {
    weight = register_parameter("weight", torch::zeros({out, in, kernel, kernel}));
    bias = register_parameter("bias", torch::zeros({out}));
    if (resampling != Resampling::None) register_buffer("resample_filter", torch::full({1, 1, 2, 2}, 0.25));
}

torch::Tensor Conv2dImpl::forward(const torch::Tensor& input, const ForwardMode& mode) {
    auto x = input;
    if (resampling_ == Resampling::Up) x = upsample2(x, mode);
    if (resampling_ == Resampling::Down) x = downsample2(x, mode);
    return torch::conv2d(x, weight.to(x.scalar_type()), bias.to(x.scalar_type()), 1, weight.size(2) / 2);
}

void Conv2dImpl::initialise(torch::Generator generator) {
    const std::int64_t area = weight.size(2) * weight.size(3);
    xavierUniform(weight, weight.size(1) * area, weight.size(0) * area, initScale_, generator);
}

GroupNormImpl::GroupNormImpl(std::int64_t channels, double epsilon)
    : groups_(std::min<std::int64_t>(32, channels / 4)), epsilon_(epsilon) {
    weight = register_parameter("weight", torch::ones({channels}));
    bias = register_parameter("bias", torch::zeros({channels}));
}

torch::Tensor GroupNormImpl::forward(const torch::Tensor& x, const torch::Tensor& shift, bool silu,
                                     const ForwardMode& mode) {
    return groupNorm(x, shift, weight, bias, groups_, epsilon_, silu, mode);
}

torch::Tensor positionalEmbedding(const torch::Tensor& x, std::int64_t channels) {
    const std::int64_t half = channels / 2;
    auto frequency = torch::arange(half, x.options()) / double(half - 1);
    frequency = torch::pow(torch::full_like(frequency, 1.0 / 10000), frequency);
    const auto angle = torch::outer(x, frequency);
    return torch::cat({angle.cos(), angle.sin()}, 1);
}

torch::Tensor attention(const torch::Tensor& qkv) {
    const std::int64_t N = qkv.size(0), C = qkv.size(1) / 3, H = qkv.size(2), W = qkv.size(3);
    const auto type = qkv.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat;
    const auto parts = qkv.reshape({N, C, 3, H * W}).to(type).unbind(2);
    const auto &q = parts[0], &k = parts[1], &v = parts[2];
    const auto weights = torch::softmax(torch::bmm(q.transpose(1, 2), k / std::sqrt(double(C))), 2);  // [N, query, key]
    return torch::bmm(v, weights.transpose(1, 2)).reshape({N, C, H, W}).to(qkv.scalar_type());
}

}  // namespace thaw
