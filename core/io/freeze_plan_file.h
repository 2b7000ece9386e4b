// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"

#include <string>

namespace thaw {

/// A freeze plan as the user gives it: a preset, a comma list of globs, or the path of a `.json` file
/// that reads {"freeze": ["*.conv0", "!dec.*", ...]}. Throws FileMissing, FileDamaged for a file that is none.
FreezePlan openFreezePlan(const std::string& textOrPath);

}  // namespace thaw
