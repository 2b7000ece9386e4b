// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_stats.h"

#include <string>

namespace thaw {

/// What a line of stats.jsonl did.
enum class StatsLine {
    Damaged,   ///< it is no line of a log; nothing was changed
    Added,     ///< a step, a distance or an event more
    TookBack,  ///< a resume: what was logged after the snapshot that it went on from is out again
};

/// Adds a line of stats.jsonl, without its end, to what the lines before it told. The only reader of such lines.
StatsLine addStatsLine(RunStats& stats, const std::string& line);

/// The objective that a run's config.json names, `gan` or `cd,gan`; empty where it cannot be read.
std::string recordedObjective(const std::string& runFolder);

}  // namespace thaw
