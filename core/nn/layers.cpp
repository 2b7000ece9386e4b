// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/layers.h"

#include "core/nn/upsampled_convolution.h"

#include <torch/torch.h>

namespace thaw {
namespace {

// Draws from an explicit generator, so that a seed fixes the network.
void draw(torch::Tensor& weight, torch::Tensor& bias, std::int64_t fanIn, std::int64_t fanOut, Initialisation kind,
          double scale, torch::Generator generator) {
    torch::NoGradGuard guard;
    switch (kind) {
    case Initialisation::Xavier: {
        const double bound = scale * std::sqrt(6.0 / double(fanIn + fanOut));
        weight.uniform_(-bound, bound, generator);
        if (bias.defined()) bias.zero_();
        break;
    }
    case Initialisation::Kaiming: {
        // sqrt(3/fanIn)·U(-1, 1) times sqrt(1/3), for the bias as well.
        const double bound = std::sqrt(1.0 / double(fanIn));
        weight.uniform_(-bound, bound, generator);
        if (bias.defined()) bias.uniform_(-bound, bound, generator);
        break;
    }
    case Initialisation::Zero:
        weight.zero_();
        if (bias.defined()) bias.zero_();
        break;
    case Initialisation::UnitNormal:
        weight.normal_(0, 1, generator);
        if (bias.defined()) bias.zero_();
        break;
    }
}

torch::Tensor outerFilter(const std::vector<int>& taps) {
    auto f = torch::tensor(std::vector<float>(taps.begin(), taps.end()));
    return (torch::outer(f, f) / f.sum().square()).unsqueeze(0).unsqueeze(0);
}

// Every channel through the same filter, at every second position.
torch::Tensor depthwise(const torch::Tensor& x, const torch::Tensor& filter, const torch::Tensor& bias,
                        std::int64_t pad) {
    const std::vector<std::int64_t> stride{2, 2}, padding{pad, pad}, dilation{1, 1};
    return torch::conv2d(x, filter, bias, stride, padding, dilation, x.size(1));
}

bool isBox(const std::vector<int>& taps) { return taps.size() == 2 && taps[0] == taps[1]; }

}  // namespace

LinearImpl::LinearImpl(std::int64_t in, std::int64_t out, bool withBias, Initialisation kind) : initialisation_(kind) {
    weight = register_parameter("weight", torch::zeros({out, in}));
    if (withBias) bias = register_parameter("bias", torch::zeros({out}));
}

torch::Tensor LinearImpl::forward(const torch::Tensor& x) {
    return torch::linear(x, weight.to(x.scalar_type()), bias.defined() ? bias.to(x.scalar_type()) : bias);
}

void LinearImpl::initialise(torch::Generator generator) {
    draw(weight, bias, weight.size(1), weight.size(0), initialisation_, 1.0, generator);
}

Conv2dImpl::Conv2dImpl(const Conv2dConfig& c) : config_(c) {
    if (c.kernel > 0) {
        weight = register_parameter("weight", torch::zeros({c.out, c.in, c.kernel, c.kernel}));
        bias = register_parameter("bias", torch::zeros({c.out}));
    }
    if (c.resampling != Resampling::None) filter_ = register_buffer("resample_filter", outerFilter(c.filter));
}

torch::Tensor Conv2dImpl::resampled(const torch::Tensor& x, const ForwardMode& mode) {
    if (config_.resampling == Resampling::None) return x;
    const bool up = config_.resampling == Resampling::Up;
    if (isBox(config_.filter)) return up ? upsample2(x, mode) : downsample2(x, mode);
    const std::int64_t C = x.size(1), pad = (filter_.size(3) - 1) / 2;
    if (!up) return depthwise(x, filter_.to(x.scalar_type()).expand({C, 1, -1, -1}), torch::Tensor(), pad);
    // LibTorch 1.13 gives a grouped transposed convolution of bf16 on the CPU a wrong shape.
    const auto type = x.scalar_type() == torch::kBFloat16 ? torch::kFloat : x.scalar_type();
    const auto f = (filter_ * 4).to(type).expand({C, 1, -1, -1});
    return torch::conv_transpose2d(x.to(type), f, torch::Tensor(), 2, pad, 0, C).to(x.scalar_type());
}

torch::Tensor Conv2dImpl::forward(const torch::Tensor& input, const ForwardMode& mode) {
    const auto type = input.scalar_type();
    if (config_.fused && config_.resampling == Resampling::Down) {
        // The filter's padding goes to the first convolution, so that the border is what one joint kernel would give.
        const std::int64_t pad = (filter_.size(3) - 1) / 2;
        const auto h = torch::conv2d(input, weight.to(type), torch::Tensor(), 1, config_.kernel / 2 + pad);
        return depthwise(h, filter_.to(type).expand({h.size(1), 1, -1, -1}), bias.to(type), 0);
    }
    if (weight.defined() && config_.resampling == Resampling::Up && isBox(config_.filter) && fusable(input, mode)) {
        if (config_.kernel == 3) return upsampledConvolution(input, weight, bias);
        // What sees one pixel alone may as well come before that pixel is repeated.
        return upsample2(torch::conv2d(input, weight.to(type), bias.to(type)), mode);
    }
    const auto x = resampled(input, mode);
    return weight.defined() ? torch::conv2d(x, weight.to(type), bias.to(type), 1, config_.kernel / 2) : x;
}

void Conv2dImpl::initialise(torch::Generator generator) {
    if (!weight.defined()) return;
    const std::int64_t area = config_.kernel * config_.kernel;
    draw(weight, bias, config_.in * area, config_.out * area, config_.initialisation, config_.initScale, generator);
}

GroupNormImpl::GroupNormImpl(std::int64_t channels, double epsilon) : groups_(groupCount(channels)), epsilon_(epsilon) {
    weight = register_parameter("weight", torch::ones({channels}));
    bias = register_parameter("bias", torch::zeros({channels}));
}

torch::Tensor GroupNormImpl::forward(const torch::Tensor& x, const torch::Tensor& shift, bool silu,
                                     const ForwardMode& mode) {
    return groupNorm(x, shift, weight, bias, groups_, epsilon_, silu, mode);
}

torch::Tensor positionalEmbedding(const torch::Tensor& x, std::int64_t channels, bool endpoint) {
    const std::int64_t half = channels / 2;
    auto frequency = torch::arange(half, x.options()) / double(half - (endpoint ? 1 : 0));
    frequency = torch::pow(torch::full_like(frequency, 1.0 / 10000), frequency);
    const auto angle = torch::outer(x, frequency);
    return torch::cat({angle.cos(), angle.sin()}, 1);
}

FourierEmbeddingImpl::FourierEmbeddingImpl(std::int64_t channels) {
    freqs = register_buffer("freqs", torch::zeros({channels / 2}));
}

torch::Tensor FourierEmbeddingImpl::forward(const torch::Tensor& x) {
    const auto angle = torch::outer(x, (2 * M_PI * freqs).to(x.scalar_type()));
    return torch::cat({angle.cos(), angle.sin()}, 1);
}

void FourierEmbeddingImpl::initialise(torch::Generator generator) {
    torch::NoGradGuard guard;
    freqs.normal_(0, 16, generator);
}

torch::Tensor attention(const torch::Tensor& qkv, std::int64_t heads) {
    const std::int64_t N = qkv.size(0), C = qkv.size(1) / 3, H = qkv.size(2), W = qkv.size(3), width = C / heads;
    const auto type = qkv.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat;
    // [3, N, heads, H·W, width] in one copy, which products of matrices then read as they are.
    const auto parts = qkv.permute({0, 2, 3, 1})
                           .reshape({N, H * W, heads, width, 3})
                           .permute({4, 0, 2, 1, 3})
                           .to(type, /*non_blocking=*/false, /*copy=*/true, torch::MemoryFormat::Contiguous)
                           .reshape({3, N * heads, H * W, width});
    const auto q = parts[0], k = parts[1] / std::sqrt(double(width)), v = parts[2];
    const auto weights = torch::softmax(torch::bmm(q, k.transpose(1, 2)), 2);  // [N·heads, query, key]
    return torch::bmm(weights, v)
        .to(qkv.scalar_type())
        .reshape({N, heads, H, W, width})
        .permute({0, 2, 3, 1, 4})
        .reshape({N, H, W, C})
        .permute({0, 3, 1, 2});
}

}  // namespace thaw
