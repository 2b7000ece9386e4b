// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/gan_trials.h"

#include <limits>

namespace thaw {
namespace {

std::string trialName(const std::string& row) { return "try-" + row; }

Spread trialSpread(const StudyState& state, const std::string& row) {
    std::vector<double> distances;
    for (int i = 0; i < state.request.tuning.seeds; ++i)
        if (const auto* run = resultOf<TrainingResult>(state.results, seedName(trialName(row), kTuningSeed + i)))
            distances.push_back(run->distance());
    return spreadOf(distances);
}

}  // namespace

std::vector<StudyRow> ganTrials(const StudyRequest& request) {
    std::vector<StudyRow> rows{{"base", comparedSettings("gan")}};
    const auto add = [&](const char* name, const auto& change) {
        auto config = rows.front().second;
        change(config);
        rows.emplace_back(name, config);
    };
    using C = FinetuneConfig;
    add("g-lr-2e-4", [](C& c) { c.generator.learningRate = 2e-4; });
    add("d-lr-1e-3", [](C& c) { c.discriminator.learningRate = 1e-3; });
    add("g-lr-2e-3-d-lr-1e-3", [](C& c) {
        c.generator.learningRate = 2e-3;
        c.discriminator.learningRate = 1e-3;
    });
    add("beta1-0.5", [](C& c) { c.generator.beta1 = c.discriminator.beta1 = 0.5; });
    add("r1-1e-2", [](C& c) { c.r1.gamma = 1e-2; });
    add("r1-1e-1", [](C& c) { c.r1.gamma = 1e-1; });
    add("r1-1e-4", [](C& c) { c.r1.gamma = 1e-4; });
    add("augment-0.2", [](C& c) { c.augment.p = 0.2; });
    add("mirrored", [](C& c) { c.xflip = true; });
    add("projected", [](C& c) { c.discriminatorKind = DiscriminatorKind::Projected; });
    add("width-128", [](C& c) { c.discriminatorWidth = 128; });
    add("ema-1-kimg", [](C& c) { c.ema.halfLifeKimg = 1; });
    add("ema-20-percent", [](C& c) { c.ema = {20, 0.2}; });
    add("batch-32", [](C& c) { c.batch = 32; });
    if (request.backbone.empty()) return rows;
    add("classifier", [&](C& c) { c.backbones = {request.backbone}; });
    add("denoiser-and-classifier", [&](C& c) { c.backbones = {"denoiser", request.backbone}; });
    add("classifier-projected", [&](C& c) {
        c.backbones = {request.backbone};
        c.discriminatorKind = DiscriminatorKind::Projected;
    });
    return rows;
}

std::vector<StudyJob> ganTrialJobs(const StudyRequest& request) {
    std::vector<StudyJob> jobs;
    for (int i = 0; i < request.tuning.seeds; ++i)
        for (const auto& [row, config] : ganTrials(request)) {
            auto job = jobOfLength(config, request.tuning, kTuningSeed + i, request.precision);
            job.reference = StudyReference::Validation;
            jobs.push_back({seedName(trialName(row), kTuningSeed + i), job});
        }
    return jobs;
}

std::optional<StudyRow> bestGanTrial(const StudyState& state) {
    std::optional<StudyRow> best;
    double lowest = std::numeric_limits<double>::infinity();
    for (const auto& row : ganTrials(state.request))
        if (const auto spread = trialSpread(state, row.first);
            spread.count > 0 && spread.diverged == 0 && spread.mean < lowest) {
            lowest = spread.mean;
            best = row;
        }
    return best;
}

ReportTable ganTrialTable(const StudyState& state) {
    ReportTable table{"settings",
                      "Settings that were tried, by the distance to the training images",
                      {"change", "distance", "runs", "chosen"},
                      {}};
    const auto best = bestGanTrial(state);
    for (const auto& [row, config] : ganTrials(state.request)) {
        const auto spread = trialSpread(state, row);
        if (spread.isEmpty()) continue;
        table.add({row, shownSpread(spread), std::to_string(spread.count + spread.diverged),
                   best && best->first == row ? "yes" : ""},
                  runsOf(state, trialName(row)));
    }
    return table;
}

}  // namespace thaw
