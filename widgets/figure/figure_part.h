// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/figure_style.h"
#include "widgets/figure/figure_export.h"

#include <functional>

class QCPPainter;

namespace thaw {

/// Room that a panel needs above and below its frame, which is the rectangle of its plot or of its images: a legend or headings
/// above; numbers and the words of the axis below.
struct PartRoom {
    double above = 0;
    double below = 0;
};

/// What one panel draws between its title and the caption of the page, ready for paper in any rectangle; lengths in the style's
/// units. The frames of a row of panels have one upper and one lower edge. All panels of a page share one painter: a second one
/// on the same PDF would begin the file anew.
struct FigurePart {
    std::function<PartRoom(double width, const FigureStyle& style)> roomAt;
    /// Height of the frame at which a part of that width looks as it should.
    std::function<double(double width, const FigureStyle& style)> frameAt;
    /// Parts whose pictures keep their shape: the width at which they fill a frame of that height; `usual` is the width of a
    /// column of the page, at which they may choose how to arrange themselves. Empty for parts that stretch.
    std::function<double(double frame, double usual, const FigureStyle& style)> widthAt{};
    std::function<double(const FigureStyle& style)> leastWidth;  ///< below which words or numbers are cut
    /// `room` may be more than it needs: that of the neediest of its row.
    std::function<void(QCPPainter& painter, const QRectF& area, const PartRoom& room, const FigureStyle& style)> draw;

    bool stretches() const { return !widthAt; }  ///< fills a rectangle of any shape
};

/// Space between a part's rectangle and what it draws.
inline constexpr double kEdgePt = 2;

// They refer to the figure, which has to outlive them.
FigurePart partOf(const HeatmapData& data, const HeatmapStyle& options);
FigurePart partOf(const CurveFigure& figure);
FigurePart partOf(const SampleFigure& figure);
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

}  // namespace thaw
