// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace thaw {

/// While a run goes on, its folder holds a file `running` with the number and the machine of its process. A process that
/// is killed leaves it behind: that is how an interrupted run differs from one that ended.

/// Best effort: a run is not refused for want of this file.
void markRunning(const std::string& runFolder);
void unmarkRunning(const std::string& runFolder);

/// The run was left while it went on, and saved: interrupted, whatever process is there.
void markSuspended(const std::string& runFolder);

/// The run was left, or the mark is there and its process is not (or has been taken over by another program); and there is a state to
/// go on from. A mark from another machine is taken as alive.
bool wasInterrupted(const std::string& runFolder);

}  // namespace thaw
