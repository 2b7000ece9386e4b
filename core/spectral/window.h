// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace thaw {

/// Taper against the leakage of a map's edges; the two-dimensional window is the outer product of two of these.
enum class WindowKind {
    None,     ///< rectangular: all samples count alike
    Hann,     ///< periodic, sin²(πn/L)
    Kaiser8,  ///< Kaiser with beta = 8, not periodic; the window of StyleGAN3's average spectra
};

/// Window of `length` samples with unit energy, Σ w² = 1: white noise of unit variance has unit power in every bin,
/// whatever the window. Kaiser: w[n] ∝ I0(8·sqrt(1 - (2n/(L-1) - 1)²)), I0 the modified Bessel function of order 0.
std::vector<double> unitEnergyWindow(WindowKind kind, int length);

}  // namespace thaw
