// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"
#include "core/values/panel_data.h"
#include "widgets/figure/figure_sheet.h"

#include <vector>

namespace thaw {

/// The sheet that a recipe and its measurements make.
FigureSheet sheetOf(const FigureRecipe& recipe, const std::vector<PanelData>& panels);
FigureOptions optionsOf(const FigureRecipe& recipe);

/// The recipe of a whole sheet, with the page it is on; without one when a panel has none, or when panels come from different
/// models or data, because a recipe names one A, one B and one data set. `why` says so in words.
std::optional<FigureRecipe> recipeOf(const FigureSheet& sheet, const FigureOptions& options, QString* why = nullptr);

}  // namespace thaw
