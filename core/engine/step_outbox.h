// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/stopwatch.h"
#include "core/session/training_run.h"

#include <utility>
#include <vector>

namespace thaw {

/// What steps have to tell on its way to the window: several at a time, so that a fast run does not flood it.
class StepOutbox {
public:
    void take(TrainingRun& run) {
        for (auto& metrics : run.takeMetrics()) unsent_.push_back(std::move(metrics));
    }
    bool isDue() const { return sinceSent_.seconds() >= kSendEverySeconds; }
    /// Empty where there is nothing to send.
    std::vector<StepMetrics> takeAll() {
        sinceSent_.start();
        return std::exchange(unsent_, {});
    }

private:
    static constexpr double kSendEverySeconds = 0.033;

    std::vector<StepMetrics> unsent_;
    Stopwatch sinceSent_ = startedStopwatch();
};

}  // namespace thaw
