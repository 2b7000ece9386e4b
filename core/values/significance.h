// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace thaw {

/// Regularised incomplete beta function I_x(a, b), a, b > 0, 0 <= x <= 1, by its continued fraction (Abramowitz & Stegun
/// 26.5.8; modified Lentz); about 14 digits.
double incompleteBeta(double a, double b, double x);

/// Two-sided p-value of Student's t with `freedom` > 0 degrees: P(|T| >= |t|) = I_x(freedom/2, 1/2), x = freedom/(freedom + t²).
double studentTwoSided(double t, double freedom);

/// Is the mean of n paired differences other than 0?
struct PairedTest {
    double standardError;  ///< deviation/sqrt(n)
    double t;              ///< mean/standardError
    double p;              ///< two-sided, n - 1 degrees of freedom
};
/// `deviation` is that of the samples (n - 1). All NaN below two samples or for NaN; where all differences are equal
/// (deviation 0) t is 0 and p is 1 for a mean of 0, else t is infinite and p is 0.
PairedTest pairedTest(double mean, double deviation, std::int64_t n);

/// p of "two means are equal" for a difference and the standard errors of both means, each over n samples whose variances may
/// differ: t = difference/sqrt(a² + b²) with (a² + b²)²/((a⁴ + b⁴)/(n - 1)) degrees of freedom (Welch 1947). Samples that go
/// together in pairs make it say "equal" too often, never too seldom, where they vary together. NaN below two samples; without
/// any variance 1 for a difference of 0, else 0.
double welchTwoSided(double difference, double errorA, double errorB, std::int64_t n);

/// Share of false finds that is accepted wherever this program calls something significant.
inline constexpr double kSignificanceLevel = 0.05;

/// 95 % point of the magnitude-squared coherence that n independent repetitions (complex Gaussian, nothing in common) show:
/// P(C > c) = (1 - c)^(n-1), so c = 1 - 0.05^(1/(n-1)). A mean over the repetitions that was subtracted before costs one of
/// them, as it does a variance: N images that were centred count as n = N - 1. NaN below two repetitions, which always show
/// coherence 1. Source: Goodman 1957; Carter, Knapp & Nuttall 1973 (IEEE Trans. Audio Electroacoust. 21, 337).
double coherenceLimit(std::int64_t repetitions);

/// (n C - 1)/(n - 1): the coherence of n repetitions (n as above) without the 1/n that chance alone adds. It is the adjusted
/// coefficient of determination of a regression with one complex slope (Ezekiel 1930): 0 in expectation for independent
/// signals, so that single values lie below 0 too; 1 stays 1; for a true coherence c the bias that is left is about
/// -c (1 - c)/(n - 1), after E[C] = c + (1 - c)²/n (Carter et al. 1973). NaN below two repetitions.
double debiasedCoherence(double coherence, std::int64_t repetitions);

/// Benjamini & Hochberg 1995: p-values adjusted for the false discovery rate, q_(i) = min over j >= i of p_(j)·m/j, at
/// most 1. Cells with NaN are no tests; they stay NaN.
std::vector<double> benjaminiHochberg(const std::vector<double>& p);

}  // namespace thaw
