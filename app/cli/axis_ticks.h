// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw::cli {

/// At most about `count` round numbers (1, 2 or 5 times a power of ten apart) in [low, high].
std::vector<double> niceTicks(double low, double high, int count);

/// A tick's number, as short as its neighbours allow: "0.05", "20", "1e+06".
std::string tickText(double value);

}  // namespace thaw::cli
