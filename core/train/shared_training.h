// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/gradient_sum.h"
#include "core/train/adam.h"
#include "core/values/config_problem.h"

#include <memory>
#include <vector>

namespace thaw {

/// What is wrong with sharing a batch of so many images among so many processes: each needs one at least.
std::vector<ConfigProblem> sharingProblems(int batch, int processes);
/// ..., and equal parts where BatchNorm is taken over all of them.
std::vector<ConfigProblem> sharingProblems(const FinetuneConfig& config, int processes);

/// For the gradients of these parameters; null where one process works by itself.
std::unique_ptr<GradientSum> gradientSum(const ProcessesPtr& processes, const Adam::Named& parameters);

/// loss.backward(); with `sum` the last pass of an update of several processes, else one of micro-batches or of one process.
void backward(const torch::Tensor& loss, GradientSum* sum);

}  // namespace thaw
