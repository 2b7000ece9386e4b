// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_network.h"
#include "core/metrics/feature_statistics.h"

#include <memory>
#include <vector>

namespace thaw {

/// Fréchet wavelet distance (Veeramacheneni et al. 2023, "Fréchet Wavelet Distance: A Domain-Agnostic Metric for Image
/// Generation", arXiv 2312.15289): the mean over all P packets of the squared Fréchet distance between the Gaussians of
/// their coefficients,
///
///     FWD = 1/P Σ_p |μ_p - μ'_p|² + tr(Σ_p + Σ'_p - 2 (Σ_p Σ'_p)^(1/2))
///
/// It needs no network, and each band has a distance of its own.
struct WaveletDistance {
    double total = 0;
    std::vector<double> bands;  ///< P = 4^level, in the order of waveletPackets
};

/// Moments with a band dimension: mean [P, D], covariance [P, D, D]. Both sets have the same shape.
WaveletDistance frechetWaveletDistance(const FeatureMoments& a, const FeatureMoments& b);

/// Wavelet packets as features: uint8 images as x/255 -> double [P, N, D] with Haar's wavelet and `waveletLevel` levels. It
/// has no class scores. Takes images of this number of channels and this resolution alone. Throws Configuration where the
/// resolution has no level.
std::unique_ptr<FeatureNetwork> waveletFeatures(int channels, int resolution);

}  // namespace thaw
