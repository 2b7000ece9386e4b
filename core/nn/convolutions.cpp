// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/convolutions.h"

#include "core/nn/unet_plan.h"

namespace thaw {
namespace {

void addBlock(const StageSpec& stage, std::vector<ConvolutionShape>& all) {
    const auto& b = stage.block;
    const auto put = [&](const char* name, std::int64_t in, std::int64_t out, int kernel) {
        all.push_back({stage.name + "." + name, in, out, kernel, stage.resolution});
    };
    put("conv0", b.in, b.out, 3);
    put("conv1", b.out, b.out, 3);
    if ((b.in != b.out || b.resampling != Resampling::None) && b.skipHasWeights()) put("skip", b.in, b.out, 1);
    if (b.heads > 0) {
        put("qkv", b.out, 3 * b.out, 1);
        put("proj", b.out, b.out, 1);
    }
}

void addStages(const std::vector<StageSpec>& stages, std::vector<ConvolutionShape>& all) {
    for (const auto& stage : stages) {
        const auto& b = stage.block;
        switch (stage.kind) {
        case StageKind::Block: addBlock(stage, all); break;
        case StageKind::Conv: all.push_back({stage.name, b.in, b.out, 3, stage.resolution}); break;
        // The fused kernel convolves before it halves.
        case StageKind::AuxResidual: all.push_back({stage.name, b.in, b.out, 3, 2 * stage.resolution}); break;
        case StageKind::Norm: break;
        }
    }
}

}  // namespace

std::vector<ConvolutionShape> convolutionsOf(const NetworkConfig& config) {
    std::vector<ConvolutionShape> all;
    const auto plan = planOf(config);
    addStages(plan.encoder, all);
    addStages(plan.decoder, all);
    return all;
}

}  // namespace thaw
