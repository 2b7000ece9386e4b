// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_files.h"
#include "core/formats/run_life.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/stats_follower.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// What a look at a folder of runs is to find out.
struct RunsQuery {
    bool list = true;             ///< which runs there are, too; otherwise only those that are known are looked at
    std::set<std::string> shown;  ///< folders of runs of which every step is wanted
    std::set<std::string> anew;   ///< those of which all is wanted again
};

/// What is new of one run.
struct RunNews {
    std::string folder;
    std::optional<RunSummary> summary;
    std::optional<RunStats> stats;  ///< of a run that is shown: what was logged since the last time
    bool whole = false;             ///< `stats` is all of it, in place of what was told before
    std::optional<RunFiles> files;  ///< of a run that is shown
};

/// What a look found.
struct RunsNews {
    std::string
        problem;  ///< why the folder cannot be read, a sentence; nothing else is filled then. Empty: it was read
    /// Every run of the folder, the newest name first; nothing where it was not asked for.
    std::optional<std::vector<std::string>> folders;
    std::vector<RunNews> runs;
    bool unfinished = false;  ///< more figures are to be read: look again soon
};

/// Looks at a folder of runs again and again and tells what has changed. Runs that a process writes, and those that are
/// shown, are followed line by line (StatsFollower); of all others only the time of the last change of their folder is
/// asked for, which every start, end and snapshot of a run moves. One look takes about kLookBudget at most where many are
/// to be read anew.
///
/// A folder that was mounted and is not any more has no runs, and that of a broken line fails: both are a `problem`, and the
/// runs are kept. A plain value, used by one thread at a time; nothing throws.
class RunsWatch {
public:
    enum class Kind {
        AllFolders,  ///< every folder below is a run
        RunFolders,  ///< those with a config.json, a log or a mark; the folder itself, where it is a run
    };
    RunsWatch(std::string folder, Kind kind) : folder_(std::move(folder)), kind_(kind) {}

    RunsNews look(const RunsQuery& query);

    static constexpr std::chrono::milliseconds kLookBudget{200};

private:
    using Clock = std::chrono::steady_clock;
    struct Run {
        RunSummary described, summary;  // what its config.json says alone, and all of it
        RunLife life;
        std::int64_t changed = -1;  // time of its folder, in nanoseconds
        int readings = 1;           // to be done yet; twice where it has just changed, as it may in the same tick again
        bool due = true;
        bool told = false;  // its log, from the beginning, while it is shown
        std::optional<StatsFollower> follower;
        RunFiles files;
        std::optional<Clock::time_point> changedAt;  // it was seen to change
    };

    bool list(RunsNews& news);
    std::vector<std::string> foldersBelow() const;
    void follow(const std::string& folder, Run& run, bool shown, RunsNews& news);
    void read(const std::string& folder, Run& run, RunsNews& news);

    std::string folder_;
    Kind kind_;
    std::map<std::string, Run, std::greater<>> runs_;
    std::uint64_t device_ = 0;  // file system of the folder when it was listed last
    bool wasListed_ = false;
};

}  // namespace thaw
