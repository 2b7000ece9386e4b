// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace thaw {

/// Mean and standard deviation of a stream of vectors, entry by entry, without cancellation (Welford 1962).
class Moments {
public:
    void add(std::span<const double> values) {
        if (count_ == 0) {
            mean_.assign(values.size(), 0.0);
            squares_.assign(values.size(), 0.0);
        }
        ++count_;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double before = values[i] - mean_[i];
            mean_[i] += before / double(count_);
            squares_[i] += before * (values[i] - mean_[i]);
        }
    }
    std::int64_t count() const { return count_; }
    /// NaN before the first vector.
    double mean(std::size_t i) const { return i < mean_.size() ? mean_[i] : std::numeric_limits<double>::quiet_NaN(); }
    /// Of the samples, sqrt(Σ (x - mean)²/(n - 1)); NaN below two vectors.
    double deviation(std::size_t i) const {
        return count_ > 1 ? std::sqrt(squares_[i] / double(count_ - 1)) : std::numeric_limits<double>::quiet_NaN();
    }

private:
    std::int64_t count_ = 0;
    std::vector<double> mean_, squares_;
};

}  // namespace thaw
