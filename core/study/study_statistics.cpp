// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_statistics.h"

#include "core/values/number_text.h"
#include "core/values/significance.h"

#include <cmath>
#include <limits>

namespace thaw {

Spread spreadOf(const std::vector<double>& values) {
    Spread spread;
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    double sum = 0, squares = 0;
    for (const double v : values) {
        if (std::isinf(v)) ++spread.diverged;
        if (!std::isfinite(v)) continue;
        sum += v;
        ++spread.count;
    }
    spread.mean = spread.count > 0 ? sum / spread.count : kNone;
    for (const double v : values)
        if (std::isfinite(v)) squares += (v - spread.mean) * (v - spread.mean);
    spread.deviation = spread.count > 1 ? std::sqrt(squares / (spread.count - 1)) : kNone;
    return spread;
}

double sameMean(const Spread& a, const Spread& b) {
    if (a.count < 2 || b.count < 2 || !std::isfinite(a.mean) || !std::isfinite(b.mean))
        return std::numeric_limits<double>::quiet_NaN();
    const double errorA = a.deviation * a.deviation / a.count, errorB = b.deviation * b.deviation / b.count;
    const double error = errorA + errorB, difference = a.mean - b.mean;
    if (error == 0) return difference == 0 ? 1 : 0;
    const double freedom = error * error / (errorA * errorA / (a.count - 1) + errorB * errorB / (b.count - 1));
    return studentTwoSided(difference / std::sqrt(error), freedom);
}

double meanIs(const Spread& a, double value) { return pairedTest(a.mean - value, a.deviation, a.count).p; }

std::string shownP(double p) { return p < 0.001 ? "p < 0.001" : "p = " + fixedNumber(p, 3); }

std::string shownSpread(const Spread& spread, int decimals) {
    if (spread.isEmpty()) return "–";
    if (spread.count == 0) return "diverged";
    auto text = fixedNumber(spread.mean, decimals);
    if (spread.count > 1) text += " ± " + fixedNumber(spread.deviation, decimals);
    if (spread.diverged > 0)
        text += ", " + std::to_string(spread.diverged) + " of " + std::to_string(spread.count + spread.diverged) +
                " diverged";
    return text;
}

}  // namespace thaw
