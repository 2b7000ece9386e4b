// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace thaw {

/// Marks the cells of a table of numbers that hold none: what is not measured yet, or does not exist there.
inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace thaw
