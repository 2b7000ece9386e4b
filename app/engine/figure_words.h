// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_messages.h"
#include "core/values/progress.h"

#include <string>

namespace thaw {

/// With a sentence, in the language of the window, for an error that comes without one.
FigureAnswer inWords(FigureAnswer answer);

/// As figureNow (core/engine/figure_now.h), in words.
FigureAnswer figureNowInWords(const std::string& device, const FigureRecipe& recipe, const Progress& progress);

}  // namespace thaw
