// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/study_plan.h"

#include "core/values/number_text.h"

#include <iterator>

namespace thaw::cli {
namespace {

struct TriedOptimiser {
    double beta1;
    bool rectified;
};
constexpr int kTriedLevels[] = {16, 8, 32, 4, 64};  // from the middle outwards
constexpr double kTriedRates[] = {1e-3, 2e-4};
constexpr TriedOptimiser kTriedOptimisers[] = {{0, false}, {0.9, false}, {0.9, true}};

bool papersHaveRadam(const std::string& objective) { return objective == "cd" || objective == "ctm"; }

StudyRow trialOf(const std::string& objective, int levels, double rate, const TriedOptimiser& optimiser) {
    auto config = comparedSettings(objective);
    if (hasLevels(config)) config.distill.timesteps = levels;
    config.generator.learningRate = rate;
    config.generator.beta1 = optimiser.beta1;
    config.generator.rectified = optimiser.rectified;
    if (optimiser.rectified) config.generator.beta2 = 0.999;
    const auto ladder = hasLevels(config) ? "-n" + std::to_string(levels) : std::string();
    return {objective + ladder + "-lr" + shortNumber(rate) + "-b" + shortNumber(optimiser.beta1) +
                (optimiser.rectified ? "-radam" : ""),
            config};
}

std::vector<int> triedLevels(const std::string& objective) {
    if (!hasLevels(comparedSettings(objective))) return {0};
    return {std::begin(kTriedLevels), std::end(kTriedLevels)};
}

bool isTriedFor(const std::string& objective, const TriedOptimiser& optimiser) {
    return !optimiser.rectified || papersHaveRadam(objective);
}

}  // namespace

bool hasLevels(const FinetuneConfig& config) {
    return config.distill.kind != Distillation::None && config.distill.kind != Distillation::Regression;
}

// CD's target is one Heun step and one look, CTM's leg is many steps of the teacher.
std::vector<std::string> tunedObjectives() { return {"gan", "regression", "cd", "pd", "rcd", "ctm"}; }

std::vector<StudyRow> tuningTrials(const std::string& objective) {
    std::vector<StudyRow> trials;
    for (const int levels : triedLevels(objective))
        for (const double rate : kTriedRates)
            for (const auto& optimiser : kTriedOptimisers)
                if (isTriedFor(objective, optimiser)) trials.push_back(trialOf(objective, levels, rate, optimiser));
    return trials;
}

std::vector<TuningTrial> firstTuningTrials() {
    std::vector<TuningTrial> order;
    for (std::size_t choice = 0; choice < std::size(kTriedLevels); ++choice)
        for (const double rate : kTriedRates)
            for (const auto& objective : tunedObjectives())
                if (const auto levels = triedLevels(objective); choice < levels.size())
                    order.emplace_back(objective, trialOf(objective, levels[choice], rate, kTriedOptimisers[0]));
    return order;
}

std::vector<TuningTrial> secondTuningTrials(const std::string& objective, const FinetuneConfig& best) {
    std::vector<TuningTrial> order;
    for (const auto& optimiser : kTriedOptimisers)
        if (&optimiser != &kTriedOptimisers[0] && isTriedFor(objective, optimiser))
            order.emplace_back(objective,
                               trialOf(objective, best.distill.timesteps, best.generator.learningRate, optimiser));
    return order;
}

std::vector<StudyRow> objectiveRows() {
    std::vector<StudyRow> rows;
    for (const auto& objective : objectiveWords()) rows.emplace_back(objective, comparedSettings(objective));
    return rows;
}

std::vector<StudyRow> furtherRows(const std::vector<StudyRow>& rows) {
    std::vector<StudyRow> further;
    auto freed = comparedSettings("gan");
    freed.freeze = parseFreezePlan("none");
    further.emplace_back("gan-free", freed);
    freed.randomStart = true;
    further.emplace_back("gan-random", freed);
    for (auto [name, config] : rows) {
        if (config.distill.kind == Distillation::None) continue;
        config.gan = true;
        further.emplace_back(name + "+gan", config);
    }
    return further;
}

}  // namespace thaw::cli
