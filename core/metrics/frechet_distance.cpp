// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frechet_distance.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>
#include <tuple>

namespace thaw {
namespace {

// L [D, rank] with L Lᵀ = covariance.
torch::Tensor factor(const FeatureMoments& moments) {
    const auto& covariance = moments.covariance;
    const auto dimensions = covariance.size(0);
    const double tolerance = double(dimensions) * std::numeric_limits<double>::epsilon();
    if (moments.count > dimensions) {
        // Five times faster than the eigenvectors, but a pivot near the rounding noise would be noise itself.
        const auto [lower, info] = torch::linalg_cholesky_ex(covariance);
        if (info.item<int>() == 0) {
            const auto pivots = lower.diagonal().square();
            if (pivots.min().item<double>() > tolerance * pivots.max().item<double>()) return lower;
        }
    }
    const auto [values, vectors] = torch::linalg_eigh(covariance);  // ascending
    const double largest = std::max(0.0, values[dimensions - 1].item<double>());
    const auto rank = (values > tolerance * largest).sum().item<std::int64_t>();
    return vectors.narrow(1, dimensions - rank, rank) * values.narrow(0, dimensions - rank, rank).sqrt();
}

bool isFinite(const FeatureMoments& moments) {
    return moments.mean.isfinite().all().item<bool>() && moments.covariance.isfinite().all().item<bool>();
}

}  // namespace

FrechetResult measureFrechet(const FeatureMoments& a, const FeatureMoments& b) {
    TORCH_CHECK(a.mean.sizes() == b.mean.sizes() && a.covariance.sizes() == b.covariance.sizes(),
                "Frechet distance: features of ", a.mean.sizes(), " and ", b.mean.sizes(), " do not compare");
    const torch::NoGradGuard noGrad;
    if (!isFinite(a) || !isFinite(b)) return {std::numeric_limits<double>::quiet_NaN()};
    const auto factorA = factor(a), factorB = factor(b);
    const auto product = torch::matmul(factorA.t(), factorB);
    const double root = product.numel() ? torch::linalg_svdvals(product).sum().item<double>() : 0.0;
    const double means = (a.mean - b.mean).square().sum().item<double>();
    const double traces = a.covariance.trace().item<double>() + b.covariance.trace().item<double>();
    return {std::max(0.0, means + traces - 2.0 * root), factorA.size(1), factorB.size(1)};
}

double frechetDistance(const FeatureMoments& a, const FeatureMoments& b) { return measureFrechet(a, b).distance; }

}  // namespace thaw
