// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gan/discriminator_head.h"
#include "core/gan/projection.h"
#include "core/values/train_config.h"

namespace thaw {

/// Heads over the maps of one or several backbones; spectral norm throughout.
///
/// Direct (ours, for the denoiser's own features): a head per map: 1×1 conv to `width`, then LeakyReLU(0.2) and 4×4
/// stride-2 convs until at most 7 pixels a side, 3×3 conv, 4×4 conv to logits.
///
/// Projected (StyleGAN-XL's, as published for D2O): maps mixed by `Projection`, then per map blocks of 4×4 stride-2 conv,
/// BatchNorm, LeakyReLU(0.2): L blocks for the finest of L maps, one for the coarsest, their widths 8·width at the end
/// and halving backwards; 4×4 conv without bias to logits.
class DiscriminatorImpl : public torch::nn::Module {
public:
    struct Shape {
        DiscriminatorKind kind = DiscriminatorKind::Direct;
        std::vector<std::vector<Backbone::Level>> backbones;
        int width = 64;   ///< published: 64
        int classes = 0;  ///< 0 = unconditional
    };
    explicit DiscriminatorImpl(const Shape& shape);
    void initialise(std::uint64_t seed);

    /// See DiscriminatorHeadImpl.
    void shareNorms(const ProcessesPtr& processes);

    /// maps[backbone][level] -> logits [N, L] in float: one tensor a head (Direct), or one a backbone with the patches of
    /// all its heads (Projected, as published: a loss averages over them). `labels` [N, classes] one-hot.
    std::vector<torch::Tensor> forward(const std::vector<std::vector<torch::Tensor>>& maps,
                                       const torch::Tensor& labels = {}, bool iterate = true);

private:
    DiscriminatorKind kind_;
    std::vector<Projection> projections_;
    std::vector<std::vector<DiscriminatorHead>> heads_;  // [backbone][level]
};
TORCH_MODULE(Discriminator);

/// The convolutions of all direct heads, `head0_1.conv2`, in forward order.
std::vector<ConvolutionShape> headConvolutions(const DiscriminatorImpl::Shape& shape);

/// The shape of the projected head over map `index` of `count`: count - index halvings, as long as 4 pixels are left;
/// after one with b more to come max(width, 8·width / 2^b) channels.
DiscriminatorHeadImpl::Shape projectedHead(const Backbone::Level& level, std::size_t index, std::size_t count,
                                           std::int64_t width);

}  // namespace thaw
