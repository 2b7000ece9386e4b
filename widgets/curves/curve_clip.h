// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <utility>

namespace thaw {

struct CurvePoints {
    QList<double> x, y;
};

/// What a polyline shows inside a window, cut exactly at its edges (Liang & Barsky 1984); pieces are separated by a NaN.
/// A file has to hold only what is seen: SVG viewers do not agree on clip paths. With a logarithmic axis the cut lies
/// on the straight line on screen, that is, in the logarithm; values that are not positive break the line there.
CurvePoints clippedLine(const CurvePoints& line, std::pair<double, double> xRange, std::pair<double, double> yRange,
                        bool logX, bool logY);

/// The points inside the window.
CurvePoints clippedPoints(const CurvePoints& points, std::pair<double, double> xRange,
                          std::pair<double, double> yRange);

}  // namespace thaw
