// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet_block.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr double kSkipScale = 0.70710678118654752;
constexpr double kEpsilon = 1e-6;
constexpr double kInitZero = 1e-5;  // EDM starts residual branches at almost nothing

}  // namespace

UNetBlockImpl::UNetBlockImpl(const UNetBlockConfig& c) : config_(c) {
    norm0 = register_module("norm0", GroupNorm(c.in, kEpsilon));
    conv0 = register_module("conv0", Conv2d(c.in, c.out, 3, c.resampling));
    affine = register_module("affine", Linear(c.embedding, c.out));
    norm1 = register_module("norm1", GroupNorm(c.out, kEpsilon));
    conv1 = register_module("conv1", Conv2d(c.out, c.out, 3, Resampling::None, kInitZero));
    if (c.in != c.out || c.resampling != Resampling::None)
        skip = register_module("skip", Conv2d(c.in, c.out, 1, c.resampling));
    if (c.attention) {
        norm2 = register_module("norm2", GroupNorm(c.out, kEpsilon));
        qkv = register_module("qkv", Conv2d(c.out, 3 * c.out, 1, Resampling::None, std::sqrt(0.2)));
        proj = register_module("proj", Conv2d(c.out, c.out, 1, Resampling::None, kInitZero));
    }
}

torch::Tensor UNetBlockImpl::forward(const torch::Tensor& input, const torch::Tensor& emb, const ForwardMode& mode) {
    auto h = conv0->forward(norm0->forward(input, {}, true, mode), mode);
    h = norm1->forward(h, affine->forward(emb), true, mode);
    if (config_.dropout > 0) h = torch::dropout(h, config_.dropout, is_training());
    h = conv1->forward(h, mode);
    auto x = scaledSum(h, skip ? skip->forward(input, mode) : input, kSkipScale, mode);
    if (config_.attention) {
        const auto a = attention(qkv->forward(norm2->forward(x, {}, false, mode), mode));
        x = scaledSum(proj->forward(a, mode), x, kSkipScale, mode);
    }
    return x;
}

}  // namespace thaw
