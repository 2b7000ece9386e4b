// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_clip.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace thaw {

/// All points of a growing series, and, per 8, 64, 512, ... of them, where the smallest and the largest value lie. A
/// view of any window takes a few thousand points however long the series is, and no extreme is ever lost.
/// x must not decrease; a value that is not finite is kept but not shown.
class SeriesPyramid {
public:
    void append(double x, double y);
    void clear();
    /// Forgets the points with an x above `x` or equal to it.
    void truncate(double x);

    std::size_t size() const { return x_.size(); }
    bool empty() const { return x_.empty(); }
    const std::vector<double>& x() const { return x_; }
    const std::vector<double>& y() const { return y_; }

    /// Index of the point nearest to x; the series must not be empty.
    std::size_t nearest(double x) const;

    /// The points in [low, high] and one beyond each end. More than `most` are replaced by the extremes of groups.
    CurvePoints window(double low, double high, std::size_t most) const;

private:
    struct Group {
        double xLow, yLow, xHigh,
            yHigh;  // where the smallest and the largest value are; yLow > yHigh when there is none
    };
    static constexpr std::size_t kFanOut = 8;

    static Group merged(const Group* groups, std::size_t count);

    std::vector<double> x_, y_;
    std::vector<std::vector<Group>> levels_;  // levels_[k]: complete groups of 8^(k+1) points
};

}  // namespace thaw
