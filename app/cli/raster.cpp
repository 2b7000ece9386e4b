// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/raster.h"

#include "app/cli/raster_font.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace thaw::cli {
namespace {

// A character outside ASCII counts once, however many bytes it takes in UTF-8.
std::string asciiOf(const std::string& text) {
    std::string ascii;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 && byte < 0xC0) continue;
        ascii += byte >= 32 && byte < 127 ? c : '?';
    }
    return ascii;
}

// Calls `dot(column, row)` for every dot of the text, both from 0.
void forEachDot(const std::string& ascii, const std::function<void(int, int)>& dot) {
    for (std::size_t k = 0; k < ascii.size(); ++k)
        for (int column = 0; column < 5; ++column)
            for (int row = 0; row < 7; ++row)
                if (kFont5x7[std::size_t(ascii[k] - 32)][std::size_t(column)] >> row & 1) dot(int(k) * 6 + column, row);
}

}  // namespace

Raster::Raster(int width, int height, Rgb background) {
    image_ = {width, height, 3, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 3)};
    rect(0, 0, width, height, background);
}

void Raster::pixel(int x, int y, Rgb colour) {
    if (x < 0 || y < 0 || x >= width() || y >= height()) return;
    auto* p = image_.pixels.data() + (std::size_t(y) * std::size_t(width()) + std::size_t(x)) * 3;
    p[0] = colour.r;
    p[1] = colour.g;
    p[2] = colour.b;
}

void Raster::blend(int x, int y, Rgb colour, double share) {
    if (share <= 0 || x < 0 || y < 0 || x >= width() || y >= height()) return;
    share = std::min(share, 1.0);
    auto* p = image_.pixels.data() + (std::size_t(y) * std::size_t(width()) + std::size_t(x)) * 3;
    const std::uint8_t channels[3] = {colour.r, colour.g, colour.b};
    for (int c = 0; c < 3; ++c) p[c] = std::uint8_t(std::lround(p[c] * (1 - share) + channels[c] * share));
}

void Raster::rect(int x, int y, int width, int height, Rgb colour) {
    for (int row = y; row < y + height; ++row)
        for (int column = x; column < x + width; ++column) pixel(column, row, colour);
}

void Raster::frame(int x, int y, int width, int height, Rgb colour) {
    rect(x, y, width, 1, colour);
    rect(x, y + height - 1, width, 1, colour);
    rect(x, y, 1, height, colour);
    rect(x + width - 1, y, 1, height, colour);
}

void Raster::line(double x0, double y0, double x1, double y1, double width, Rgb colour) {
    const double half = width / 2, dx = x1 - x0, dy = y1 - y0, length2 = dx * dx + dy * dy;
    const int left = int(std::floor(std::min(x0, x1) - half - 1)), right = int(std::ceil(std::max(x0, x1) + half + 1));
    const int top = int(std::floor(std::min(y0, y1) - half - 1)), bottom = int(std::ceil(std::max(y0, y1) + half + 1));
    for (int y = std::max(top, 0); y <= std::min(bottom, height() - 1); ++y)
        for (int x = std::max(left, 0); x <= std::min(right, this->width() - 1); ++x) {
            const double t = length2 > 0 ? std::clamp(((x - x0) * dx + (y - y0) * dy) / length2, 0.0, 1.0) : 0.0;
            blend(x, y, colour, half + 0.5 - std::hypot(x - x0 - t * dx, y - y0 - t * dy));
        }
}

void Raster::disc(double x, double y, double radius, Rgb colour) { line(x, y, x, y, 2 * radius, colour); }

void Raster::text(int x, int y, const std::string& text, Rgb colour, Align align, int scale) {
    const int wide = textWidth(text, scale);
    const int left = align == Align::Left ? x : align == Align::Centre ? x - wide / 2 : x - wide;
    forEachDot(asciiOf(text),
               [&](int column, int row) { rect(left + column * scale, y + row * scale, scale, scale, colour); });
}

void Raster::textUp(int x, int y, const std::string& text, Rgb colour, int scale) {
    const int bottom = y + textWidth(text, scale) / 2;
    forEachDot(asciiOf(text), [&](int column, int row) {
        rect(x + row * scale, bottom - (column + 1) * scale, scale, scale, colour);
    });
}

int Raster::textWidth(const std::string& text, int scale) {
    const auto count = int(asciiOf(text).size());
    return count == 0 ? 0 : (count * 6 - 1) * scale;
}

}  // namespace thaw::cli
