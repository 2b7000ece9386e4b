// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/fused_ops.h"
#include "core/nn/unet_plan.h"

#include <torch/nn.h>

namespace thaw {

/// y = x Wᵀ + b; weights cast to x's type.
class LinearImpl : public torch::nn::Module {
public:
    LinearImpl(std::int64_t in, std::int64_t out, bool bias = true, Initialisation kind = Initialisation::Xavier);
    torch::Tensor forward(const torch::Tensor& x);
    void initialise(torch::Generator generator);

    torch::Tensor weight;  ///< [out, in]
    torch::Tensor bias;    ///< [out], undefined without

private:
    Initialisation initialisation_;
};
TORCH_MODULE(Linear);

/// What a convolution is made of.
struct Conv2dConfig {
    std::int64_t in = 0, out = 0;  ///< channels
    std::int64_t kernel = 3;       ///< 1 or 3; 0 = resampling alone, without weights
    Resampling resampling = Resampling::None;
    std::vector<int> filter{1, 1};
    bool fused = false;  ///< going down, convolve first, then filter and halve (NCSN++'s aux_residual)
    Initialisation initialisation = Initialisation::Xavier;
    double initScale = 1;  ///< Xavier: factor on the weights
};

/// k×k convolution with padding k/2, after (fused: before) an optional ×2 resampling with a separable filter. The bias
/// comes last. Resampling layers carry EDM's buffer `resample_filter` [1,1,L,L] = outer(f, f)/(sum f)².
class Conv2dImpl : public torch::nn::Module {
public:
    explicit Conv2dImpl(const Conv2dConfig& config);
    torch::Tensor forward(const torch::Tensor& x, const ForwardMode& mode);
    void initialise(torch::Generator generator);

    torch::Tensor weight;  ///< [out, in, k, k], undefined for kernel 0
    torch::Tensor bias;    ///< [out], undefined for kernel 0

private:
    torch::Tensor resampled(const torch::Tensor& x, const ForwardMode& mode);

    Conv2dConfig config_;
    torch::Tensor filter_;
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

/// [cos(x f), sin(x f)] with f_k = 10000^(-k / (C/2 - e)), k = 0..C/2-1, e = 1 with the endpoint included, else 0.
/// x [N] -> [N, C].
torch::Tensor positionalEmbedding(const torch::Tensor& x, std::int64_t channels, bool endpoint);

/// [cos(2π f x), sin(2π f x)] with random frequencies f ~ 16·N(0, 1) kept in the buffer `freqs` [C/2]. x [N] -> [N, C].
class FourierEmbeddingImpl : public torch::nn::Module {
public:
    explicit FourierEmbeddingImpl(std::int64_t channels);
    torch::Tensor forward(const torch::Tensor& x);
    void initialise(torch::Generator generator);

    torch::Tensor freqs;
};
TORCH_MODULE(FourierEmbedding);

/// Softmax attention over H·W positions. qkv [N, 3C, H, W]: head h owns 3C/heads neighbouring channels, in them channel
/// 3c+{0:q, 1:k, 2:v}; returns [N, C, H, W]. The softmax runs in float.
torch::Tensor attention(const torch::Tensor& qkv, std::int64_t heads);

}  // namespace thaw
