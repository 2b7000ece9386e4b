// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/panel_data.h"
#include "widgets/figure/figure_sheet.h"

namespace thaw {

/// Title that a file of the model has, unless the figure gives it a name.
QString shownModel(const std::string& name, const std::string& title);

/// What stands under a panel, whatever its kind: the models by the names that the figure gives them, the part that is looked into,
/// the noise level, N with its seeds, and what bands and dots mean. Parts are joined by " · ". Nothing where `figure` is empty.
QString panelCaption(const PanelRecipe& panel, const PanelData& data, const PanelFigure& figure);

}  // namespace thaw
