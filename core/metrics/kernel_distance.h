// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace thaw {

/// Kernel distance (Bińkowski et al. 2018, KID when the features are Inception's): the unbiased estimate of the squared
/// maximum mean discrepancy under the cubic kernel k(x, y) = (x·y/D + 1)³,
///
///     1/(n(n-1)) Σ_{i≠j} k(a_i, a_j) + 1/(m(m-1)) Σ_{i≠j} k(b_i, b_j) - 2/(n m) Σ_{i,j} k(a_i, b_j)
///
/// a [n, D], b [m, D], n, m >= 2, any floating type; in double precision. Unbiased, so it may be slightly negative.
double kernelDistance(const torch::Tensor& a, const torch::Tensor& b);

/// Mean and standard deviation of kernelDistance over random subsets, the usual way to report it.
struct KernelDistance {
    double mean = 0.0;
    double std = 0.0;  ///< population standard deviation over the subsets
};

struct KernelSubsets {
    int subsets = 100;
    std::int64_t subsetSize = 1000;  ///< vectors drawn without replacement; never more than there are
    std::uint64_t seed = 0;
};
KernelDistance kernelDistance(const torch::Tensor& a, const torch::Tensor& b, const KernelSubsets& options);

}  // namespace thaw
