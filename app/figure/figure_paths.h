// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

#include <QString>

namespace thaw {

/// The recipe with every path made absolute from `folder` (the working folder where that is empty); `builtin` stays.
FigureRecipe withAbsolutePaths(FigureRecipe recipe, const QString& folder);
/// ... and with the paths below `folder` made relative to it, so that the folder can be moved with everything in it.
FigureRecipe withRelativePaths(FigureRecipe recipe, const QString& folder);

}  // namespace thaw
