// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <algorithm>
#include <vector>

namespace thaw {

/// Where a run has got to, for the title and the status line. No clock of its own: `seconds` is any steady time.
class RunProgress {
public:
    void begin(const FinetuneConfig& config);
    /// New steps, seen at that time.
    void add(const std::vector<StepMetrics>& steps, double seconds);
    /// Time in a pause does not count.
    void pause() { lastSeen_ = -1; }

    std::int64_t step() const { return step_; }
    double kimg() const { return kimg_; }
    /// Of what was asked for, 100 at most: the last batch may reach beyond it.
    double percent() const { return targetKimg_ > 0 ? std::min(100 * kimg_ / targetKimg_, 100.0) : 0; }
    double imagesPerSecond() const { return imagesPerSecond_; }  ///< of the steps alone; 0 before the first
    /// At the pace of the run so far, measurements and snapshots included; negative while it is not known.
    double secondsLeft() const;

private:
    double targetKimg_ = 0;
    int batch_ = 0;
    std::int64_t step_ = 0;
    double kimg_ = 0;
    double imagesPerSecond_ = 0;
    double lastSeen_ = -1;  // time of the last report, negative after a pause
    double trainedSeconds_ = 0;
    double trainedKimg_ = 0;  // in trainedSeconds_
};

}  // namespace thaw
