// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/figure_recipe.h"
#include "core/values/panel_data.h"

#include <optional>

namespace thaw {

/// Measures a panel from what the session has open, start to end. Throws what the Session throws, Interrupted when
/// `progress` says no, and WrongKind for kinds that no view shows yet.
PanelData measurePanel(Session& session, const PanelRecipe& panel, const std::optional<ModelChoice>& against,
                       const Progress& progress = {});

/// The whole figure: opens its sources, which must be what they were (core/io/figure_sources.h), and measures panel after
/// panel. Paths in it are absolute, or count from the working folder.
std::vector<PanelData> measureFigure(Session& session, const FigureRecipe& recipe, const Progress& progress = {});

}  // namespace thaw
