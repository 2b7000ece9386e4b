// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace thaw {

/// Classes that a user lists, one for all or one an image, as int64 [1] or [count]; undefined for an empty list. Throws
/// Configuration for classes that the model has not, wants not, or that are not as many as the images.
torch::Tensor listedClasses(const std::vector<double>& labels, std::int64_t count, int labelDim);

}  // namespace thaw
