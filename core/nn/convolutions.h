// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/network_config.h"

#include <string>
#include <vector>

namespace thaw {

/// A convolution of a network: kernel k×k over maps of resolution R×R, 2·in·out·k²·R² operations an image.
struct ConvolutionShape {
    std::string name;  ///< module path below the network, `enc.32x32_block0.conv0`
    std::int64_t in = 0, out = 0;
    int kernel = 3;
    int resolution = 0;  ///< of its output

    double operations() const { return 2.0 * double(in) * double(out) * kernel * kernel * resolution * resolution; }
};

/// Every convolution with weights that a forward pass runs once, in forward order. Resampling, which has none, is left
/// out, and so is the matrix product of attention.
std::vector<ConvolutionShape> convolutionsOf(const NetworkConfig& config);

}  // namespace thaw
