// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/study_recipe.h"

namespace thaw {

FigureRecipe studyChartRecipe(const std::string& folder, const std::string& chart) {
    PanelRecipe panel;
    panel.kind = PanelKind::Study;
    panel.runs = {folder};
    panel.curve = chart;
    FigureRecipe recipe;
    recipe.version = THAW_VERSION;
    recipe.language = "en";  // as a report is
    recipe.panels = {panel};
    recipe.widthMm = 120;
    return recipe;
}

}  // namespace thaw
