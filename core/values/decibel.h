// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace thaw {

/// 10·log10(power): 0 dB is unit power per bin, the level of white noise of unit variance. Powers of 0 (or below) are
/// drawn at `floor`, as are all levels under it; NaN, a missing cell, stays NaN.
inline double decibel(double power, double floor = -std::numeric_limits<double>::infinity()) {
    if (std::isnan(power)) return power;
    return power > 0 ? std::max(10.0 * std::log10(power), floor) : floor;
}

inline std::vector<double> decibel(const std::vector<double>& power,
                                   double floor = -std::numeric_limits<double>::infinity()) {
    std::vector<double> levels(power.size());
    std::transform(power.begin(), power.end(), levels.begin(), [floor](double p) { return decibel(p, floor); });
    return levels;
}

}  // namespace thaw
