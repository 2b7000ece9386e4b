// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_state.h"

#include <string>
#include <vector>

namespace thaw {

/// What stats.jsonl of a run folder tells, and whose it is.
struct RunStats {
    std::string objective;           ///< `gan`, `cd,gan`, ... from config.json; empty where it does not say
    bool finetune = false;           ///< a GAN run, otherwise pre-training
    std::vector<StepMetrics> steps;  ///< what is in kStepFields
    std::vector<FidPoint> fids;
    std::vector<RunEvent> events;
    std::string importedFrom;        ///< the other program that logged it; empty for a run of ours
    std::vector<std::string> notes;  ///< what an import could not take over, in sentences
};

}  // namespace thaw
