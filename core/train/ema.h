// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <torch/nn.h>

namespace thaw {

/// beta = 0.5^(batch / max(min(halfLife, rampUp·seen), 1e-8)): the share of the average that survives one step.
double emaBeta(const EmaConfig& config, double batch, double seenImages);

/// average = lerp(weights, average, beta), parameters only. A frozen weight equals its average, and stays so bit for bit.
void updateEma(torch::nn::Module& average, const torch::nn::Module& weights, double beta);

}  // namespace thaw
