// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_state.h"

#include <vector>

namespace thaw {

/// One logged training step; what the run's kind does not have is NaN.
struct StatsStep {
    double kimg = 0;
    std::int64_t step = 0;
    double loss = 0;                                       ///< pre-training
    double gLoss = 0, dLoss = 0, distillLoss = 0, r1 = 0;  ///< fine-tuning, as in StepMetrics
    double realLogit = 0, fakeLogit = 0, realSign = 0, fakeSign = 0;
    double gradG = 0, gradD = 0;
};

/// What a step that has just been made will say in the log.
StatsStep statsStep(const StepMetrics& metrics);

/// What stats.jsonl of a run folder tells.
struct RunStats {
    bool finetune = false;  ///< a GAN run, otherwise pre-training
    std::vector<StatsStep> steps;
    std::vector<FidPoint> fids;
    std::vector<RunEvent> events;
};

}  // namespace thaw
