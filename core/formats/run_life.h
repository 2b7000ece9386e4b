// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/running_mark.h"
#include "core/values/run_process.h"

#include <cstdint>
#include <optional>
#include <string>

namespace thaw {

struct RunSummary;

/// Who writes a run folder, and what that process says of the run while it lives.
struct RunLife {
    RunningMark::Holder holder = RunningMark::Holder::None;
    std::optional<RunProcess> process;  ///< where one lives, or may live
    std::optional<double> targetKimg;   ///< it says so

    bool operator==(const RunLife&) const = default;
};

/// Of the mark `running` and, while its process lives, of `status.json`:
///
///     {"state": "running" | "paused" | ..., "kimg": x, "target_kimg": x, "images_per_second": x, "host": text, "pid": n,
///      "since": seconds since 1970 or "2026-07-29T08:15:00Z", ...}
///
/// Every field may be missing; a file that was left by a process that is gone says nothing. Throws nothing.
RunLife runLife(const std::string& runFolder);

/// Fills `running`, `interrupted` and `process` of a summary. `now`: seconds since 1970; a process that nothing but its files
/// can tell of runs while they changed within kSignOfLifeSeconds, or `seenAlive`: they were seen to change.
void addLife(RunSummary& summary, const RunLife& life, std::int64_t now, bool seenAlive = false);

std::int64_t secondsSince1970();

}  // namespace thaw
