// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/upsampled_convolution.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <cstring>

namespace thaw {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Where the pixels of z [N, 4·O, R+1, R'+1] and y [N, O, 2R, 2R'] lie, both channels-last.
struct PhaseLayout {
    std::int64_t height, width, bytes;  // R, R', of one pixel of y

    std::int64_t ofPhases(std::int64_t row, std::int64_t column, int phase) const {
        return ((row * (width + 1) + column) * 4 + phase) * bytes;
    }
    std::int64_t ofMap(std::int64_t row, std::int64_t column) const { return (row * 2 * width + column) * bytes; }
    std::int64_t phaseBytes() const { return ofPhases(height + 1, 0, 0); }
    std::int64_t mapBytes() const { return ofMap(2 * height, 0); }
};

PhaseLayout layoutOf(const torch::Tensor& map) {
    return {map.size(2) / 2, map.size(3) / 2, map.size(1) * std::int64_t(map.element_size())};
}

// visit(offset in z, offset in y) for every pixel of one sample's y: y[2i+a, 2j+b] = z_ab[i+a, j+b].
template <class Visit>
void forPixels(const PhaseLayout& at, Visit visit) {
    for (std::int64_t i = 0; i < at.height; ++i)
        for (int a = 0; a < 2; ++a)
            for (std::int64_t j = 0; j < at.width; ++j)
                for (int b = 0; b < 2; ++b) visit(at.ofPhases(i + a, j + b, 2 * a + b), at.ofMap(2 * i + a, 2 * j + b));
}

// Every pixel of the map from its place among the phases, or back.
void copyPixels(const torch::Tensor& phases, const torch::Tensor& map, bool toMap) {
    const auto at = layoutOf(map);
    at::parallel_for(0, map.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t n = begin; n < end; ++n) {
            char* z = static_cast<char*>(phases.data_ptr()) + n * at.phaseBytes();
            char* y = static_cast<char*>(map.data_ptr()) + n * at.mapBytes();
            forPixels(at, [&](std::int64_t inZ, std::int64_t inY) {
                if (toMap) std::memcpy(y + inY, z + inZ, std::size_t(at.bytes));
                else std::memcpy(z + inZ, y + inY, std::size_t(at.bytes));
            });
        }
    });
}

struct Interleave : torch::autograd::Function<Interleave> {
    static torch::Tensor forward(AutogradContext*, const torch::Tensor& phases) {
        const auto z = phases.contiguous(torch::MemoryFormat::ChannelsLast);
        auto y = torch::empty({z.size(0), z.size(1) / 4, 2 * (z.size(2) - 1), 2 * (z.size(3) - 1)}, z.options(),
                              torch::MemoryFormat::ChannelsLast);
        copyPixels(z, y, true);
        return y;
    }
    static variable_list backward(AutogradContext*, variable_list outputs) {
        const auto dy = outputs[0].contiguous(torch::MemoryFormat::ChannelsLast);
        // A quarter of the border belongs to no pixel of y.
        auto dz = torch::empty({dy.size(0), 4 * dy.size(1), dy.size(2) / 2 + 1, dy.size(3) / 2 + 1}, dy.options(),
                               torch::MemoryFormat::ChannelsLast)
                      .zero_();
        copyPixels(dz, dy, false);
        return {dz};
    }
};

}  // namespace

torch::Tensor phaseWeights(const torch::Tensor& weight) {
    // Adding slices keeps the gradient's way short and is exact where a matrix product of bf16 would round twice.
    const auto folded = [](const torch::Tensor& w, std::int64_t axis, int phase) {
        const auto first = w.select(axis, 0), middle = w.select(axis, 1), last = w.select(axis, 2);
        return phase == 0 ? torch::stack({first, middle + last}, axis) : torch::stack({first + middle, last}, axis);
    };
    std::vector<torch::Tensor> phases;
    for (int a = 0; a < 2; ++a)
        for (int b = 0; b < 2; ++b) phases.push_back(folded(folded(weight, 2, a), 3, b));
    return torch::cat(phases, 0);
}

torch::Tensor upsampledConvolution(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias) {
    const auto type = x.scalar_type();
    return Interleave::apply(torch::conv2d(x, phaseWeights(weight).to(type), bias.repeat({4}).to(type), 1, 1));
}

}  // namespace thaw
