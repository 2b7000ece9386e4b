// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/figure_style.h"
#include "widgets/curves/curve_data.h"

class QCPPainter;

namespace thaw {

/// Draws a curve figure on paper: title, legend, plot, caption.
void paintCurves(QCPPainter& painter, const CurveFigure& figure, const QRectF& area, const FigureStyle& style,
                 bool title, bool caption);
/// Height at which a curve figure of that width looks as it should.
double curveHeight(const CurveFigure& figure, double width, const FigureStyle& style, bool title, bool caption);
/// Width below which its axes have no room for their numbers.
double curveLeastWidth(const FigureStyle& style);

}  // namespace thaw
