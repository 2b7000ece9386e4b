// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_sight.h"

#include "widgets/curves/curve_range.h"
#include "widgets/curves/series_pyramid.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr std::size_t kMostPoints = 8000;  // per line: a printed column has fewer columns of dots

}  // namespace

CurveSight curveSight(const CurveFigure& figure) {
    RangeFit x(figure.logX), y(figure.logY);
    bool onlyPoints = true;
    for (const auto& series : figure.series) {
        if (!series.visible) continue;
        onlyPoints = onlyPoints && series.kind != CurveKind::Line && series.kind != CurveKind::Band;
        for (const double value : series.x) x.add(value);
        for (const double value : series.y) y.add(value);
        for (const double value : series.low) y.add(value);
    }
    for (const auto& reference : figure.references) y.add(reference.y);
    CurveSight window;
    window.x = figure.xRange.value_or(x.empty() ? x.range(0) : fittedX(x.low(), x.high(), figure.logX));
    window.y = figure.yRange.value_or(fittedY(y, figure.logY, onlyPoints));
    return window;
}

CurvePoints seenPoints(const std::vector<double>& x, const std::vector<double>& y, const CurveSight& window) {
    SeriesPyramid pyramid;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) pyramid.append(x[i], y[i]);
    return pyramid.window(window.x.first, window.x.second, kMostPoints);
}

CurvePoints seenLine(const std::vector<double>& x, const std::vector<double>& y, const CurveFigure& figure,
                     const CurveSight& window) {
    return clippedLine(seenPoints(x, y, window), window.x, window.y, figure.logX, figure.logY);
}

bool isSeen(const CurveSeries& series, const CurveFigure& figure, const CurveSight& window) {
    if (!series.visible) return false;
    const auto within = [](double value, const std::pair<double, double>& range) {
        return value >= range.first && value <= range.second;
    };
    const std::size_t count = std::min(series.x.size(), series.y.size());
    for (std::size_t i = 0; i < count; ++i)
        if (within(series.x[i], window.x) && within(series.y[i], window.y)) return true;
    if (series.kind != CurveKind::Line) return false;
    // A line may cross the window between two points.
    const CurvePoints line = seenLine(series.x, series.y, figure, window);
    return std::count_if(line.y.begin(), line.y.end(), [](double value) { return std::isfinite(value); }) > 1;
}

}  // namespace thaw
