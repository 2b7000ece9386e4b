// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/progress.h"

#include <string>

namespace thaw {

/// Has the living process that writes a run's folder save it and leave, so that this process can go on with the run:
/// by TERM where it is one of this machine, by a request in the folder (core/formats/steering_files.h) where it is on
/// another. Waits until the folder is free; nothing where it is. `progress` hears the share of the patience that is
/// used up. Throws Configuration, with process and machine, where it does not leave within `seconds`, FileMissing
/// where it cannot be asked, and Interrupted by `progress`.
void takeRunOver(const std::string& runFolder, const Progress& progress, double seconds = 120);

}  // namespace thaw
