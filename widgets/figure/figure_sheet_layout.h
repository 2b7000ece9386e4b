// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_part.h"

#include <QStringList>

#include <vector>

namespace thaw {

/// A page before it has a size: what its panels draw, and the words that stand above and below them. A single panel is a page of
/// one.
struct SheetPlan {
    std::vector<FigurePart> parts;
    QStringList titles;  ///< one a part, letter and all; may be empty
    QString caption;     ///< under everything
    int columns = 1;
};

/// Where everything of a sheet goes. A row of panels fills the width of the page, also the last one when it has fewer: no hole is
/// left. Its titles take the same room, and its frames have one upper and one lower edge.
struct SheetLayout {
    struct Place {
        QRectF title, body;
        PartRoom room;  ///< of the body, above and below the frame
        QStringList titleLines;

        QRectF frame() const { return body.adjusted(0, room.above, 0, -room.below); }  ///< as high as its plot
    };
    std::vector<Place> places;
    QStringList captionLines;
    QRectF caption;
};

/// Height at which every row has the height that its panels ask for.
double sheetHeight(const SheetPlan& plan, double width, const FigureStyle& style);
/// Fills the area: rows share what is missing in proportion to the heights of their frames, and what is left over likewise, but
/// among rows whose panels all stretch where there are any.
SheetLayout layOutSheet(const SheetPlan& plan, const QRectF& area, const FigureStyle& style);
/// The number of columns that makes a page of that width nearest to `aspect` (width : height); fewer where words or
/// numbers of a panel would be cut, and rather none that leaves rows of unequal length.
int fittingColumns(SheetPlan plan, double width, const FigureStyle& style, double aspect);

/// The page that the plan fills, every format's alike. Title and subject are left to the caller.
FigurePage pageOf(const SheetPlan& plan, const FigureOptions& options);
/// One page, one painter.
DrawFigure drawingOf(const SheetPlan& plan, const FigureOptions& options);

/// (a), (b), ... (z), (aa), ...
QString panelLetter(std::size_t panel);

}  // namespace thaw
