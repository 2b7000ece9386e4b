// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/layers.h"

namespace thaw {

/// What a U-Net block is made of.
struct UNetBlockConfig {
    std::int64_t in = 0, out = 0;  ///< channels
    std::int64_t embedding = 0;    ///< width of the noise embedding
    Resampling resampling = Resampling::None;
    bool attention = false;
    double dropout = 0;
};

/// EDM's residual block as SongUNet uses it (skip_scale = sqrt(1/2), epsilon 1e-6):
///   h = conv0(silu(norm0(x)));  h = silu(norm1(h + affine(emb)));  h = conv1(dropout(h))
///   x = (h + skip(x))·skip_scale;  with attention: x = (proj(attention(qkv(norm2(x)))) + x)·skip_scale
/// x [N, in, H, W], emb [N, embedding] -> [N, out, H', W'].
class UNetBlockImpl : public torch::nn::Module {
public:
    explicit UNetBlockImpl(const UNetBlockConfig& config);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& emb, const ForwardMode& mode);

    const UNetBlockConfig& config() const { return config_; }

private:
    UNetBlockConfig config_;
    GroupNorm norm0{nullptr}, norm1{nullptr}, norm2{nullptr};
    Conv2d conv0{nullptr}, conv1{nullptr}, skip{nullptr}, qkv{nullptr}, proj{nullptr};
    Linear affine{nullptr};
};
TORCH_MODULE(UNetBlock);

}  // namespace thaw
