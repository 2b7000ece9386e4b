// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_state.h"

#include <string>
#include <vector>

namespace thaw::cli {

/// One logged training step; what the run's kind does not have is NaN.
struct StatsStep {
    double kimg = 0;
    std::int64_t step = 0;
    double loss = 0;                                     ///< pre-training
    double gLoss = 0, dLoss = 0, r1 = 0, realSign = 0, fakeSign = 0;  ///< fine-tuning
};

/// What stats.jsonl of a run folder tells.
struct RunStats {
    bool finetune = false;  ///< a GAN run, otherwise pre-training
    std::vector<StatsStep> steps;
    std::vector<FidPoint> fids;
    std::vector<RunEvent> events;
};

/// Reads a run folder's stats.jsonl. What a resumed run took back (everything logged after the snapshot it went on from)
/// is left out; an unfinished last line is forgiven. Throws FileMissing, WrongKind (no run folder, or nothing logged),
/// FileDamaged naming the line.
RunStats readRunStats(const std::string& runFolder);

/// One row a step and a row for each FID, in the order of training; empty cells where nothing was measured.
std::string toCsv(const RunStats& stats);

}  // namespace thaw::cli
