// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/frechet_distance.h"

#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <tuple>

namespace thaw {
namespace {

struct Factor {
    torch::Tensor columns;  // L [D, n] with L Lᵀ = covariance
    std::int64_t rank = 0;  // eigenvalues that are more than the covariance's rounding
};

Factor factor(const FeatureMoments& moments) {
    const auto& covariance = moments.covariance;
    const auto dimensions = covariance.size(0);
    const double tolerance = double(dimensions) * std::numeric_limits<double>::epsilon();
    if (moments.count > dimensions) {
        // Five times faster than the eigenvectors, but a pivot near the rounding noise would be noise itself.
        const auto [lower, info] = torch::linalg_cholesky_ex(covariance);
        if (info.item<int>() == 0) {
            const auto pivots = lower.diagonal().square();
            if (pivots.min().item<double>() > tolerance * pivots.max().item<double>()) return {lower, dimensions};
        }
    }
    const auto [values, vectors] = torch::linalg_eigh(covariance);  // ascending
    const double largest = std::max(0.0, values[dimensions - 1].item<double>());
    // Rounding, of statistics stored in float32 too, is far smaller.
    const auto below = (values < -1e-4 * largest).sum().item<std::int64_t>();
    if (below > 0)
        throw Error(ErrorCode::WrongKind,
                    "A covariance of the Frechet distance has " + std::to_string(below) + " of " +
                        std::to_string(dimensions) + " eigenvalues below 0, the lowest " +
                        shortNumber(values[0].item<double>()) + ": it is the covariance of nothing.",
                    "Look at what made the reference statistics.");
    const auto rank = (values > tolerance * largest).sum().item<std::int64_t>();
    // N vectors span N - 1 dimensions about their mean: the other eigenvalues are zero but for rounding.
    const auto kept = moments.count > 1 ? std::min(dimensions, moments.count - 1) : rank;
    const auto first = dimensions - kept;
    return {vectors.narrow(1, first, kept) * values.narrow(0, first, kept).clamp_min(0).sqrt(), rank};
}

// Σ s over the singular values s of a [n, m], from the eigenvalues s² of a aᵀ: four times faster than a decomposition of `a`,
// but the rounding n ε max s² of an s² becomes that over 2 s in its root. None where this might add up to more than `allowed`.
std::optional<double> sumOfSingularValuesBySquares(const torch::Tensor& a, double allowed) {
    const auto squares = torch::linalg_eigvalsh(torch::matmul(a, a.t())).clamp_min(0);
    const auto rounding = double(squares.size(0)) * std::numeric_limits<double>::epsilon() * squares.max();
    const auto values = squares.sqrt();
    // Of two bounds of √(s² + δ) - s the smaller: the second holds near zero.
    const auto errors = torch::minimum(rounding / (2 * values), rounding.sqrt());
    if (errors.sum().item<double>() > allowed) return {};
    return values.sum().item<double>();
}

// Σ √λ over the eigenvalues λ of the two covariances' product, which are the squares of the singular values of LaᵀLb.
double sumOfRoots(const FeatureMoments& a, const FeatureMoments& b, const Factor& factorA, const Factor& factorB) {
    const auto dimensions = a.covariance.size(0);
    constexpr std::int64_t kQuick = 512;  // dimensions; above, eigenvalues of an unsymmetric matrix take seconds
    const bool oneIsFlat = (factorA.rank < dimensions) != (factorB.rank < dimensions);
    if (oneIsFlat && dimensions <= kQuick && std::min(a.count, b.count) > dimensions) {
        // Small eigenvalues count with their roots, and the factor of a flat set has lost half of their digits.
        const auto eigenvalues = torch::linalg_eigvals(torch::matmul(a.covariance, b.covariance));
        return torch::real(eigenvalues).clamp_min(0).sqrt().sum().item<double>();
    }
    const auto product = torch::matmul(factorA.columns.t(), factorB.columns);
    if (product.numel() == 0) return 0;
    // The bound is for the worst case; what is seen is a millionth of it.
    const double terms = (a.covariance.trace() + b.covariance.trace()).item<double>();
    const auto upright = product.size(0) > product.size(1) ? product.t() : product;
    if (const auto sum = sumOfSingularValuesBySquares(upright, 1e-7 * terms)) return *sum;
    return torch::linalg_svdvals(product).sum().item<double>();
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
    const double root = sumOfRoots(a, b, factorA, factorB);
    const double means = (a.mean - b.mean).square().sum().item<double>();
    const double traces = a.covariance.trace().item<double>() + b.covariance.trace().item<double>();
    return {std::max(0.0, means + traces - 2.0 * root), factorA.rank, factorB.rank};
}

double frechetDistance(const FeatureMoments& a, const FeatureMoments& b) { return measureFrechet(a, b).distance; }

}  // namespace thaw
