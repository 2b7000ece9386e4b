// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"

#include <string>

namespace thaw {

/// A freeze plan as the user gives it: a preset, a comma list of globs, or the path of a `.json` file that
/// `writeFreezePlan` wrote. Throws FileMissing, FileDamaged for a file that is none.
FreezePlan openFreezePlan(const std::string& textOrPath);

/// {"freeze": ["*.conv0", "!dec.*", ...]}, whole or not at all.
void writeFreezePlan(const std::string& path, const FreezePlan& plan);

}  // namespace thaw
