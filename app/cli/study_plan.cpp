// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/study_plan.h"

#include <cstdio>

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
    config.distill.timesteps = levels;
    config.generator.learningRate = rate;
    config.generator.beta1 = optimiser.beta1;
    config.generator.rectified = optimiser.rectified;
    if (optimiser.rectified) config.generator.beta2 = 0.999;
    char name[60];
    std::snprintf(name, sizeof name, "%s-n%d-lr%g-b%g%s", objective.c_str(), levels, rate, optimiser.beta1,
                  optimiser.rectified ? "-radam" : "");
    return {name, config};
}

template <class Visitor>
void everyChoice(const Visitor& visit) {
    for (const int levels : kTriedLevels)
        for (const double rate : kTriedRates)
            for (const auto& optimiser : kTriedOptimisers) visit(levels, rate, optimiser);
}

}  // namespace

// By network calls an image: CD's target is one Heun step and one look, CTM's leg is many steps of the teacher.
std::vector<std::string> tunedObjectives() { return {"cd", "pd", "rcd", "ctm"}; }

std::vector<StudyRow> tuningTrials(const std::string& objective) {
    std::vector<StudyRow> trials;
    everyChoice([&](int levels, double rate, const TriedOptimiser& optimiser) {
        if (!optimiser.rectified || papersHaveRadam(objective))
            trials.push_back(trialOf(objective, levels, rate, optimiser));
    });
    return trials;
}

std::vector<std::pair<std::string, StudyRow>> tuningOrder() {
    std::vector<std::pair<std::string, StudyRow>> order;
    everyChoice([&](int levels, double rate, const TriedOptimiser& optimiser) {
        for (const auto& objective : tunedObjectives())
            if (!optimiser.rectified || papersHaveRadam(objective))
                order.emplace_back(objective, trialOf(objective, levels, rate, optimiser));
    });
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
