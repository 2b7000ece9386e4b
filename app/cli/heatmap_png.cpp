// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/heatmap_png.h"

#include "app/cli/axis_ticks.h"
#include "app/cli/raster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace thaw::cli {
namespace {

constexpr Rgb kPaper{255, 255, 255}, kInk{32, 32, 32}, kSoftInk{96, 96, 96}, kHatch{205, 205, 205}, kGap{238, 238, 238};
constexpr int kMargin = 16, kTick = 5, kLine = 22, kBarWidth = 18;

// Viridis (Smith & van der Walt) at 33 even places; linear interpolation stays within 2/255 of the published table.
constexpr std::array<std::uint32_t, 33> kViridis = {
    0x440154, 0x470D60, 0x48186A, 0x482374, 0x472D7B, 0x453681, 0x424086, 0x3F4989, 0x3B528B, 0x375A8D, 0x33638D,
    0x2F6A8E, 0x2C728E, 0x297A8E, 0x26818E, 0x23898E, 0x21908C, 0x1F988B, 0x1F9F88, 0x21A685, 0x28AE80, 0x31B57B,
    0x3EBC74, 0x4CC26C, 0x5DC963, 0x6ECE58, 0x82D34C, 0x96D83F, 0xABDC32, 0xC0DF24, 0xD5E21A, 0xEAE51A, 0xFDE725};

Rgb viridis(double t) {
    const double place = std::clamp(t, 0.0, 1.0) * double(kViridis.size() - 1);
    const auto low = std::min(std::size_t(place), kViridis.size() - 2);
    const double share = place - double(low);
    const auto channel = [&](int shift) {
        const double a = kViridis[low] >> shift & 255, b = kViridis[low + 1] >> shift & 255;
        return std::uint8_t(std::lround(a + (b - a) * share));
    };
    return {channel(16), channel(8), channel(0)};
}

struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    double share(double value) const { return (value - low) / (high - low); }
};

Range valueRange(const HeatmapFigure& figure) {
    Range range;
    for (const auto& panel : figure.panels)
        for (const auto& row : panel.values)
            for (const double value : row)
                if (std::isfinite(value)) {
                    range.low = std::min(range.low, value);
                    range.high = std::max(range.high, value);
                }
    if (!(range.low <= range.high)) range = {0, 1};
    if (range.low == range.high) range = {range.low - 0.5, range.high + 0.5};
    return range;
}

// Where everything stands; all in pixels.
struct Layout {
    int rows = 0, columns = 0, panels = 0;
    int cellWidth = 1, cellHeight = 1;
    int left = 0, top = 0, panelWidth = 0, panelHeight = 0, gap = 12;
    int barLeft = 0, width = 0, height = 0;

    explicit Layout(const HeatmapFigure& figure) {
        rows = figure.panels.empty() ? 0 : int(figure.panels.front().values.size());
        columns = int(figure.columns.size());
        panels = int(figure.panels.size());
        if (figure.rowNames.empty()) {
            cellWidth = cellHeight = std::max(1, 420 / std::max(rows, columns));
        } else {
            cellWidth = std::clamp(1100 / std::max(1, columns * panels), 6, 28);
            cellHeight = 20;
        }
        int names = 0;
        for (const auto& name : figure.rowNames) names = std::max(names, Raster::textWidth(name));
        for (const double value : figure.rows) names = std::max(names, Raster::textWidth(tickText(value)));
        left = kMargin + kLine + names + 2 * kTick;
        top = kMargin + 2 * kLine + (panels > 1 || !figure.panels.front().title.empty() ? kLine : 0);
        panelWidth = columns * cellWidth;
        panelHeight = rows * cellHeight;
        for (const auto& panel : figure.panels) gap = std::max(gap, Raster::textWidth(panel.title) - panelWidth + 12);
        barLeft = left + panels * panelWidth + (panels - 1) * gap + 24;
        width = barLeft + kBarWidth + 2 * kTick + Raster::textWidth("-100.5") + kLine + kMargin;
        width = std::max(
            width, std::max(Raster::textWidth(figure.title, 2), Raster::textWidth(figure.caption, 1)) + 2 * kMargin);
        height = top + panelHeight + 3 * kLine + kMargin;
    }
    int panelLeft(int k) const { return left + k * (panelWidth + gap); }
};

void drawCells(Raster& raster, const Layout& layout, int panelLeft, const HeatmapPanel& panel, const Range& range) {
    for (int row = 0; row < layout.rows; ++row)
        for (int column = 0; column < layout.columns; ++column) {
            const int x = panelLeft + column * layout.cellWidth, y = layout.top + row * layout.cellHeight;
            const double value = panel.values[std::size_t(row)][std::size_t(column)];
            if (std::isfinite(value)) {
                raster.rect(x, y, layout.cellWidth, layout.cellHeight, viridis(range.share(value)));
                continue;
            }
            for (int j = y; j < y + layout.cellHeight; ++j)
                for (int i = x; i < x + layout.cellWidth; ++i) raster.pixel(i, j, (i + j) % 6 == 0 ? kHatch : kGap);
        }
    raster.frame(panelLeft - 1, layout.top - 1, layout.panelWidth + 2, layout.panelHeight + 2, kInk);
}

// Column k's centre; ticks stand at round coordinates that are columns.
void drawColumnTicks(Raster& raster, const Layout& layout, int panelLeft, const std::vector<double>& columns) {
    if (columns.empty()) return;
    const int wanted = std::max(2, layout.panelWidth / 70);
    const int bottom = layout.top + layout.panelHeight;
    for (const double tick : niceTicks(columns.front(), columns.back(), wanted)) {
        const auto nearest = std::min_element(columns.begin(), columns.end(), [&](double a, double b) {
            return std::abs(a - tick) < std::abs(b - tick);
        });
        if (std::abs(*nearest - tick) > 1e-6 * std::max(1.0, std::abs(tick))) continue;
        const int x = panelLeft + int(nearest - columns.begin()) * layout.cellWidth + layout.cellWidth / 2;
        raster.rect(x, bottom + 1, 1, kTick, kInk);
        raster.text(x, bottom + kTick + 4, tickText(tick), kInk, Align::Centre);
    }
}

void drawRowTicks(Raster& raster, const Layout& layout, const HeatmapFigure& figure) {
    const auto mark = [&](std::size_t row, const std::string& text) {
        const int y = layout.top + int(row) * layout.cellHeight + layout.cellHeight / 2;
        raster.rect(layout.left - 1 - kTick, y, kTick, 1, kInk);
        raster.text(layout.left - 2 * kTick, y - Raster::textHeight() / 2, text, kInk, Align::Right);
    };
    for (std::size_t row = 0; row < figure.rowNames.size(); ++row) mark(row, figure.rowNames[row]);
    if (figure.rows.empty()) return;
    for (const double tick :
         niceTicks(std::min(figure.rows.front(), figure.rows.back()), std::max(figure.rows.front(), figure.rows.back()),
                   std::max(2, layout.panelHeight / 60)))
        for (std::size_t row = 0; row < figure.rows.size(); ++row)
            if (std::abs(figure.rows[row] - tick) < 1e-6 * std::max(1.0, std::abs(tick))) mark(row, tickText(tick));
}

void drawBar(Raster& raster, const Layout& layout, const Range& range, const std::string& label) {
    const int h = layout.panelHeight;
    for (int y = 0; y < h; ++y) raster.rect(layout.barLeft, layout.top + y, kBarWidth, 1, viridis(1 - (y + 0.5) / h));
    raster.frame(layout.barLeft - 1, layout.top - 1, kBarWidth + 2, h + 2, kInk);
    int widest = 0;
    for (const double tick : niceTicks(range.low, range.high, std::clamp(h / 50, 2, 8))) {
        const int y = layout.top + int(std::lround((1 - range.share(tick)) * (h - 1)));
        raster.rect(layout.barLeft + kBarWidth + 1, y, kTick, 1, kInk);
        raster.text(layout.barLeft + kBarWidth + 2 * kTick, y - Raster::textHeight() / 2, tickText(tick), kInk);
        widest = std::max(widest, Raster::textWidth(tickText(tick)));
    }
    raster.textUp(layout.barLeft + kBarWidth + 2 * kTick + widest + 8, layout.top + h / 2, label, kInk);
}

}  // namespace

Image drawHeatmap(const HeatmapFigure& figure) {
    const Layout layout(figure);
    const Range range = valueRange(figure);
    Raster raster(layout.width, layout.height, kPaper);
    raster.text(kMargin, kMargin, figure.title, kInk);
    raster.text(kMargin, kMargin + kLine, figure.caption, kSoftInk, Align::Left, 1);
    for (int k = 0; k < layout.panels; ++k) {
        const auto& panel = figure.panels[std::size_t(k)];
        const int x = layout.panelLeft(k);
        raster.text(x + layout.panelWidth / 2, layout.top - kLine, panel.title, kInk, Align::Centre);
        drawCells(raster, layout, x, panel, range);
        drawColumnTicks(raster, layout, x, figure.columns);
    }
    drawRowTicks(raster, layout, figure);
    const int middle = (layout.left + layout.barLeft - 24) / 2;
    raster.text(middle, layout.top + layout.panelHeight + kLine + kTick + 4, figure.xLabel, kInk, Align::Centre);
    raster.textUp(kMargin, layout.top + layout.panelHeight / 2, figure.yLabel, kInk);
    drawBar(raster, layout, range, figure.valueLabel);
    return raster.image();
}

}  // namespace thaw::cli
