// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/curve_png.h"

#include "app/cli/axis_ticks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw::cli {
namespace {

constexpr Rgb kCurvePaper{255, 255, 255}, kInk{32, 32, 32}, kSoftInk{96, 96, 96}, kGrid{228, 228, 228};
constexpr int kWidth = 1000, kPanelHeight = 280, kGap = 26, kMargin = 16, kLine = 22, kTick = 5;
constexpr int kLeft = 120, kRight = 28;
constexpr std::size_t kSmoothFrom = 200;

struct CurveRange {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    void include(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    void settle() {
        if (!(low <= high)) low = 0, high = 1;
        if (low == high) low -= 0.5, high += 0.5;
    }
    double share(double value) const { return (value - low) / (high - low); }
};

Rgb pale(Rgb c) {
    const auto mix = [](std::uint8_t v) { return std::uint8_t(v + (255 - v) * 3 / 4); };
    return {mix(c.r), mix(c.g), mix(c.b)};
}

std::vector<double> movingAverage(const std::vector<double>& values) {
    const auto reach = std::ptrdiff_t(values.size() / 100);
    std::vector<double> smooth(values.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(values.size()); ++i) {
        double sum = 0;
        int count = 0;
        const auto last = std::min(std::ptrdiff_t(values.size()) - 1, i + reach);
        for (auto j = std::max<std::ptrdiff_t>(0, i - reach); j <= last; ++j)
            if (std::isfinite(values[std::size_t(j)])) {
                sum += values[std::size_t(j)];
                ++count;
            }
        if (count > 0) smooth[std::size_t(i)] = sum / count;
    }
    return smooth;
}

class PanelPainter {
public:
    PanelPainter(Raster& raster, const CurvePanel& panel, const CurveRange& x, int top)
        : raster_(raster), panel_(panel), x_(x), top_(top) {
        for (const auto& series : panel.series)
            for (const double value : series.y) y_.include(value);
        if (panel.fromZero) y_.include(0);
        y_.settle();
        const double room = 0.06 * (y_.high - y_.low);
        if (!panel.fromZero) y_.low -= room;
        y_.high += room;
    }

    void draw(bool last) {
        axes(last);
        for (const auto& series : panel_.series) {
            const bool smooth = !series.points && series.y.size() >= kSmoothFrom;
            if (smooth) polyline(series.x, series.y, 1.2, pale(series.colour));
            polyline(series.x, smooth ? movingAverage(series.y) : series.y, 2, series.colour);
            if (series.points)
                for (std::size_t i = 0; i < series.y.size(); ++i)
                    if (std::isfinite(series.y[i])) raster_.disc(px(series.x[i]), py(series.y[i]), 3.5, series.colour);
        }
        raster_.frame(kLeft, top_, plotWidth(), kPanelHeight, kInk);
        legend();
    }

private:
    static int plotWidth() { return kWidth - kLeft - kRight; }
    double px(double value) const { return kLeft + x_.share(value) * (plotWidth() - 1); }
    double py(double value) const { return top_ + (1 - y_.share(value)) * (kPanelHeight - 1); }

    void axes(bool last) {
        for (const double tick : niceTicks(x_.low, x_.high, 8)) {
            const int x = int(std::lround(px(tick)));
            raster_.rect(x, top_, 1, kPanelHeight, kGrid);
            raster_.rect(x, top_ + kPanelHeight, 1, kTick, kInk);
            if (last) raster_.text(x, top_ + kPanelHeight + kTick + 5, tickText(tick), kInk, Align::Centre);
        }
        for (const double tick : niceTicks(y_.low, y_.high, 5)) {
            const int y = int(std::lround(py(tick)));
            raster_.rect(kLeft, y, plotWidth(), 1, kGrid);
            raster_.rect(kLeft - kTick, y, kTick, 1, kInk);
            raster_.text(kLeft - 2 * kTick, y - Raster::textHeight() / 2, tickText(tick), kInk, Align::Right);
        }
        raster_.textUp(kMargin, top_ + kPanelHeight / 2, panel_.yLabel, kInk);
    }

    void polyline(const std::vector<double>& x, const std::vector<double>& y, double width, Rgb colour) {
        for (std::size_t i = 1; i < y.size(); ++i)
            if (std::isfinite(y[i - 1]) && std::isfinite(y[i]))
                raster_.line(px(x[i - 1]), py(y[i - 1]), px(x[i]), py(y[i]), width, colour);
    }

    // One series needs no legend: the axis names it.
    void legend() {
        if (panel_.series.size() < 2) return;
        int x = kLeft + plotWidth() - 12;
        for (auto series = panel_.series.rbegin(); series != panel_.series.rend(); ++series) {
            x -= Raster::textWidth(series->name);
            raster_.rect(x - 34, top_ + 6, Raster::textWidth(series->name) + 38, Raster::textHeight() + 8, kCurvePaper);
            raster_.text(x, top_ + 10, series->name, kInk);
            raster_.line(x - 30, top_ + 17, x - 8, top_ + 17, 3, series->colour);
            x -= 44;
        }
    }

    Raster& raster_;
    const CurvePanel& panel_;
    CurveRange x_, y_;
    int top_;
};

}  // namespace

Image drawCurves(const CurveFigure& figure) {
    CurveRange x;
    x.include(0);
    for (const auto& panel : figure.panels)
        for (const auto& series : panel.series)
            for (const double value : series.x) x.include(value);
    x.settle();
    const int panels = int(figure.panels.size()), top = kMargin + 2 * kLine;
    Raster raster(kWidth, top + panels * (kPanelHeight + kGap) + 2 * kLine + kMargin, kCurvePaper);
    raster.text(kMargin, kMargin, figure.title, kInk);
    raster.text(kMargin, kMargin + kLine, figure.caption, kSoftInk, Align::Left, 1);
    for (int k = 0; k < panels; ++k)
        PanelPainter(raster, figure.panels[std::size_t(k)], x, top + k * (kPanelHeight + kGap)).draw(k + 1 == panels);
    raster.text((kLeft + kWidth - kRight) / 2, raster.height() - kMargin - Raster::textHeight(), figure.xLabel, kInk,
                Align::Centre);
    return raster.image();
}

}  // namespace thaw::cli
