// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace thaw {

/// Mean and spread over seeds of training.
struct Spread {
    double mean = 0;       ///< not a number without a value; infinite where one is
    double deviation = 0;  ///< of the sample (n - 1); not a number below two values
    int count = 0;         ///< values that are there
};
/// Values that are not a number are left out.
Spread spreadOf(const std::vector<double>& values);

/// p of "both have the same mean", Welch's test over the seeds; not a number below two on either side.
double sameMean(const Spread& a, const Spread& b);

/// `6.52 ± 0.13`, `6.52` of a single value, `diverged`, or `–` without one.
std::string shownSpread(const Spread& spread, int decimals = 2);

}  // namespace thaw
