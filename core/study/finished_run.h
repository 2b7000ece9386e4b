// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_result.h"

#include <string>

namespace thaw {

/// What a run's folder says it came to: cost, distances on its way, precision and recall at its end.
TrainingResult resultFromRun(const std::string& runFolder);

/// Removes what a finished trial needs no more; its settings and its log stay.
void dropWeights(const std::string& runFolder);

}  // namespace thaw
