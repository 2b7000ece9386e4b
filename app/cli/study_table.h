// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/study_plan.h"
#include "app/cli/study_results.h"

#include <optional>
#include <string>
#include <vector>

namespace thaw::cli {

/// What a run cost, from its stats.jsonl; a step that was taken twice, before and after an interruption, counts once.
struct RunCost {
    double images = 0, seconds = 0;  ///< training alone, without measurements
    /// Forward passes for each image seen, see NetworkCalls.
    double student = 0, teacher = 0, discriminator = 0, features = 0;
};
RunCost costOf(const std::string& runFolder);

/// A distance in results: what was measured, infinite where the run diverged, not a number where it is missing.
double distanceIn(const nlohmann::ordered_json& results, const std::string& row, int seed);

/// The trial of an objective with the lowest distance in the results of a search; none where all diverged or none ran.
std::optional<StudyRow> bestTrial(const nlohmann::ordered_json& results, const std::string& objective);

/// `0.001, beta1 0.9, RAdam`: how a row trains.
std::string optimiserText(const FinetuneConfig& config);
std::string imageDistanceText(const FinetuneConfig& config);

/// The settings, distances and costs of each row with a result, in Markdown. Costs are means over its seeds.
struct StudyTable {
    std::string folder;  ///< of the study
    std::vector<StudyRow> rows;
    int seeds = 1;
    std::string title;  ///< paragraphs before the table
};
std::string markdown(const StudyTable& table, const StudyResults& results);

/// Every trial of a search with its distance, the best of each objective marked.
std::string tuningMarkdown(const StudyResults& results, const std::string& title);

}  // namespace thaw::cli
