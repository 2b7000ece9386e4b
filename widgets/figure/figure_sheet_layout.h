// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_part.h"

#include <QStringList>

#include <vector>

namespace thaw {

/// A sheet before it has a size: parts that draw neither title nor caption, and the words the sheet draws itself.
struct SheetPlan {
    std::vector<FigurePart> parts;
    QStringList titles;  ///< one a part, letter and all; may be empty
    QString caption;     ///< under everything
    int columns = 1;
};

/// Where everything of a sheet goes. Titles of one row take the same room, so that its panels begin on one line.
struct SheetLayout {
    struct Place {
        QRectF title, body;
        QStringList titleLines;
    };
    std::vector<Place> places;
    QStringList captionLines;
    QRectF caption;
};

/// Height at which every row has the height of its tallest panel.
double sheetHeight(const SheetPlan& plan, double width, const FigureStyle& style);
/// Fills the area: rows share what is missing in proportion to their heights, and what is left over likewise, but among rows
/// whose panels all stretch where there are any.
SheetLayout layOutSheet(const SheetPlan& plan, const QRectF& area, const FigureStyle& style);
/// The number of columns that makes a page of that width nearest to `aspect` (width : height); fewer where words or
/// numbers of a panel would be cut, and rather none that leaves places empty.
int fittingColumns(SheetPlan plan, double width, const FigureStyle& style, double aspect);

/// The plan as one part: one page, one painter.
FigurePart partOf(const SheetPlan& plan);

/// (a), (b), ... (z), (aa), ...
QString panelLetter(std::size_t panel);

}  // namespace thaw
