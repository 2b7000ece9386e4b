// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/panel_data.h"
#include "widgets/figure/figure_sheet.h"

#include <vector>

namespace thaw {

/// How a kind of panel is drawn and what it is called on screen.
struct PanelPicture {
    enum class Form { Map, Curves, Samples };
    enum class Rows { None, Blocks, Levels };

    PanelKind kind;
    const char* name;    ///< to be translated as PanelText
    const char* detail;  ///< the same; empty for kinds that are in no list
    Form form;
    Rows rows;  ///< of a map: what a click on a row selects
    PanelFigure (*draw)(const PanelRecipe& panel, const PanelData& data);
};

/// One a kind, in the order in which the window lists them.
const std::vector<PanelPicture>& panelPictures();
const PanelPicture& pictureOf(PanelKind kind);

/// The picture of a panel, from what was measured for it: the same for the window, for a figure made of several panels and for
/// one made again from its recipe. Nothing while what it needs has not come.
PanelFigure panelFigure(const PanelRecipe& panel, const PanelData& data);

// Samples, Curves, Study; called by panelFigure.
PanelFigure samplesFigure(const PanelRecipe& panel, const PanelData& data);
PanelFigure curvesFigure(const PanelRecipe& panel, const PanelData& data);
PanelFigure studyFigure(const PanelRecipe& panel, const PanelData& data);

/// What legends call the two models.
QString nameOfA(const PanelData& data);
QString nameOfB(const PanelData& data);

}  // namespace thaw
