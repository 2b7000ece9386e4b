// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_statistics.h"

namespace thaw {

/// Squared Fréchet distance of two Gaussians (Heusel et al. 2017, FID when the features are Inception's):
///
///     d² = |μ_a - μ_b|² + tr Σ_a + tr Σ_b - 2 tr (Σ_a Σ_b)^(1/2)
///
/// With any factors Σ = L Lᵀ the last trace is the sum of the singular values of L_aᵀ L_b. That is real and finite by
/// construction and needs no matrix square root. It is the sum of the roots of the eigenvalues of W Wᵀ, W = L_aᵀ L_b, where
/// rounding cannot change it by more than 1e-7 of the covariances' traces, else that of the singular values of W. For singular covariances (fewer vectors than dimensions, dead
/// features) the factors come from the symmetric eigendecomposition without its null space, so that rounding noise
/// there adds nothing. Never negative. All in double precision. Not finite when the moments are not.
double frechetDistance(const FeatureMoments& a, const FeatureMoments& b);

/// The distance with the number of directions in which each set has a spread, at most D and its count - 1. Below D the
/// set is too small for its dimensions, and the distance is biased upwards.
struct FrechetResult {
    double distance = 0;
    std::int64_t rankA = 0, rankB = 0;
};
FrechetResult measureFrechet(const FeatureMoments& a, const FeatureMoments& b);

}  // namespace thaw
