// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <string>
#include <utility>
#include <vector>

namespace thaw::cli {

/// A run of a study: what it is called in folders, results and tables, and how it trains.
using StudyRow = std::pair<std::string, FinetuneConfig>;

/// The objectives whose settings a study looks for: `pd`, `cd`, `ctm`, `rcd`.
std::vector<std::string> tunedObjectives();

/// The seed of tuning runs, far from those that are reported.
inline constexpr std::uint64_t kTuningSeed = 1001;

/// What is tried for an objective: N of {16, 8, 32, 4, 64} × learning rate of {1e-3, 2e-4} × beta1 of {0, 0.9}, and for CD
/// and CTM RAdam with beta1 0.9 and beta2 0.999 as their papers have it. Named `cd-n16-lr0.001-b0.9` and `...-radam`.
std::vector<StudyRow> tuningTrials(const std::string& objective);

/// All trials in the order in which they run: one choice after another, each for every objective, those with the fewest
/// network calls an image first. So a search that is stopped has tried the same for all.
std::vector<std::pair<std::string, StudyRow>> tuningOrder();

/// One row an objective, of `comparedSettings`.
std::vector<StudyRow> objectiveRows();
/// Beside them: the GAN loss with all weights free, the GAN loss on random weights (all free), and each imitation
/// with the GAN loss, at the settings of its row.
std::vector<StudyRow> furtherRows(const std::vector<StudyRow>& rows);

}  // namespace thaw::cli
