// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/axis_ticks.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace thaw::cli {

std::vector<double> niceTicks(double low, double high, int count) {
    std::vector<double> ticks;
    const double span = high - low;
    if (!(span > 0) || !std::isfinite(span)) return {low};
    const double raw = span / std::max(count, 1), power = std::pow(10.0, std::floor(std::log10(raw)));
    const double ratio = raw / power;
    const double step = power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
    // The slack admits a bound that missed its tick by rounding.
    for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k)
        ticks.push_back(k == 0 ? 0 : k * step);
    return ticks;
}

std::string tickText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.5g", value);
    return text;
}

}  // namespace thaw::cli
