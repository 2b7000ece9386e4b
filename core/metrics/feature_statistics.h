// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace thaw {

/// First two moments of a set of feature vectors, in double precision; with bands, of each band's vectors.
struct FeatureMoments {
    torch::Tensor mean;        ///< [D], or [B, D]
    torch::Tensor covariance;  ///< [D, D] or [B, D, D], unbiased: divided by count - 1
    std::int64_t count = 0;    ///< number of vectors; 0 where a foreign file does not say
};

/// Accumulates moments over batches of features [N, D], or [B, N, D] where every image has B bands of features:
///
///     M ← M + M_b + δ δᵀ · n·n_b/(n + n_b),   δ = mean_b - mean     (Chan, Golub, LeVeque 1983)
///
/// with M the sum of centred outer products, in double precision. Unlike Σ f fᵀ - N μ μᵀ this does not cancel when the
/// mean is large beside the spread.
class FeatureStatistics {
public:
    /// Any floating type and device; all batches have one D, and the same bands.
    void add(const torch::Tensor& features);
    /// Needs at least two vectors.
    FeatureMoments moments() const;
    void reset();

    std::int64_t count() const { return count_; }

private:
    torch::Tensor mean_, scatter_;
    std::int64_t count_ = 0;
};

}  // namespace thaw
