// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace thaw {

/// A convolution of a network: kernel k×k giving maps of resolution R×R, 2·in·out·k²·R² operations an image.
struct ConvolutionShape {
    std::string name;  ///< module path below the network, `enc.32x32_block0.conv0`
    std::int64_t in = 0, out = 0;
    int kernel = 3;
    int resolution = 0;  ///< of its output
    int stride = 1;
    int padding = -1;  ///< -1: (k-1)/2, as the U-Nets have it

    int border() const { return padding < 0 ? (kernel - 1) / 2 : padding; }
    int inputResolution() const { return (resolution - 1) * stride + kernel - 2 * border(); }

    double operations() const { return 2.0 * double(in) * double(out) * kernel * kernel * resolution * resolution; }
};

}  // namespace thaw
