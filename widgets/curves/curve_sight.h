// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_clip.h"
#include "widgets/curves/curve_data.h"

#include <utility>
#include <vector>

namespace thaw {

/// The part of the plane that a figure shows on paper.
struct CurveSight {
    std::pair<double, double> x, y;

    bool shows(const CurveReference& reference) const { return reference.y >= y.first && reference.y <= y.second; }
};

/// The ranges asked for, or what holds all visible series and references.
CurveSight curveSight(const CurveFigure& figure);

/// A line in it, thinned to what paper can show; and without cutting, for bands.
CurvePoints seenPoints(const std::vector<double>& x, const std::vector<double>& y, const CurveSight& window);
CurvePoints seenLine(const std::vector<double>& x, const std::vector<double>& y, const CurveFigure& figure,
                     const CurveSight& window);

/// Whether anything of a series is drawn in the window.
bool isSeen(const CurveSeries& series, const CurveFigure& figure, const CurveSight& window);

}  // namespace thaw
