// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/projection.h"

#include <torch/torch.h>

namespace thaw {

ProjectionImpl::ProjectionImpl(const std::vector<Backbone::Level>& levels, std::int64_t width) {
    const auto count = levels.size();
    outputs_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto wide = width << i, out = i == 0 ? width : wide / 2;
        channel_.push_back(conv("channel" + std::to_string(i), levels[i].channels, wide));
        scale_.push_back(conv("scale" + std::to_string(i), wide, out));
        outputs_[i] = {int(out), i == 0 ? 2 * levels[0].resolution : levels[i - 1].resolution};
    }
}

ProjectionImpl::Conv1x1 ProjectionImpl::conv(const std::string& name, std::int64_t in, std::int64_t out) {
    return {register_buffer(name + "_weight", torch::zeros({out, in, 1, 1})),
            register_buffer(name + "_bias", torch::zeros({out}))};
}

void ProjectionImpl::initialise(torch::Generator generator) {
    const torch::NoGradGuard guard;
    // In the order of registration: (weight, bias) pairs whose bound is 1/sqrt(fan in).
    double bound = 1;
    for (auto& item : named_buffers(/*recurse=*/false)) {
        auto& tensor = item.value();
        if (tensor.dim() == 4) bound = 1 / std::sqrt(double(tensor.size(1)));
        tensor.uniform_(-bound, bound, generator);
    }
}

std::vector<torch::Tensor> ProjectionImpl::forward(const std::vector<torch::Tensor>& maps) {
    std::vector<torch::Tensor> all(maps.size());
    torch::Tensor above;
    for (std::size_t i = maps.size(); i-- > 0;) {
        // Where the backbone computes in half precision the projection still takes float, as published.
        const auto own = channel_[i](maps[i].to(channel_[i].weight.scalar_type()));
        const auto sum = above.defined() ? above + own : own;
        const auto size = std::int64_t(outputs_[i].resolution);
        above = scale_[i](torch::upsample_bilinear2d(sum, {size, size}, /*align_corners=*/true));
        all[i] = above;
    }
    return all;
}

}  // namespace thaw
