// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/fused_ops.h"

#include <torch/nn.h>

namespace thaw {

/// y = x Wᵀ + b; weights cast to x's type. Initial weights: xavier uniform × scale, bias 0.
class LinearImpl : public torch::nn::Module {
public:
    LinearImpl(std::int64_t in, std::int64_t out, bool bias = true);
    torch::Tensor forward(const torch::Tensor& x);
    void initialise(torch::Generator generator);

    torch::Tensor weight;  ///< [out, in]
    torch::Tensor bias;    ///< [out], undefined without
};
TORCH_MODULE(Linear);

enum class Resampling { None, Up, Down };

/// k×k convolution with padding k/2, after an optional ×2 resampling with the box filter [1,1] (up: nearest, down: 2×2
/// average). Resampling layers carry EDM's buffer `resample_filter` [1,1,2,2] so that state dicts match.
class Conv2dImpl : public torch::nn::Module {
public:
    Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, Resampling resampling = Resampling::None,
               double initScale = 1.0);
    torch::Tensor forward(const torch::Tensor& x, const ForwardMode& mode);
    void initialise(torch::Generator generator);

    torch::Tensor weight;  ///< [out, in, k, k]
    torch::Tensor bias;    ///< [out]

private:
    Resampling resampling_;
    double initScale_;
};
TORCH_MODULE(Conv2d);

/// GroupNorm with min(32, C/4) groups; see `groupNorm` for the fused shift and SiLU.
class GroupNormImpl : public torch::nn::Module {
public:
    GroupNormImpl(std::int64_t channels, double epsilon);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& shift, bool silu, const ForwardMode& mode);

    torch::Tensor weight;  ///< [C]
    torch::Tensor bias;    ///< [C]

private:
    std::int64_t groups_;
    double epsilon_;
};
TORCH_MODULE(GroupNorm);

/// [cos(x f), sin(x f)] with f_k = 10000^(-k / (C/2 - 1)), k = 0..C/2-1 (endpoint included). x [N] -> [N, C].
torch::Tensor positionalEmbedding(const torch::Tensor& x, std::int64_t channels);

/// Single-head softmax attention over H·W positions. qkv [N, 3C, H, W] with channel 3c+{0:q, 1:k, 2:v}; returns
/// [N, C, H, W]. The softmax runs in float.
torch::Tensor attention(const torch::Tensor& qkv);

}  // namespace thaw
