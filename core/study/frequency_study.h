// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/tuning_trials.h"

#include <string>
#include <vector>

namespace thaw {

/// Rows of the frequency study: D2O, D2O-F and distilled students.
std::vector<StudyRow> frequencyRows();

// Names of its measurements, of the pre-trained network and of a run.
inline constexpr const char* kOriginalResponses = "responses-original";
inline constexpr const char* kOneStepPower = "spectrum-original-one-step";
inline constexpr const char* kManyStepsPower = "spectrum-original-18-steps";
inline constexpr const char* kRealPower = "spectrum-real";
inline std::string responsesOfRun(const std::string& run) { return "responses-" + run; }
inline std::string powerOfRun(const std::string& run) { return "spectrum-" + run; }

StudyReport frequencyReport(const StudyState& state);

}  // namespace thaw
