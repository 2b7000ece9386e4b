// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/series_pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw {

SeriesPyramid::Group SeriesPyramid::merged(const Group* groups, std::size_t count) {
    Group sum = groups[0];
    for (std::size_t i = 1; i < count; ++i) {
        if (groups[i].yLow < sum.yLow) sum.yLow = groups[i].yLow, sum.xLow = groups[i].xLow;
        if (groups[i].yHigh > sum.yHigh) sum.yHigh = groups[i].yHigh, sum.xHigh = groups[i].xHigh;
    }
    return sum;
}

void SeriesPyramid::append(double x, double y) {
    x_.push_back(x);
    y_.push_back(y);
    if (x_.size() % kFanOut) return;
    constexpr double kInf = std::numeric_limits<double>::infinity();
    Group points[kFanOut];
    for (std::size_t i = 0; i < kFanOut; ++i) {
        const std::size_t at = x_.size() - kFanOut + i;
        const bool shown = std::isfinite(y_[at]);
        points[i] = {x_[at], shown ? y_[at] : kInf, x_[at], shown ? y_[at] : -kInf};
    }
    Group group = merged(points, kFanOut);
    for (std::size_t level = 0;; ++level) {
        if (level == levels_.size()) levels_.emplace_back();
        auto& groups = levels_[level];
        groups.push_back(group);
        if (groups.size() % kFanOut) return;
        group = merged(groups.data() + groups.size() - kFanOut, kFanOut);
    }
}

void SeriesPyramid::clear() {
    x_.clear();
    y_.clear();
    levels_.clear();
}

void SeriesPyramid::truncate(double x) {
    const auto keep = std::size_t(std::lower_bound(x_.begin(), x_.end(), x) - x_.begin());
    const std::vector<double> xs(x_.begin(), x_.begin() + std::ptrdiff_t(keep));
    const std::vector<double> ys(y_.begin(), y_.begin() + std::ptrdiff_t(keep));
    clear();
    for (std::size_t i = 0; i < keep; ++i) append(xs[i], ys[i]);
}

std::size_t SeriesPyramid::nearest(double x) const {
    const auto above = std::size_t(std::lower_bound(x_.begin(), x_.end(), x) - x_.begin());
    if (above == 0) return 0;
    if (above == x_.size()) return above - 1;
    return x - x_[above - 1] <= x_[above] - x ? above - 1 : above;
}

CurvePoints SeriesPyramid::window(double low, double high, std::size_t most) const {
    CurvePoints points;
    if (empty()) return points;
    std::size_t first = std::size_t(std::lower_bound(x_.begin(), x_.end(), low) - x_.begin());
    std::size_t last = std::size_t(std::upper_bound(x_.begin(), x_.end(), high) - x_.begin());
    first = first > 0 ? first - 1 : 0;
    last = std::min(last + 1, size());

    const auto add = [&](double x, double y) {
        points.x.append(x);
        points.y.append(y);
    };
    // The finest level whose groups, two points each, are not too many.
    std::size_t level = 0, span = 1;
    if (last - first > most)
        while (level < levels_.size() && 2 * (last - first) / span > most) ++level, span *= kFanOut;
    for (std::size_t i = first; i < last;) {
        // The largest complete group of at most `span` points that starts here and ends inside: near both ends that is
        // a small one or a single point.
        std::size_t l = level, step = span;
        while (l > 0 && (i % step || i + step > last || i / step >= levels_[l - 1].size())) --l, step /= kFanOut;
        if (l == 0) {
            if (std::isfinite(y_[i])) add(x_[i], y_[i]);
        } else if (const Group& g = levels_[l - 1][i / step]; g.yLow <= g.yHigh) {
            const bool lowFirst = g.xLow <= g.xHigh;
            add(lowFirst ? g.xLow : g.xHigh, lowFirst ? g.yLow : g.yHigh);
            if (g.yLow != g.yHigh) add(lowFirst ? g.xHigh : g.xLow, lowFirst ? g.yHigh : g.yLow);
        }
        i += step;
    }
    return points;
}

}  // namespace thaw
