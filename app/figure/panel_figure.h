// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/panel_data.h"
#include "widgets/figure/figure_sheet.h"

namespace thaw {

/// The picture of a panel, from what was measured for it: the same for the window, for a figure made of several panels and for
/// one made again from its recipe. Nothing while what it needs has not come.
PanelFigure panelFigure(const PanelRecipe& panel, const PanelData& data);

/// Samples, Curves; called by panelFigure.
PanelFigure samplesFigure(const PanelRecipe& panel, const PanelData& data);
PanelFigure curvesFigure(const PanelRecipe& panel, const PanelData& data);

/// What legends call the two models.
QString nameOfA(const PanelData& data);
QString nameOfB(const PanelData& data);

}  // namespace thaw
