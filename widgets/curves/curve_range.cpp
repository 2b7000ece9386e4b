// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_range.h"

#include <algorithm>
#include <cmath>

namespace thaw {

void RangeFit::add(double value) {
    if (!std::isfinite(value) || (log_ && value <= 0)) return;
    if (empty()) {
        low_ = high_ = value;
        return;
    }
    low_ = std::min(low_, value);
    high_ = std::max(high_, value);
}

std::pair<double, double> RangeFit::range(double share) const {
    if (empty()) return log_ ? std::pair(0.1, 10.0) : std::pair(0.0, 1.0);
    if (log_) {
        const double factor = low_ == high_ ? 1.5 : std::pow(high_ / low_, share);
        return {low_ / factor, high_ * factor};
    }
    const double span = high_ - low_;
    const double pad = span > 0 ? share * span : std::max(0.5 * std::abs(low_), 0.5);
    return {low_ - pad, high_ + pad};
}

std::pair<double, double> fittedX(double low, double high, bool log) {
    if (log) return low < high ? std::pair(low, high) : std::pair(low / 1.5, high * 1.5);
    const double start = low > 0 && low < 0.25 * high ? 0 : low;
    if (start == high) return {start - 0.5, start + 0.5};
    return {start, high + 0.015 * (high - start)};
}

std::pair<double, double> fittedY(const RangeFit& values, bool log, bool standsOnZero) {
    auto range = values.range(0.08);
    if (!log && standsOnZero && !values.empty() && values.low() >= 0 && values.low() < 0.4 * values.high())
        range.first = 0;
    return range;
}

}  // namespace thaw
