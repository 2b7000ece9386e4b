// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_plans.h"
#include "core/study/study_runner.h"

#include <string>

namespace thaw::cli {

struct Context;

struct StudyOutcome {
    StudyResults results;
    StudyReport report;
};

/// Runs all that is asked for and not known yet, and keeps the folder's report and progress.json up to date on the way.
/// However it ends, the folder says so, and holds the report of what is there. Throws what StudyRunner::run throws.
StudyOutcome runToTheEnd(StudyRunner& runner, const StudyKind& kind, const StudyRequest& request,
                         const std::string& folder, const Context& context);

/// Helps another process, which runs the study in that folder to its end, with its jobs: a result each, and nothing else.
void helpToTheEnd(StudyRunner& runner, const StudyKind& kind, const StudyRequest& request, const Context& context);

}  // namespace thaw::cli
