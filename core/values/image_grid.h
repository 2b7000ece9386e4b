// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <cstdint>
#include <vector>

namespace thaw {

struct ImageGridOptions {
    int columns = 0;  ///< images a row; 0 = the smallest number that makes the grid at least as wide as high
    int padding = 0;  ///< pixels between neighbours and around the grid
    std::uint8_t background = 255;  ///< value of the padding and of cells without an image
};

/// Images side by side, row by row: image k stands in row k / columns, column k % columns. All images must have the
/// same size and channels (std::invalid_argument otherwise); no images give an empty image.
Image composeImageGrid(const std::vector<Image>& images, const ImageGridOptions& options = {});

}  // namespace thaw
