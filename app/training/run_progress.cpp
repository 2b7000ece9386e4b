// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_progress.h"

namespace thaw {

void RunProgress::begin(const FinetuneConfig& config) {
    *this = {};
    targetKimg_ = config.kimg;
    batch_ = config.batch;
}

void RunProgress::add(const std::vector<StepMetrics>& steps, double seconds) {
    constexpr double kMemory = 0.9;
    const double before = kimg_;
    for (const StepMetrics& metrics : steps) {
        step_ = metrics.step;
        kimg_ = metrics.kimg;
        if (metrics.secondsPerStep <= 0) continue;
        const double rate = batch_ / metrics.secondsPerStep;
        imagesPerSecond_ = imagesPerSecond_ > 0 ? kMemory * imagesPerSecond_ + (1 - kMemory) * rate : rate;
    }
    if (lastSeen_ >= 0) {
        trainedSeconds_ += seconds - lastSeen_;
        trainedKimg_ += kimg_ - before;
    }
    lastSeen_ = seconds;
}

double RunProgress::secondsLeft() const {
    if (trainedKimg_ <= 0 || trainedSeconds_ <= 0) return -1;
    const double left = targetKimg_ - kimg_;
    return left > 0 ? left * trainedSeconds_ / trainedKimg_ : 0;
}

}  // namespace thaw
