// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <string>
#include <utility>
#include <vector>

namespace thaw::cli {

/// A run of a study: what it is called in folders, results and tables, and how it trains.
using StudyRow = std::pair<std::string, FinetuneConfig>;

/// The objectives whose settings a study looks for: all, those with the fewest network calls an image first.
std::vector<std::string> tunedObjectives();

/// Whether the objective has a ladder of N noise levels, which is then a setting to look for.
bool hasLevels(const FinetuneConfig& config);

/// The seed of tuning runs, far from those that are reported.
inline constexpr std::uint64_t kTuningSeed = 1001;

/// All that a search may try for an objective: learning rate of {1e-3, 2e-4} × beta1 of {0, 0.9}, for PD, CD, CTM and RCD ×
/// N of {16, 8, 32, 4, 64}, and for CD and CTM also RAdam with beta1 0.9 and beta2 0.999 as their papers have it. Named
/// `cd-n16-lr0.001-b0.9`, `...-radam`, `gan-lr0.001-b0`.
std::vector<StudyRow> tuningTrials(const std::string& objective);

/// An objective's name and one of its trials.
using TuningTrial = std::pair<std::string, StudyRow>;

/// The first half of a search, in the order in which it runs: every N with every learning rate, at beta1 0; one choice
/// after another, each for every objective, so that a search that is stopped has tried the same for all.
std::vector<TuningTrial> firstTuningTrials();

/// The second half for one objective: the other optimisers, at the N and the learning rate of the best of the first.
std::vector<TuningTrial> secondTuningTrials(const std::string& objective, const FinetuneConfig& best);

/// One row an objective, of `comparedSettings`.
std::vector<StudyRow> objectiveRows();
/// Beside them: the GAN loss with all weights free, the GAN loss on random weights (all free), and each imitation
/// with the GAN loss, at the settings of its row.
std::vector<StudyRow> furtherRows(const std::vector<StudyRow>& rows);

}  // namespace thaw::cli
