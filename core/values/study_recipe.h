// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"

namespace thaw {

/// Makes the chart of that name in the report of a study's folder again.
FigureRecipe studyChartRecipe(const std::string& folder, const std::string& chart);

}  // namespace thaw
