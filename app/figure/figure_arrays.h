// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_sheet.h"

#include <QByteArray>
#include <QString>

namespace thaw {

/// The numbers drawn, as NumPy reads them (`numpy.load`). Names begin with the panel's letter (`a_values`); a figure of one
/// panel has none (`values`). Heatmaps: `values` [rows, cols] with `x`, `y` (or `rows.txt`, `cols.txt` where an axis has names);
/// curves: `series0_x`, `series0_y` (and `_low` of bands), names in `series.txt`; samples: `block0` uint8 [n, H, W, C] and
/// `block0_seeds`. `recipe.json` lies inside where there is one. Whole or not at all; returns an error for the user, or nothing.
QString writeFigureArrays(const FigureSheet& sheet, const QString& path);

/// The recipe inside such a file; empty with an error in words otherwise.
QByteArray recipeInArrays(const QString& path, QString* error);

}  // namespace thaw
