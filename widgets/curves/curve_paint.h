// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/figure_style.h"
#include "widgets/curves/curve_data.h"

#include <QRectF>
#include <QStringList>

#include <utility>
#include <vector>

class QCPPainter;

namespace thaw {

/// Draws a curve figure on paper: legend and plot. `above` and `below` are the room between the plot and the area's edges, at
/// least curveRoom. Reference lines are named in the legend, where no curve can cross their words; what has no point in the window
/// is not in it.
void paintCurves(QCPPainter& painter, const CurveFigure& figure, const QRectF& area, double above, double below,
                 const FigureStyle& style);
/// Room above the plot (the legend) and below it (numbers, words of the axis) at that width.
std::pair<double, double> curveRoom(const CurveFigure& figure, double width, const FigureStyle& style);
/// Height of the plot at which a curve figure of that width looks as it should.
double curvePlotHeight(const CurveFigure& figure, double width, const FigureStyle& style);
/// Width below which its axes have no room for their numbers, or the legend none for a name on one line.
double curveLeastWidth(const CurveFigure& figure, const FigureStyle& style);

/// A name in the legend, with its place from the upper left corner of the legend.
struct LegendEntry {
    int series = -1;     ///< index in CurveFigure::series; -1: a reference line
    int reference = -1;  ///< index in CurveFigure::references
    QStringList lines;
    QRectF sign, text;
};
struct CurveLegend {
    std::vector<LegendEntry> entries;
    double height = 0;
};
/// What the legend of a figure of that width holds: every series and reference line that is seen in the window, except a series
/// that stands alone, which the title and the axis name.
CurveLegend curveLegend(const CurveFigure& figure, double width, const FigureStyle& style);

}  // namespace thaw
