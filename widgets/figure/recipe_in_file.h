// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace thaw {

/// A recipe found in a file, or why there is none, in words for the user.
struct FoundRecipe {
    QByteArray json;  ///< empty with an error
    QString error;
};

/// The recipe inside a figure written by exportFigure(FigureSheet): PDF, SVG, PNG, CSV, or the JSON file itself. By content, not
/// by suffix. Looks at no more than is needed, never throws, and says in one sentence what a file is that holds none.
/// (NPZ, a zip, is read by the caller, who has a zip reader.)
FoundRecipe recipeInFile(const QString& path);

/// Does it look like a figure that may hold a recipe? A quick look at the first bytes: PDF, SVG, PNG, CSV or JSON with a
/// recipe's key; for the question what was dropped on a window.
bool mayHoldRecipe(const QString& path);

}  // namespace thaw
