// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_process.h"
#include "core/values/run_stats.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// Reads a run folder's stats.jsonl, or the log of another program (core/formats/imported_log.h). What a resumed run took back (everything logged after the snapshot it went on from)
/// is left out; an unfinished last line is forgiven. Throws FileMissing, WrongKind (no run folder, or nothing logged),
/// FileDamaged naming the line.
RunStats readRunStats(const std::string& runFolder);
/// The same, and nothing where nothing can be read.
RunStats runStatsIfAny(const std::string& runFolder);
/// FileDamaged, with the line, counted from 1.
[[noreturn]] void throwDamagedStats(const std::string& path, long line);

/// A run folder in a line, from its config.json and stats.jsonl; what is not there stays empty or absent.
struct RunSummary {
    std::string folder, objective, freeze;
    std::string config;                      ///< the whole of config.json
    std::optional<double> kimg, targetKimg;  ///< seen, and asked for
    std::optional<FidPoint> best, last;      ///< the lowest distance that was measured, and the newest
    std::vector<RunEvent> plans{};           ///< freeze plans that took the place of the first, in order
    std::optional<RunOutcome> outcome;       ///< how it ended, unless it has gone on since
    bool running = false;                    ///< a living process writes it
    /// Where and how it computed, as names and values: wordsOf of its environment, and each time it went on with something else.
    std::vector<std::pair<std::string, std::string>> madeWith{};
    bool interrupted = false;          ///< its process is gone and left no word, or left it while it went on
    std::string importedFrom{};        ///< as RunStats, of the curves of another program: no generator, no settings
    std::vector<std::string> notes{};  ///< as RunStats
    /// That writes it. Where `running` is false all the same, nothing tells whether it lives and it has not written for long.
    std::optional<RunProcess> process{};
};
/// Throws nothing: a folder that is no run has an empty objective.
RunSummary summariseRun(const std::string& runFolder);
/// The same in its parts: what config.json says, and what the log adds to that.
RunSummary describedRun(const std::string& runFolder);
void addStats(RunSummary& summary, const RunStats& stats);

/// One field in which configurations differ; a text is empty where the field is absent.
struct ConfigDifference {
    std::string field;
    std::vector<std::string> values;  ///< one a configuration
};
/// Every field in which JSON texts (config.json of some runs) are not all the same. Text that is no JSON has no field.
std::vector<ConfigDifference> configDifferences(const std::vector<std::string>& configs);

/// One row a step and a row for each FID, in the order of training; empty cells where nothing was measured.
std::string toCsv(const RunStats& stats);

}  // namespace thaw
