// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/figure/figure_sheet.h"

namespace thaw {

/// Suffixes saveFigure knows: pdf, svg, png, csv, npz.
QStringList savedFormats();

/// Writes a figure in the format of its suffix, with its recipe inside, and the recipe beside it as `NAME.recipe.json`; paths
/// below the figure's folder stand in it relative to that folder. A file of that name that is no recipe stays and is an error.
/// Each file whole or not at all. Returns an error for the user, or nothing.
QString saveFigure(const FigureSheet& sheet, const QString& path, const FigureOptions& options);

/// Why the recipe could not be written beside that figure: a file of its name that is no recipe. Empty otherwise.
QString recipeBesideProblem(const QString& figure);

/// `figure.pdf` -> `figure.recipe.json`.
QString recipePathOf(const QString& figure);

/// A recipe out of any file saveFigure writes, or out of the recipe's own; `folder` is where its relative paths begin.
struct OpenedRecipe {
    std::optional<FigureRecipe> recipe;
    QString folder;
    QString error, hint;
    bool impossible = false;  ///< it is a recipe, but asks for what cannot be
};
OpenedRecipe openRecipe(const QString& path);

}  // namespace thaw
