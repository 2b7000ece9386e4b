// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/spectrum_kinds.h"
#include "core/values/figure_recipe.h"

#include <string>
#include <vector>

namespace thaw::cli {

/// The figure that shows what these options measure, and what a report says of it.
struct SpectrumPicture {
    FigureRecipe recipe;  ///< one panel, or one for each part and noise level
    std::vector<std::string> blocks;
    std::vector<double> sigmas;
    std::vector<double> frequencies;  ///< cycles per image, up to the highest of the images
};

/// Throws Usage for what has no figure (bands, Fourier probing, unusual samplers) and what the options themselves forbid.
SpectrumPicture pictureOf(const SpectrumOptions& options, const Context& context);

}  // namespace thaw::cli
