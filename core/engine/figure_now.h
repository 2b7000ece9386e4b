// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_messages.h"
#include "core/values/progress.h"

#include <string>

namespace thaw {

/// Makes a figure again on the calling thread, from start to end, for a program that has no window and no compute
/// thread. `device` as in `--device`. Where `progress` says no, the answer's error is Interrupted.
FigureAnswer figureNow(const std::string& device, const FigureRecipe& recipe, const Progress& progress);

}  // namespace thaw
