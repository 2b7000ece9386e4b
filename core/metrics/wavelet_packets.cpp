// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/wavelet_packets.h"

#include <torch/torch.h>

#include <cmath>

namespace thaw {
namespace {

constexpr double kHalf = 0.70710678118654752440;  // 1/√2

// [.., bands, size, ..] with the size at `axis` -> [.., 2·bands, size/2, ..]: band 2b is low, 2b + 1 high.
torch::Tensor splitBands(const torch::Tensor& x, std::int64_t axis) {
    auto shape = x.sizes().vec();
    shape[std::size_t(axis)] /= 2;
    shape.insert(shape.begin() + axis + 1, 2);
    const auto pairs = x.reshape(shape);
    const auto a = pairs.select(axis + 1, 0), b = pairs.select(axis + 1, 1);
    return torch::stack({(a + b) * kHalf, (a - b) * kHalf}, axis).flatten(axis - 1, axis);
}

torch::Tensor joinBands(const torch::Tensor& x, std::int64_t axis) {
    auto shape = x.sizes().vec();
    shape[std::size_t(axis - 1)] /= 2;
    shape.insert(shape.begin() + axis, 2);
    const auto parts = x.reshape(shape);
    const auto low = parts.select(axis, 0), high = parts.select(axis, 1);
    return torch::stack({(low + high) * kHalf, (low - high) * kHalf}, axis + 1).flatten(axis, axis + 1);
}

// Where the band of each frequency stands after the splits.
torch::Tensor filterOrder(int level) {
    auto order = torch::empty({std::int64_t(1) << level}, torch::kLong);
    for (std::int64_t frequency = 0; frequency < order.size(0); ++frequency)
        order[frequency] = frequency ^ (frequency >> 1);
    return order;
}

}  // namespace

torch::Tensor waveletPackets(const torch::Tensor& images, int level) {
    const auto side = std::int64_t(1) << level;
    TORCH_CHECK(images.dim() == 4 && images.size(2) % side == 0 && images.size(3) % side == 0,
                "wavelet packets: images must be [N, C, H, W] with sides divisible by ", side, ", got ",
                images.sizes());
    const auto count = images.size(0), channels = images.size(1), height = images.size(2), width = images.size(3);
    auto x = images.to(torch::kDouble).reshape({count, channels, 1, height, 1, width});
    for (int l = 0; l < level; ++l) x = splitBands(splitBands(x, 3), 5);
    const auto order = filterOrder(level).to(x.device());
    x = x.index_select(2, order).index_select(4, order);
    return x.permute({2, 4, 0, 1, 3, 5}).reshape({side * side, count, channels * (height / side) * (width / side)});
}

torch::Tensor imagesOfPackets(const torch::Tensor& packets, int level, std::int64_t channels) {
    const auto side = std::int64_t(1) << level;
    TORCH_CHECK(packets.dim() == 3 && packets.size(0) == side * side && packets.size(2) % channels == 0,
                "wavelet packets: packets must be [", side * side, ", N, D], got ", packets.sizes());
    const auto count = packets.size(1);
    const auto size = std::llround(std::sqrt(double(packets.size(2)) / double(channels)));
    const auto order = filterOrder(level).argsort().to(packets.device());
    auto x = packets.to(torch::kDouble)
                 .reshape({side, side, count, channels, size, size})
                 .permute({2, 3, 0, 4, 1, 5})
                 .index_select(2, order)
                 .index_select(4, order);
    for (int l = 0; l < level; ++l) x = joinBands(joinBands(x, 5), 3);
    return x.reshape({count, channels, size * side, size * side});
}

}  // namespace thaw
