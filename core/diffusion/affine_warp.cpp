// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/affine_warp.h"

#include "core/nn/upload.h"

#include <torch/torch.h>

namespace thaw {

torch::Tensor identityMatrices(std::int64_t n, std::int64_t size) {
    return torch::eye(size, torch::kDouble).repeat({n, 1, 1});
}

torch::Tensor scalingMaps(const torch::Tensor& x, const torch::Tensor& y) {
    using torch::indexing::Slice;
    auto m = identityMatrices(x.size(0), 3);
    m.index_put_({Slice(), 0, 0}, x);
    m.index_put_({Slice(), 1, 1}, y);
    return m;
}

torch::Tensor shiftMaps(const torch::Tensor& x, const torch::Tensor& y) {
    using torch::indexing::Slice;
    auto m = identityMatrices(x.size(0), 3);
    m.index_put_({Slice(), 0, 2}, x);
    m.index_put_({Slice(), 1, 2}, y);
    return m;
}

torch::Tensor rotationMaps(const torch::Tensor& angle) {
    using torch::indexing::Slice;
    auto m = scalingMaps(angle.cos(), angle.cos());
    m.index_put_({Slice(), 0, 1}, -angle.sin());
    m.index_put_({Slice(), 1, 0}, angle.sin());
    return m;
}

torch::Tensor warped(const torch::Tensor& images, const torch::Tensor& maps) {
    const auto grid = torch::affine_grid_generator(uploaded(maps.slice(1, 0, 2), images.device()).to(images.options()),
                                                   images.sizes(), /*align_corners=*/false);
    namespace F = torch::nn::functional;
    return F::grid_sample(
        images, grid,
        F::GridSampleFuncOptions().mode(torch::kBilinear).padding_mode(torch::kReflection).align_corners(false));
}

}  // namespace thaw
