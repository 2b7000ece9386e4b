// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/reference_images.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

namespace thaw {

torch::Tensor subsetOf(std::int64_t count, std::int64_t limit) {
    const auto options = torch::TensorOptions(torch::kLong);
    if (limit <= 0 || limit >= count) return torch::arange(count, options);
    return std::get<0>(torch::randperm(count, seededGenerator(0), options).narrow(0, 0, limit).sort());
}

Dataset referenceImages(const Dataset& data, std::int64_t limit) {
    auto part = data;
    const auto places = subsetOf(data.count(), limit);
    const auto whole = std::to_string(data.count());
    part.title += ", " + (places.numel() < data.count() ? std::to_string(places.numel()) + " of " + whole : whole) + " images";
    if (places.numel() == data.count()) return part;
    part.images = data.images.index_select(0, places);
    if (data.labels.defined()) part.labels = data.labels.index_select(0, places);
    return part;
}

}  // namespace thaw
