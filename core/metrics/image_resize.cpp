// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/image_resize.h"

#include <torch/torch.h>

namespace thaw {
namespace {

// Along one axis: x[floor(s)]·(1 - t) + x[floor(s) + 1]·t with s = i·in/out, t its fraction, the edge repeated.
torch::Tensor tf1Axis(const torch::Tensor& x, int axis, int size) {
    const auto length = x.size(axis);
    const auto options = x.options();
    const auto place = torch::arange(size, options) * (double(length) / size);
    const auto first = place.floor().clamp_max(double(length - 1));
    const auto next = (first + 1).clamp_max(double(length - 1));
    std::vector<std::int64_t> shape(4, 1);
    shape[std::size_t(axis)] = size;
    const auto share = (place - first).reshape(shape);
    const auto low = x.index_select(axis, first.to(torch::kLong)), high = x.index_select(axis, next.to(torch::kLong));
    return low + (high - low) * share;
}

}  // namespace

torch::Tensor resized(const torch::Tensor& images, int size, FeatureSidecar::Resize how) {
    using Resize = FeatureSidecar::Resize;
    switch (how) {
    case Resize::None: break;
    case Resize::Bilinear: return at::upsample_bilinear2d(images, {size, size}, false);
    case Resize::BilinearAntialias: return at::_upsample_bilinear2d_aa(images, {size, size}, false);
    case Resize::BicubicAntialias: return at::_upsample_bicubic2d_aa(images, {size, size}, false).clamp(0, 255);
    case Resize::Tf1Bilinear: return tf1Axis(tf1Axis(images, 2, size), 3, size);
    }
    return images;
}

}  // namespace thaw
