// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"
#include "widgets/figure/figure_export.h"

#include <optional>
#include <variant>
#include <vector>

namespace thaw {

/// A heatmap and how it is coloured.
struct MapFigure {
    HeatmapData data;
    HeatmapStyle style;
};

/// What one panel draws; nothing while its measurement has not answered.
using PanelFigure = std::variant<std::monostate, MapFigure, CurveFigure, SampleFigure>;

bool isEmpty(const PanelFigure& figure);
/// The words over it and under it.
QString titleOf(const PanelFigure& figure);
QString captionOf(const PanelFigure& figure);

struct SheetPanel {
    PanelFigure figure;
    QString title;  ///< instead of the figure's own; empty = its own
    /// A recipe of this panel alone, with the model and data it is measured from; absent where it cannot be measured again
    /// from files (a generator that was never saved).
    std::optional<FigureRecipe> recipe;
};

/// A figure of one or more panels in rows of equal columns, read like text: (a) (b) / (c) (d).
struct FigureSheet {
    std::vector<SheetPanel> panels;
    int columns = 0;      ///< panels side by side; 0 = as many as make the figure nearest to 3:2, or to the page given,
                          ///< without cutting words or leaving too many places empty
    bool letters = true;  ///< (a), (b), ... before the titles, from two panels on
    QString caption;      ///< under the whole figure; empty = the panels' own, each behind its letter
    QByteArray recipe;    ///< JSON of the whole figure (toJson), written into every file; empty = none
};

/// Columns actually used at that width.
int columnsOf(const FigureSheet& sheet, const FigureOptions& options);
/// The page in mm: FigureOptions::widthMm by its height, or by what the panels ask for where that is 0.
QSizeF pageSize(const FigureSheet& sheet, const FigureOptions& options);

/// As exportFigure of its parts: pdf, svg, png, csv. The CSV is the panels' one after another, each behind `# panel (a): title`,
/// and its first line is `# recipe: {...}` where there is one. The recipe lies in a PDF as the attachment `recipe.json`, in an
/// SVG base64 in its metadata, in a PNG base64 as the text `ThawRecipe`.
QString exportFigure(const FigureSheet& sheet, const QString& path, const FigureOptions& options = {});
QImage renderFigure(const FigureSheet& sheet, const FigureOptions& options = {});
QByteArray csvOf(const FigureSheet& sheet);

}  // namespace thaw
