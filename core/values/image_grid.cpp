// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/image_grid.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace thaw {

Image composeImageGrid(const std::vector<Image>& images, const ImageGridOptions& options) {
    if (options.columns < 0 || options.padding < 0)
        throw std::invalid_argument("image grid: columns and padding must not be negative");
    if (images.empty()) return {};
    const Image& first = images.front();
    for (const auto& image : images)
        if (image.width != first.width || image.height != first.height || image.channels != first.channels)
            throw std::invalid_argument("image grid: the images differ in size or channels");

    const int count = int(images.size());
    const int columns = options.columns > 0 ? options.columns : int(std::ceil(std::sqrt(double(count))));
    const int rows = (count + columns - 1) / columns;
    Image grid;
    grid.channels = first.channels;
    grid.width = columns * (first.width + options.padding) + options.padding;
    grid.height = rows * (first.height + options.padding) + options.padding;
    grid.pixels.assign(std::size_t(grid.width) * grid.height * grid.channels, options.background);

    const std::size_t rowBytes = std::size_t(first.width) * first.channels;
    for (int k = 0; k < count; ++k) {
        const int left = options.padding + k % columns * (first.width + options.padding);
        const int top = options.padding + k / columns * (first.height + options.padding);
        for (int y = 0; y < first.height; ++y) {
            const auto source = images[k].pixels.begin() + std::ptrdiff_t(rowBytes * y);
            std::copy_n(source, rowBytes,
                        grid.pixels.begin() + (std::ptrdiff_t(top + y) * grid.width + left) * grid.channels);
        }
    }
    return grid;
}

}  // namespace thaw
