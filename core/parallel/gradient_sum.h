// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/processes.h"

#include <memory>
#include <vector>

namespace thaw {

/// The gradients of all processes added up by c10d, a bucket after another, while the backward pass still goes on (Li et
/// al. 2020, PyTorch Distributed). Each process takes the gradient of its own rows' share of the batch's loss, so that the
/// sum is the gradient of the batch of B rows:
///
///     g = sum_r d(sum_{k in rows of r} l_k / B)/dw
///
/// c10d's own Reducer does the same, but its header needs one that Debian's LibTorch does not bring along, and it takes the
/// mean and wants to be told ahead what a step leaves out.
///
/// Passes before the last one of an update (micro-batches) add up in the process alone. The computation has to be made of
/// the same parameters in all processes.
class GradientSum {
public:
    static constexpr std::int64_t kFirstBucket = 1 << 18;  ///< entries; small, so that sending begins early
    static constexpr std::int64_t kBucket = 25 << 18;      ///< 25 MiB of float, as torch.nn.parallel's

    /// Of these parameters, which are in the same order in all processes. Smaller buckets than `kBucket` are for tests.
    GradientSum(ProcessesPtr processes, std::vector<torch::Tensor> parameters, std::int64_t firstBucket = kFirstBucket,
                std::int64_t bucket = kBucket);
    ~GradientSum();
    GradientSum(const GradientSum&) = delete;
    GradientSum& operator=(const GradientSum&) = delete;

    /// loss.backward() as the last pass of an update: after it the parameters' gradients are the sums over all processes. What
    /// has no gradient keeps none. Throws ProcessLost.
    void backward(const torch::Tensor& loss);

    std::size_t bucketCount() const;
    /// Buckets that were on their way before the last backward pass had ended.
    std::size_t sentEarly() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace thaw
