// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// A fine-tuning run that did not end (running_mark.h), and how far what is saved of it goes.
struct InterruptedRun {
    std::string folder;
    double kimg = 0;    ///< seen when it was saved last: from there it goes on
    double length = 0;  ///< kimg that it was to see
};

/// Nothing where the run ended or a living process goes on with it, and where its state cannot be read.
std::optional<InterruptedRun> interruptedRun(const std::string& runFolder);

/// Every one in a folder of runs, the one that was saved last first. Reads a small file a run, and the head of the state of
/// those that were interrupted.
std::vector<InterruptedRun> interruptedRuns(const std::string& runsFolder);

}  // namespace thaw
