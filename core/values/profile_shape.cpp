// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/profile_shape.h"

#include <cmath>
#include <limits>

namespace thaw {

double logLogSlope(const RadialProfile& profile) {
    double n = 0, sumX = 0, sumY = 0;
    const auto counts = [&](std::size_t i) { return profile.frequency[i] >= 2 && profile.power[i] > 0; };
    for (std::size_t i = 0; i < profile.power.size(); ++i)
        if (counts(i)) {
            n += 1;
            sumX += std::log(profile.frequency[i]);
            sumY += std::log(profile.power[i]);
        }
    if (n < 2) return std::numeric_limits<double>::quiet_NaN();
    double covariance = 0, variance = 0;
    for (std::size_t i = 0; i < profile.power.size(); ++i)
        if (counts(i)) {
            const double x = std::log(profile.frequency[i]) - sumX / n;
            covariance += x * (std::log(profile.power[i]) - sumY / n);
            variance += x * x;
        }
    return covariance / variance;
}

double spectralCentroid(const RadialProfile& profile) {
    double weighted = 0, sum = 0;
    for (std::size_t i = 0; i < profile.power.size(); ++i)
        if (profile.frequency[i] > 0) {
            weighted += profile.frequency[i] * profile.power[i];
            sum += profile.power[i];
        }
    return sum > 0 ? weighted / sum : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace thaw
