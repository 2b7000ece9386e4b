// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <cstdint>
#include <string>

namespace thaw::cli {

struct Rgb {
    std::uint8_t r = 0, g = 0, b = 0;
    bool operator==(const Rgb&) const = default;
};

enum class Align { Left, Centre, Right };

/// A small RGB canvas for figures on machines without Qt: (0, 0) is the top left pixel, everything outside is clipped.
class Raster {
public:
    Raster(int width, int height, Rgb background);

    int width() const { return image_.width; }
    int height() const { return image_.height; }
    const Image& image() const { return image_; }

    void pixel(int x, int y, Rgb colour);
    void rect(int x, int y, int width, int height, Rgb colour);
    void frame(int x, int y, int width, int height, Rgb colour);  ///< outline, one pixel, inside the rectangle
    /// Anti-aliased, with round ends; `width` in pixels.
    void line(double x0, double y0, double x1, double y1, double width, Rgb colour);
    void disc(double x, double y, double radius, Rgb colour);

    /// ASCII in 5×7 dots of `scale` pixels, its top at y; other characters are drawn as '?'.
    void text(int x, int y, const std::string& text, Rgb colour, Align align = Align::Left, int scale = 2);
    /// The same turned a quarter to the left, reading upwards, centred on y, its left edge at x.
    void textUp(int x, int y, const std::string& text, Rgb colour, int scale = 2);

    static int textWidth(const std::string& text, int scale = 2);
    static constexpr int textHeight(int scale = 2) { return 7 * scale; }

private:
    void blend(int x, int y, Rgb colour, double share);

    Image image_;
};

}  // namespace thaw::cli
