// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unet_block.h"

#include <torch/torch.h>

namespace thaw {
namespace {

// Residual branches start at almost nothing (SongUNet) or nothing (ADM).
Conv2dConfig residualConv(const UNetBlockConfig& c, std::int64_t kernel) {
    const bool song = c.initialisation == Initialisation::Xavier;
    return {
        c.out, c.out, kernel, Resampling::None, c.filter, false, song ? Initialisation::Xavier : Initialisation::Zero,
        1e-5};
}

}  // namespace

UNetBlockImpl::UNetBlockImpl(const UNetBlockConfig& c) : config_(c) {
    norm0 = register_module("norm0", GroupNorm(c.in, c.epsilon));
    conv0 =
        register_module("conv0", Conv2d(Conv2dConfig{c.in, c.out, 3, c.resampling, c.filter, false, c.initialisation}));
    affine =
        register_module("affine", Linear(c.embedding, c.adaptiveScale ? 2 * c.out : c.out, true, c.initialisation));
    norm1 = register_module("norm1", GroupNorm(c.out, c.epsilon));
    conv1 = register_module("conv1", Conv2d(residualConv(c, 3)));
    if (c.in != c.out || c.resampling != Resampling::None)
        skip = register_module("skip", Conv2d(Conv2dConfig{c.in, c.out, c.skipHasWeights() ? 1 : 0, c.resampling,
                                                           c.filter, false, c.initialisation}));
    if (c.heads > 0) {
        norm2 = register_module("norm2", GroupNorm(c.out, c.epsilon));
        qkv = register_module("qkv", Conv2d(Conv2dConfig{c.out, 3 * c.out, 1, Resampling::None, c.filter, false,
                                                         c.initialisation, std::sqrt(0.2)}));
        proj = register_module("proj", Conv2d(residualConv(c, 1)));
    }
}

torch::Tensor UNetBlockImpl::modulated(const torch::Tensor& h, const torch::Tensor& emb, const ForwardMode& mode) {
    const auto p = affine->forward(emb);
    if (!config_.adaptiveScale) return norm1->forward(h, p, true, mode);
    const auto parts = p.to(h.scalar_type()).unsqueeze(2).unsqueeze(3).chunk(2, 1);
    return torch::silu(torch::addcmul(parts[1], norm1->forward(h, {}, false, mode), parts[0] + 1));
}

torch::Tensor UNetBlockImpl::forward(const torch::Tensor& input, const torch::Tensor& emb, const ForwardMode& mode,
                                     const ResponseTap& tap) {
    auto h = tap("norm0", norm0->forward(input, {}, true, mode));
    h = tap("conv0", conv0->forward(h, mode));
    h = tap("norm1", modulated(h, emb, mode));
    if (is_training()) h = dropout(h, config_.dropout, mode);
    h = tap("conv1", conv1->forward(h, mode));
    auto x = scaledSum(h, skip ? tap("skip", skip->forward(input, mode)) : input, config_.skipScale, mode);
    if (config_.heads > 0) {
        h = tap("norm2", norm2->forward(x, {}, false, mode));
        h = attention(tap("qkv", qkv->forward(h, mode)), config_.heads);
        x = scaledSum(tap("proj", proj->forward(h, mode)), x, config_.skipScale, mode);
    }
    return x;
}

}  // namespace thaw
