// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_classifier.h"
#include "core/metrics/feature_workflow.h"

namespace thaw {

/// Trains the feature network as a classifier with cross entropy and Adam (betas 0.9, 0.999). images uint8 [N, C, R, R],
/// labels int64 [N] in 0 .. classes - 1. The result, in evaluation mode and rounded to what a file holds, depends on the
/// arguments alone (for one number of threads).
FeatureClassifier trainFeatureClassifier(const torch::Tensor& images, const torch::Tensor& labels,
                                         const FeatureClassifierConfig& config,
                                         const FeatureTrainingOptions& options = {}, const Progress& progress = {});

}  // namespace thaw
