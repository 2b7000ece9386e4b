// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// One image-shaped tensor inside a network that can be measured: the output of a top-level module, of an inner operation
/// of a U-Net block, or the denoised image.
struct ResponseInfo {
    std::string name;       ///< what hooks call it: `enc.28x28_block0`, `enc.28x28_block0.conv0`, `output`
    std::string block;      ///< its top-level module; `output` for the denoised image
    std::string operation;  ///< `conv0`, `norm0`, `qkv`, ...; empty for whole blocks and for `output`
    int resolution = 0;     ///< pixels per side
    int channels = 0;

    bool operator==(const ResponseInfo&) const = default;
};

}  // namespace thaw
