// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/image_distance.h"

#include "core/metrics/script_module.h"
#include "core/values/error.h"
#include "core/values/torch_fault.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr std::int64_t kLpipsSize = 224;

torch::Tensor unitChannels(const torch::Tensor& x) {
    const auto f = x.scalar_type() == torch::kDouble ? x : x.to(torch::kFloat);
    return f / (f.square().sum(1, /*keepdim=*/true) + 1e-10).sqrt();
}

}  // namespace

ImageDistanceMeasure::ImageDistanceMeasure(const DistillConfig& config, const Denoiser& frozen, torch::Device device)
    : kind_(config.distance), features_(frozen) {
    if (kind_ == ImageDistance::Lpips)
        network_ = std::make_shared<torch::jit::Module>(loadScript(config.network, device));
}

torch::Tensor ImageDistanceMeasure::perImage(const torch::Tensor& a, const torch::Tensor& b, const FeatureNoise& noise,
                                             const ForwardMode& mode, const torch::Tensor& labels) {
    if (kind_ == ImageDistance::L2) return (a - b).square().mean({1, 2, 3});
    looks_ += 2 * a.size(0);
    if (kind_ == ImageDistance::Lpips) {
        const auto prepared = [](torch::Tensor x) {
            x = x.to(torch::kFloat);
            if (x.size(1) == 1) x = x.expand({-1, 3, -1, -1});
            return x.size(2) < kLpipsSize
                       ? torch::upsample_bilinear2d(x, {kLpipsSize, kLpipsSize}, /*align_corners=*/false)
                       : x;
        };
        try {
            const auto distances = network_->forward({prepared(a), prepared(b)}).toTensor();
            // One number for the whole batch is every image's.
            return distances.numel() == a.size(0) ? distances.reshape({-1}) : distances.mean().expand({a.size(0)});
        } catch (const std::exception& fault) {
            throw Error(meansOutOfMemory(fault.what()) ? ErrorCode::OutOfMemory : ErrorCode::WrongKind,
                        "The distance network cannot compare two batches of images: " + scriptFault(fault) + ".",
                        "It takes (a, b), each [N, 3, H, H] in -1..1, and returns one distance per image.");
        }
    }
    const auto fa = features_.maps(a, noise, mode, labels), fb = features_.maps(b, noise, mode, labels);
    torch::Tensor sum;
    for (std::size_t i = 0; i < fa.size(); ++i) {
        const auto level = (unitChannels(fa[i]) - unitChannels(fb[i])).square().sum(1).mean({1, 2});
        sum = sum.defined() ? sum + level : level;
    }
    return sum;
}

}  // namespace thaw
