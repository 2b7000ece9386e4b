// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_data.h"

#include <cmath>

namespace thaw {

double DebiasedEma::add(double y) {
    if (!std::isfinite(y) || weight_ <= 0) return y;
    mean_ = weight_ * mean_ + (1 - weight_) * y;
    bias_ *= weight_;
    return mean_ / (1 - bias_);
}

std::vector<double> debiasedEma(const std::vector<double>& y, double weight) {
    DebiasedEma ema(weight);
    std::vector<double> smooth;
    smooth.reserve(y.size());
    for (const double value : y) smooth.push_back(ema.add(value));
    return smooth;
}

}  // namespace thaw
