// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/tuning_trials.h"

#include "core/values/number_text.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace thaw {
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

bool isWanted(const StudyRequest& request, const std::string& objective) {
    return request.wants(objective) || request.wants(objective + "+gan");
}

bool isTried(const StudyRequest& request, const StudyRow& trial) {
    const auto& levels = request.tuneLevels;
    return levels.empty() || !hasLevels(trial.second) ||
           std::find(levels.begin(), levels.end(), trial.second.distill.timesteps) != levels.end();
}

std::vector<double> trialDistances(const StudyState& state, const std::string& trial) {
    std::vector<double> distances;
    for (int i = 0; i < state.request.tuning.seeds; ++i)
        if (const auto* result = resultOf<TrainingResult>(state.results, seedName(trial, kTuningSeed + i)))
            distances.push_back(result->distance());
    return distances;
}

// The first half of the search: every N with every learning rate.
std::vector<std::pair<std::string, StudyRow>> firstTrials(const StudyRequest& request) {
    std::vector<std::pair<std::string, StudyRow>> order;
    for (std::size_t choice = 0; choice < std::size(kTriedLevels); ++choice)
        for (const double rate : kTriedRates)
            for (const auto& objective : tunedObjectives()) {
                const auto levels = triedLevels(objective);
                if (choice >= levels.size() || !isWanted(request, objective)) continue;
                auto trial = trialOf(objective, levels[choice], rate, kTriedOptimisers[0]);
                if (isTried(request, trial)) order.emplace_back(objective, std::move(trial));
            }
    return order;
}

void addJobs(std::vector<StudyJob>& jobs, const StudyRequest& request, const StudyRow& trial) {
    for (int i = 0; i < request.tuning.seeds; ++i) {
        auto job = jobOfLength(trial.second, request.tuning, kTuningSeed + i, request.precision);
        job.reference = StudyReference::Validation;
        jobs.push_back({seedName(trial.first, kTuningSeed + i), job});
    }
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

std::vector<StudyJob> tuningJobs(const StudyState& state) {
    std::vector<StudyJob> jobs;
    const auto first = firstTrials(state.request);
    for (const auto& [objective, trial] : first) addJobs(jobs, state.request, trial);
    for (const auto& objective : tunedObjectives()) {
        const bool allKnown = std::all_of(first.begin(), first.end(), [&](const auto& tried) {
            return tried.first != objective ||
                   int(trialDistances(state, tried.second.first).size()) == state.request.tuning.seeds;
        });
        // The best of the first half alone: those of the second differ from it in the optimiser.
        std::optional<StudyRow> best;
        double lowest = std::numeric_limits<double>::infinity();
        for (const auto& [of, trial] : first)
            if (const auto spread = spreadOf(trialDistances(state, trial.first));
                of == objective && spread.mean < lowest) {
                lowest = spread.mean;
                best = trial;
            }
        if (!allKnown || !best) continue;
        for (const auto& optimiser : kTriedOptimisers)
            if (&optimiser != &kTriedOptimisers[0] && isTriedFor(objective, optimiser))
                addJobs(
                    jobs, state.request,
                    trialOf(objective, best->second.distill.timesteps, best->second.generator.learningRate, optimiser));
    }
    return jobs;
}

std::optional<StudyRow> bestTrial(const StudyState& state, const std::string& objective) {
    std::optional<StudyRow> best;
    double lowest = std::numeric_limits<double>::infinity();
    for (auto& trial : tuningTrials(objective))
        if (const auto spread = spreadOf(trialDistances(state, trial.first));
            spread.count > 0 && spread.diverged == 0 && spread.mean < lowest) {
            lowest = spread.mean;
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

ReportTable tuningTable(const StudyState& state) {
    const auto& tuning = state.request.tuning;
    ReportTable table{"tuning",
                      "Settings tried: runs of " + shortNumber(tuning.kimg) + " kimg, seeds from " +
                          std::to_string(kTuningSeed) + " on, distance of " + std::to_string(tuning.images) +
                          " samples to the training images",
                      {"objective", "trial", "learning rate, optimiser", "N", "distance", "chosen"},
                      {}};
    for (const auto& objective : tunedObjectives()) {
        const auto best = bestTrial(state, objective);
        for (const auto& [name, config] : tuningTrials(objective)) {
            const auto spread = spreadOf(trialDistances(state, name));
            if (spread.isEmpty()) continue;
            table.rows.push_back({objective, name, optimiserText(config),
                                  hasLevels(config) ? std::to_string(config.distill.timesteps) : "–",
                                  shownSpread(spread), best && best->first == name ? "yes" : ""});
        }
    }
    return table;
}

}  // namespace thaw
