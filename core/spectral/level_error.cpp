// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/level_error.h"

#include "core/values/not_a_number.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace thaw {

void LevelError::add(const torch::Tensor& maps) {
    for (std::int64_t n = 0; n < maps.size(0); ++n) {
        spectrum_.reset();
        spectrum_.add(maps.narrow(0, n, 1));
        const std::vector<double> power = spectrum_.value().power;
        const double mean = std::accumulate(power.begin(), power.end(), 0.0) / double(power.size());
        for (auto* sums : {&sum_, &squares_, &products_}) sums->resize(power.size(), 0);
        for (std::size_t i = 0; i < power.size(); ++i) {
            sum_[i] += power[i];
            squares_[i] += power[i] * power[i];
            products_[i] += power[i] * mean;
        }
        means_ += mean;
        meanSquares_ += mean * mean;
        ++images_;
    }
}

std::vector<double> LevelError::value() const {
    std::vector<double> errors(sum_.size(), kNan);
    if (images_ < 2 || !(means_ > 0)) return errors;
    // Sums over the sum stand for values over the mean: N · Σ P_n² / (Σ P_n)² is the mean square of P_n/P.
    const double n = images_, own = n * meanSquares_ / (means_ * means_);
    for (std::size_t i = 0; i < errors.size(); ++i) {
        if (!(sum_[i] > 0)) continue;
        const double square = n * squares_[i] / (sum_[i] * sum_[i]) - 2 * n * products_[i] / (sum_[i] * means_) + own;
        errors[i] = 10 / std::log(10.0) * std::sqrt(std::max(0.0, square) / (n - 1));
    }
    return errors;
}

}  // namespace thaw
