// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/kernel_distance.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// Rows of the kernel matrix held at a time.
constexpr std::int64_t kRows = 1024;

torch::Tensor kernel(const torch::Tensor& a, const torch::Tensor& b) {
    return (torch::matmul(a, b.t()) / double(a.size(1)) + 1.0).pow_(3);
}

double kernelSum(const torch::Tensor& a, const torch::Tensor& b) {
    double sum = 0.0;
    for (const auto& rows : a.split(kRows)) sum += kernel(rows, b).sum().item<double>();
    return sum;
}

// Σ_{i≠j} k(a_i, a_j) / (n(n-1))
double withinMean(const torch::Tensor& a) {
    const double diagonal = (a.square().sum(1) / double(a.size(1)) + 1.0).pow_(3).sum().item<double>();
    const double n = double(a.size(0));
    return (kernelSum(a, a) - diagonal) / (n * (n - 1.0));
}

double unbiasedDistance(const torch::Tensor& a, const torch::Tensor& b) {
    const double across = kernelSum(a, b) / (double(a.size(0)) * double(b.size(0)));
    return withinMean(a) + withinMean(b) - 2.0 * across;
}

torch::Tensor asDoubles(const torch::Tensor& features, const torch::Tensor& other) {
    TORCH_CHECK(features.dim() == 2 && features.size(0) >= 2 && features.size(1) == other.size(-1),
                "kernel distance: needs two sets of at least two vectors of one length, got ", features.sizes(),
                " and ", other.sizes());
    return features.detach().to(torch::kCPU, torch::kDouble);
}

}  // namespace

double kernelDistance(const torch::Tensor& a, const torch::Tensor& b) {
    return unbiasedDistance(asDoubles(a, b), asDoubles(b, a));
}

KernelDistance kernelDistance(const torch::Tensor& a, const torch::Tensor& b, const KernelSubsets& options) {
    TORCH_CHECK(options.subsets >= 1 && options.subsetSize >= 2, "kernel distance: ", options.subsets, " subsets of ",
                options.subsetSize);
    const auto left = asDoubles(a, b), right = asDoubles(b, a);
    auto generator = at::detail::createCPUGenerator(options.seed);
    const auto draw = [&](const torch::Tensor& features) {
        const auto size = std::min(options.subsetSize, features.size(0));
        const auto order = torch::randperm(features.size(0), generator, torch::TensorOptions(torch::kLong));
        return features.index_select(0, order.narrow(0, 0, size));
    };
    double sum = 0.0, squares = 0.0;
    for (int k = 0; k < options.subsets; ++k) {
        const auto subset = draw(left);
        const double distance = unbiasedDistance(subset, draw(right));
        sum += distance;
        squares += distance * distance;
    }
    const double mean = sum / options.subsets;
    return {mean, std::sqrt(std::max(0.0, squares / options.subsets - mean * mean))};
}

}  // namespace thaw
