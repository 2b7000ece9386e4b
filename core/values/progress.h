// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace thaw {

/// Called between pieces of long work with the share done in [0, 1]; returning false cancels, and the call throws
/// Error(Interrupted) with nothing changed.
using Progress = std::function<bool(double fraction)>;

}  // namespace thaw
