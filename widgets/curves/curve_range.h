// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

namespace thaw {

/// Collects values and turns them into the range of an axis.
class RangeFit {
public:
    explicit RangeFit(bool log) : log_(log) {}

    void add(double value);  ///< ignored when not finite, or not positive on a logarithmic axis
    bool empty() const { return low_ > high_; }
    double low() const { return low_; }
    double high() const { return high_; }

    /// With `share` of the span added at both ends; (0, 1), or (0.1, 10) on a logarithmic axis, when there is nothing.
    std::pair<double, double> range(double share) const;

private:
    bool log_;
    double low_ = 1, high_ = 0;
};

/// The x range that shows all points: from 0 when the data starts near it.
std::pair<double, double> fittedX(double low, double high, bool log);

/// The y range that shows these values and every reference line; measurements (points) on a linear axis stand on 0
/// when that wastes little room.
std::pair<double, double> fittedY(const RangeFit& values, bool log, bool standsOnZero);

}  // namespace thaw
