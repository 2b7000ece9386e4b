// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/processes.h"

#include <torch/nn/modules/batchnorm.h>

namespace thaw {

/// BatchNorm in training mode over the images of all processes (Ioffe & Szegedy 2015): x [N, C, H, W], of which each process
/// has its own N rows,
///
///     y = gamma (x - m)/sqrt(v + epsilon) + beta,    m, v: mean and variance of the channel over all rows of all processes
///
/// The gradient flows through m and v into the rows of every process, twice where asked (R1). The running statistics of `norm`
/// move towards m and n v/(n - 1), n the number of values, as LibTorch's do. All processes call it equally often.
torch::Tensor sharedBatchNorm(const torch::Tensor& x, torch::nn::BatchNorm2dImpl& norm, const ProcessesPtr& processes);

}  // namespace thaw
