// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/layers.h"
#include "core/nn/response_hook.h"

namespace thaw {

/// EDM's residual block, with s = skipScale:
///   h = conv0(silu(norm0(x)))                                 (conv0 carries the resampling)
///   SongUNet: h = silu(norm1(h + affine(emb)));  ADM: (a, b) = affine(emb), h = silu(b + norm1(h)·(a + 1))
///   x = (conv1(dropout(h)) + skip(x))·s;  with attention: x = (proj(attention(qkv(norm2(x)))) + x)·s
/// x [N, in, H, W], emb [N, embedding] -> [N, out, H', W'].
/// A tap hears norm0 (after its SiLU), conv0, norm1 (after shift or scale, and SiLU), conv1, skip (where it is a module),
/// norm2, qkv [N, 3·out, H', W'] and proj, in this order.
class UNetBlockImpl : public torch::nn::Module {
public:
    explicit UNetBlockImpl(const UNetBlockConfig& config);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& emb, const ForwardMode& mode,
                          const ResponseTap& tap = {});

    const UNetBlockConfig& config() const { return config_; }

private:
    torch::Tensor modulated(const torch::Tensor& h, const torch::Tensor& emb, const ForwardMode& mode);

    UNetBlockConfig config_;
    GroupNorm norm0{nullptr}, norm1{nullptr}, norm2{nullptr};
    Conv2d conv0{nullptr}, conv1{nullptr}, skip{nullptr}, qkv{nullptr}, proj{nullptr};
    Linear affine{nullptr};
};
TORCH_MODULE(UNetBlock);

}  // namespace thaw
