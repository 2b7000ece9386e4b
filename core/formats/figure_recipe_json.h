// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

#include <string>

namespace thaw {

/// JSON both ways, snake_case keys, enums as words (`a_one_step`). Keys that are
/// absent keep their defaults. Unknown keys, wrong types and impossible values are collected and thrown as one
/// Configuration error; text that is no JSON, or no recipe, throws FileDamaged, a newer format WrongKind. `origin` names the
/// file in errors. The same recipe gives the same bytes.
std::string toJson(const FigureRecipe& recipe);
FigureRecipe figureRecipeFromJson(const std::string& json, const std::string& origin);

}  // namespace thaw
