// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/image_prediction.h"

#include <cstddef>
#include <cstdlib>

namespace thaw::wire {

namespace {

std::uint8_t paeth(int a, int b, int c) {
    const int toA = std::abs(b - c), toB = std::abs(a - c), toC = std::abs(a + b - 2 * c);
    return std::uint8_t(toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
}

// Calls use(i, what is expected of byte i) in the order of the bytes; those before i have to be known by then.
template <class Use>
void eachExpectation(const std::vector<std::uint8_t>& pixels, int width, int channels, const Use& use) {
    const std::size_t step = std::size_t(channels), row = std::size_t(width) * step;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const bool isFirst = i % row < step, isTop = i < row;
        use(i, paeth(isFirst ? 0 : pixels[i - step], isTop ? 0 : pixels[i - row],
                     isFirst || isTop ? 0 : pixels[i - row - step]));
    }
}

}  // namespace

std::string predicted(const Image& image) {
    std::string bytes(image.pixels.size(), '\0');
    eachExpectation(image.pixels, image.width, image.channels,
                    [&](std::size_t i, std::uint8_t expected) { bytes[i] = char(image.pixels[i] - expected); });
    return bytes;
}

void unpredict(std::string_view bytes, Image& image) {
    image.pixels.assign(bytes.size(), 0);
    eachExpectation(image.pixels, image.width, image.channels, [&](std::size_t i, std::uint8_t expected) {
        image.pixels[i] = std::uint8_t(static_cast<unsigned char>(bytes[i]) + expected);
    });
}

}  // namespace thaw::wire
