// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/network_config.h"
#include "core/values/convolution_shape.h"

#include <vector>

namespace thaw {

/// Every convolution with weights that a forward pass runs once, in forward order. Resampling, which has none, is left
/// out, and so is the matrix product of attention.
std::vector<ConvolutionShape> convolutionsOf(const NetworkConfig& config);

}  // namespace thaw
