// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/study_table.h"

#include "core/values/number_text.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>

namespace thaw::cli {
namespace {

using TableJson = nlohmann::ordered_json;

std::string shownNumber(double value, int decimals = 2) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return "diverged";
    return fixedNumber(value, decimals);
}

// Mean and sample standard deviation of what is there.
std::pair<double, double> spread(const std::vector<double>& all) {
    std::vector<double> values;
    for (const double v : all)
        if (!std::isnan(v)) values.push_back(v);
    if (values.empty()) return {std::nan(""), std::nan("")};
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / double(values.size());
    for (const double v : values) squares += (v - mean) * (v - mean);
    return {mean, values.size() > 1 ? std::sqrt(squares / double(values.size() - 1)) : std::nan("")};
}

const TableJson* resultOf(const TableJson& results, const std::string& row, int seed) {
    const auto found = results.find(row);
    if (found == results.end()) return nullptr;
    const auto result = found->find(std::to_string(seed));
    return result == found->end() ? nullptr : &*result;
}

double valueIn(const TableJson& results, const std::string& row, int seed, const char* key) {
    const auto* result = resultOf(results, row, seed);
    return result && result->contains(key) && (*result)[key].is_number() ? (*result)[key].get<double>() : std::nan("");
}

std::string costCells(const StudyTable& table, const std::string& row) {
    RunCost sum;
    int runs = 0;
    for (int seed = 1; seed <= table.seeds; ++seed) {
        const auto folder = std::filesystem::path(table.folder) / "runs" / (row + "-seed" + std::to_string(seed));
        const auto cost = costOf(folder.string());
        if (cost.images == 0) continue;
        ++runs;
        sum.images += cost.images;
        sum.seconds += cost.seconds;
        sum.student += cost.student;
        sum.teacher += cost.teacher;
        sum.discriminator += cost.discriminator;
        sum.features += cost.features;
    }
    const auto mean = [&](double value, int decimals) {
        return runs ? shownNumber(value / runs, decimals) : std::string("–");
    };
    return mean(sum.images, 0) + " | " + mean(sum.seconds, 0) + " | " + mean(sum.student, 1) + " | " +
           mean(sum.teacher, 1) + " | " + mean(sum.discriminator, 1) + " | " + mean(sum.features, 1);
}

}  // namespace

RunCost costOf(const std::string& runFolder) {
    std::ifstream file(std::filesystem::path(runFolder) / "stats.jsonl");
    std::map<std::int64_t, TableJson> steps;
    for (std::string line; std::getline(file, line);) {
        const auto json = TableJson::parse(line, nullptr, /*allow_exceptions=*/false);
        if (json.is_object() && json.contains("calls") && json.contains("step"))
            steps[json["step"].get<std::int64_t>()] = json;
    }
    RunCost cost;
    for (const auto& [step, json] : steps) {
        cost.seconds += json.value("seconds_per_step", 0.0);
        cost.images = std::max(cost.images, json.value("kimg", 0.0) * 1000);
        const auto& calls = json["calls"];
        cost.student += calls.value("student", 0.0);
        cost.teacher += calls.value("teacher", 0.0);
        cost.discriminator += calls.value("discriminator", 0.0);
        cost.features += calls.value("features", 0.0);
    }
    if (cost.images > 0)
        for (auto* calls : {&cost.student, &cost.teacher, &cost.discriminator, &cost.features}) *calls /= cost.images;
    return cost;
}

double distanceIn(const TableJson& results, const std::string& row, int seed) {
    const auto* result = resultOf(results, row, seed);
    if (!result) return std::nan("");
    const double value = valueIn(results, row, seed, "fid");
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
}

std::optional<StudyRow> bestTrial(const TableJson& results, const std::string& objective) {
    std::optional<StudyRow> best;
    double lowest = std::numeric_limits<double>::infinity();
    for (auto& trial : tuningTrials(objective))
        if (const double d = distanceIn(results, trial.first, int(kTuningSeed)); d < lowest) {
            lowest = d;
            best = std::move(trial);
        }
    return best;
}

std::string optimiserText(const FinetuneConfig& config) {
    const auto& adam = config.generator;
    return shortNumber(adam.learningRate) + ", " + (adam.rectified ? "RAdam " : "Adam ") + shortNumber(adam.beta1) +
           "/" + shortNumber(adam.beta2);
}

std::string imageDistanceText(const FinetuneConfig& config) {
    if (config.distill.kind == Distillation::None) return "–";
    switch (config.distill.distance) {
    case ImageDistance::L2: return "squared";
    case ImageDistance::Features: return "features";
    case ImageDistance::Lpips: break;
    }
    return "LPIPS";
}

std::string markdown(const StudyTable& table, const StudyResults& results) {
    std::string text = table.title + "\n\n| objective | learning rate, optimiser | distance | N | frozen |";
    for (int seed = 1; seed <= table.seeds; ++seed) text += " seed " + std::to_string(seed) + " |";
    text += " mean ± std | precision | recall | images | seconds | student | teacher | D | features |\n|";
    for (int column = 0; column < table.seeds + 14; ++column) text += "---|";
    text += "\n";
    for (const auto& [name, config] : table.rows) {
        if (!results.json().contains(name)) continue;
        text += "| " + name + " | " + optimiserText(config) + " | " + imageDistanceText(config) + " | " +
                (hasLevels(config) ? std::to_string(config.distill.timesteps) : "–") + " | " + toText(config.freeze) +
                " |";
        std::vector<double> distances, precisions, recalls;
        for (int seed = 1; seed <= table.seeds; ++seed) {
            distances.push_back(distanceIn(results.json(), name, seed));
            precisions.push_back(valueIn(results.json(), name, seed, "precision"));
            recalls.push_back(valueIn(results.json(), name, seed, "recall"));
            text += " " + shownNumber(distances.back()) + " |";
        }
        const auto [mean, deviation] = spread(distances);
        text += " " + shownNumber(mean) + " ± " + shownNumber(deviation) + " | " +
                shownNumber(spread(precisions).first) + " | " + shownNumber(spread(recalls).first) + " | " +
                costCells(table, name) + " |\n";
    }
    return text +
           "\nStudent, teacher, D, features: forward passes of each network for every image seen; passes of backward "
           "and measurements are not counted. pd, cd, ctm and rcd are PD-style and so on: Help > Objectives says how "
           "they "
           "differ from their papers.\n";
}

std::string tuningMarkdown(const StudyResults& results, const std::string& title) {
    std::string text = title +
                       "\n\n| objective | trial | learning rate, optimiser | N | distance | chosen |\n"
                       "|---|---|---|---|---|---|\n";
    for (const auto& objective : tunedObjectives()) {
        const auto best = bestTrial(results.json(), objective);
        for (const auto& [name, config] : tuningTrials(objective))
            if (results.json().contains(name))
                text.append("| " + objective + " | " + name + " | " + optimiserText(config) + " | ")
                    .append((hasLevels(config) ? std::to_string(config.distill.timesteps) : "–") + " | ")
                    .append(shownNumber(distanceIn(results.json(), name, int(kTuningSeed))) + " | ")
                    .append(best && name == best->first ? "yes |\n" : " |\n");
    }
    return text;
}

}  // namespace thaw::cli
