// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/raster.h"

#include <string>
#include <vector>

namespace thaw::cli {

struct CurveSeries {
    std::string name;
    Rgb colour;
    std::vector<double> x, y;  ///< NaN breaks the line
    bool points = false;       ///< a disc at every value: few measurements rather than a stream
};

struct CurvePanel {
    std::string yLabel;
    std::vector<CurveSeries> series;
    bool fromZero = false;  ///< the y axis starts at 0
};

struct CurveFigure {
    std::string title, caption, xLabel;
    std::vector<CurvePanel> panels;  ///< one below the other over one x axis
};

/// Streams longer than about 200 values are drawn twice: the values pale, their moving average (a window of 1/50 of the
/// curve) in full colour.
Image drawCurves(const CurveFigure& figure);

}  // namespace thaw::cli
