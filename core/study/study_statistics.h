// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// Mean and spread over seeds of training.
struct Spread {
    double mean = 0;       ///< of the values that are finite; not a number without one
    double deviation = 0;  ///< of the sample (n - 1); not a number below two values
    int count = 0;         ///< finite values
    int diverged = 0;      ///< values that are infinite: runs that diverged
    bool isEmpty() const { return count + diverged == 0; }
};
/// Values that are not a number are left out.
Spread spreadOf(const std::vector<double>& values);

/// p of "both have the same mean", Welch's test over the seeds; not a number below two on either side.
double sameMean(const Spread& a, const Spread& b);

/// p of "the mean is `value`", Student's t over the seeds; not a number below two.
double meanIs(const Spread& a, double value);

/// `p = 0.012`, `p < 0.001`.
std::string shownP(double p);

/// `6.52 ± 0.13`, `6.52` of a single value, `–` without one; `6.52 ± 0.13, 1 of 3 diverged`, `diverged` where all did.
std::string shownSpread(const Spread& spread, int decimals = 2);

}  // namespace thaw
