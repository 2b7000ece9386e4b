// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/power_spectrum.h"

#include <vector>

namespace thaw {

/// How well the levels of a mean spectrum are known. An image's spectrum P_n is the mean over its channels, M_n the mean of its
/// bins, and the level L[u, v] = 10 log10(P[u, v] / M) with P and M the means over the images. By the delta method its standard
/// error over N images is
///
///     10/ln 10 · sqrt(mean over n of (P_n[u, v]/P[u, v] - M_n/M)² / (N - 1))
///
/// NaN below two images and where a bin has no power.
class LevelError {
public:
    explicit LevelError(const PowerSpectrumOptions& options = {}) : spectrum_(options) {}

    void add(const torch::Tensor& maps);  ///< [N, C, H, W], every n an image
    std::vector<double> value() const;    ///< [H][W] in unshifted order; empty before the first image

private:
    PowerSpectrum spectrum_;
    std::vector<double> sum_, squares_, products_;  // of P_n, P_n² and P_n·M_n
    double means_ = 0, meanSquares_ = 0;            // of M_n and M_n²
    double images_ = 0;
};

}  // namespace thaw
