// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/spectrum_kinds.h"
#include "core/values/figure_recipe.h"

namespace thaw::cli {

/// The recipe of the figure on paper that shows what these options measure. Throws Usage for what has no figure of one panel
/// (bands, Fourier probing, folders of images, many blocks at many noise levels) and what the options themselves forbid.
FigureRecipe recipeOf(const SpectrumOptions& options);

}  // namespace thaw::cli
