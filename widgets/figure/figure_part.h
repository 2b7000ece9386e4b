// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/figure_style.h"
#include "widgets/figure/figure_export.h"
#include "widgets/figure/figure_file.h"

#include <functional>

class QCPPainter;

namespace thaw {

/// A figure, or one panel of it, ready to be drawn on paper in any rectangle; lengths in the style's units. All panels of a page
/// share one painter: a second one on the same PDF would begin the file anew.
struct FigurePart {
    std::function<double(double width, const FigureStyle& style)> heightAt;  ///< where it looks as it should
    std::function<double(const FigureStyle& style)> leastWidth;              ///< below which words or numbers are cut
    bool stretches = true;  ///< fills a higher rectangle too; pictures of square cells or samples do not
    std::function<void(QCPPainter& painter, const QRectF& area, const FigureStyle& style)> draw;
};

/// Space between a part's rectangle and what it draws.
inline constexpr double kEdgePt = 2;

struct PartWords {
    bool title = true;
    bool caption = true;
};

// They refer to the figure, which has to outlive them.
FigurePart partOf(const HeatmapData& data, const HeatmapStyle& options, const PartWords& words);
FigurePart partOf(const CurveFigure& figure, const PartWords& words);
FigurePart partOf(const SampleFigure& figure, const PartWords& words);
/// Stands for a panel that has nothing to show yet: an empty frame.
FigurePart emptyPart();

bool isEmpty(const CurveFigure& figure);
bool isEmpty(const SampleFigure& figure);

/// What is impossible about the options, or an empty string.
QString problemWith(const FigureOptions& options);
FigureStyle styleOf(const FigureOptions& options, double unitsPerPoint);
/// The width asked for, in the units in which a figure finds its own height, and their style.
double layoutWidth(const FigureOptions& options);
FigureStyle layoutStyle(const FigureOptions& options);

/// The page a part fills, every format's alike. Title and subject are left to the caller.
FigurePage pageOf(const FigurePart& part, const FigureOptions& options);
DrawFigure drawingOf(const FigurePart& part, const FigureOptions& options);

}  // namespace thaw
