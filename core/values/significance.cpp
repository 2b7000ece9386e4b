// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/significance.h"
#include "core/values/not_a_number.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw {
namespace {

double betaFraction(double a, double b, double x) {
    constexpr double kTiny = 1e-300;
    const auto kept = [](double value) { return std::abs(value) < kTiny ? kTiny : value; };
    double c = 1, d = 1 / kept(1 - (a + b) * x / (a + 1)), f = d;
    for (int m = 1; m <= 10000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / kept(1 + even * d);
        c = kept(1 + even / c);
        f *= c * d;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / kept(1 + odd * d);
        c = kept(1 + odd / c);
        f *= c * d;
        if (std::abs(c * d - 1) < 1e-15) break;
    }
    return f;
}

}  // namespace

double incompleteBeta(double a, double b, double x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    const double front =
        std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x));
    // The fraction converges fast below the mean of the distribution; above it the mirrored one does.
    return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b;
}

double studentTwoSided(double t, double freedom) {
    if (std::isnan(t) || !(freedom > 0)) return kNan;
    if (std::isinf(t)) return 0;
    return incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
}

PairedTest pairedTest(double mean, double deviation, std::int64_t n) {
    if (n < 2 || !std::isfinite(mean) || !std::isfinite(deviation)) return {kNan, kNan, kNan};
    if (deviation == 0)
        return {0, mean == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), mean), mean == 0 ? 1.0 : 0.0};
    const double error = deviation / std::sqrt(double(n));
    return {error, mean / error, studentTwoSided(mean / error, double(n - 1))};
}

double welchTwoSided(double difference, double errorA, double errorB, std::int64_t n) {
    const double a = errorA * errorA, b = errorB * errorB;
    if (n < 2 || std::isnan(difference) || std::isnan(a + b)) return kNan;
    if (a + b == 0) return difference == 0 ? 1 : 0;
    return studentTwoSided(difference / std::sqrt(a + b), (a + b) * (a + b) / (a * a + b * b) * double(n - 1));
}

double coherenceLimit(std::int64_t repetitions) {
    return repetitions < 2 ? kNan : 1 - std::pow(kSignificanceLevel, 1 / double(repetitions - 1));
}

double debiasedCoherence(double coherence, std::int64_t repetitions) {
    const auto n = double(repetitions);
    return repetitions < 2 ? kNan : (n * coherence - 1) / (n - 1);
}

std::vector<double> benjaminiHochberg(const std::vector<double>& p) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (!std::isnan(p[i])) order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> q(p.size(), kNan);
    double lowest = 1;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        const std::size_t i = order[rank - 1];
        lowest = std::min(lowest, p[i] * double(order.size()) / double(rank));
        q[i] = lowest;
    }
    return q;
}

}  // namespace thaw
