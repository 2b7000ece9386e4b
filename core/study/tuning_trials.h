// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_plans.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// A row of a study: what it is called in jobs and tables, and how it trains.
using StudyRow = std::pair<std::string, FinetuneConfig>;

/// The objectives whose settings are looked for: all, those with the fewest network calls an image first.
std::vector<std::string> tunedObjectives();

/// Whether the objective has a ladder of N noise levels, which is then a setting to look for.
bool hasLevels(const FinetuneConfig& config);

/// Seeds of tuning runs begin here, far from those that are reported.
inline constexpr int kTuningSeed = 1001;

/// All that a search may try for an objective: learning rate of {1e-3, 2e-4} × beta1 of {0, 0.9}, for PD, CD, CTM and RCD ×
/// N of {16, 8, 32, 4, 64}, and for CD and CTM also RAdam with beta1 0.9 and beta2 0.999 as their papers have it. Named
/// `cd-n16-lr0.001-b0.9`, `...-radam`, `gan-lr0.001-b0`.
std::vector<StudyRow> tuningTrials(const std::string& objective);

/// Jobs of the search that can be named by now: first every N with every learning rate at beta1 0, one choice after another,
/// each for every objective, so that a search that is stopped has tried the same for all; when those of an objective are
/// known, the other optimisers at the best of them.
std::vector<StudyJob> tuningJobs(const StudyState& state);

/// The trial of an objective with the lowest mean distance over the tuning seeds; none before one has run.
std::optional<StudyRow> bestTrial(const StudyState& state, const std::string& objective);

/// Every trial of the search that ran, with its distances, the best of each objective marked.
ReportTable tuningTable(const StudyState& state);

/// `0.001, Adam 0/0.99`; `squared`, `features`, `LPIPS` or `–`.
std::string optimiserText(const FinetuneConfig& config);
std::string imageDistanceText(const FinetuneConfig& config);

}  // namespace thaw
