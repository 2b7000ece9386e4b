// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/measuring.h"
#include "core/values/figure_recipe.h"

#include <optional>
#include <utility>
#include <vector>

namespace thaw {

// What has to be measured for a panel. The window and figures made headless ask the same questions, so that they show the
// same numbers. `against` is B; nothing where a panel needs it and there is none.

/// The one measurement behind a side of a panel of the network; a panel of one noise level takes that level alone.
std::optional<MeasurementJob> panelJob(const PanelRecipe& panel, PanelSide side,
                                       const std::optional<ModelChoice>& against);
/// Spectrum: the 2-D spectrum of one side.
std::optional<SpectrumRequest> panelSpectrum(const PanelRecipe& panel, PanelSide side,
                                             const std::optional<ModelChoice>& against);
/// A column of Images, or the real data beside a profile; TunedOneStep means B.
std::optional<ImagesJob> panelImages(const PanelRecipe& panel, SampleSource source, int steps,
                                     const std::optional<ModelChoice>& against);
/// A column of Samples.
std::optional<SampleRequest> panelSamples(const PanelRecipe& panel, SampleSource source, int steps,
                                          const std::optional<ModelChoice>& against);

/// Sides of which a panel shows something: both for profiles and transfer functions, whenever there are two.
std::vector<PanelSide> sidesOf(const PanelRecipe& panel, bool hasAgainst);

}  // namespace thaw
