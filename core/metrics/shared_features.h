// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_network.h"
#include "core/parallel/processes.h"

#include <functional>
#include <vector>

namespace thaw {

/// The features of what all processes have: each makes its own uint8 images [N, C, H, W], maybe none (N = 0), and takes their
/// features; every process gets those of all, by rank. What is computed of them is then the same, bit for bit, as in one
/// process that takes the batches one after another. Throws what `images` and the network throw, and ProcessLost where they
/// throw in another process.
std::vector<FeatureBatch> sharedFeatures(FeatureNetwork& network, const ProcessesPtr& processes,
                                         const std::function<torch::Tensor()>& images);

}  // namespace thaw
