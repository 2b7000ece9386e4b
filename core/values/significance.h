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

/// Benjamini & Hochberg 1995: p-values adjusted for the false discovery rate, q_(i) = min over j >= i of p_(j)·m/j, at
/// most 1. Cells with NaN are no tests; they stay NaN.
std::vector<double> benjaminiHochberg(const std::vector<double>& p);

}  // namespace thaw
