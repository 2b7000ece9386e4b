// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/training_run.h"

#include <QElapsedTimer>

#include <utility>
#include <vector>

namespace thaw {

/// What steps have to tell on its way to the window: several at a time, so that a fast run does not flood it.
class StepOutbox {
public:
    StepOutbox() { sinceSent_.start(); }

    void take(TrainingRun& run) {
        for (auto& metrics : run.takeMetrics()) unsent_.push_back(std::move(metrics));
    }
    bool isDue() const { return sinceSent_.elapsed() >= kSendEveryMs; }
    /// Empty where there is nothing to send.
    std::vector<StepMetrics> takeAll() {
        sinceSent_.restart();
        return std::exchange(unsent_, {});
    }

private:
    static constexpr qint64 kSendEveryMs = 33;

    std::vector<StepMetrics> unsent_;
    QElapsedTimer sinceSent_;
};

}  // namespace thaw
