// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/critic_work.h"

#include "core/gan/discriminator.h"

namespace thaw {

std::vector<ConvolutionShape> criticConvolutions(const FinetuneConfig& config, const Denoiser& frozen,
                                                 torch::Device device) {
    if (config.discriminatorKind != DiscriminatorKind::Direct) return {};
    DiscriminatorImpl::Shape shape{DiscriminatorKind::Direct, {}, config.discriminatorWidth, frozen->config().labelDim};
    for (const auto& name : config.backbones) shape.backbones.push_back(openBackbone(name, frozen, device)->levels());
    return headConvolutions(shape);
}

}  // namespace thaw
