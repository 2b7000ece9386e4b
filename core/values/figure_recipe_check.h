// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"
#include "core/values/train_config.h"

namespace thaw {

/// Everything that keeps a recipe from being carried out: numbers out of range, missing blocks, missing second models.
/// Fields are named as in the JSON, e.g. `panels[1].sigma`.
std::vector<ConfigProblem> problemsOf(const FigureRecipe& recipe);

/// What has to be open for a panel.
bool needsModel(const PanelRecipe& panel);
bool needsAgainst(const PanelRecipe& panel);
bool needsData(const PanelRecipe& panel);

}  // namespace thaw
