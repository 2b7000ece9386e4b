// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_kinds.h"
#include "core/study/tuning_trials.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

namespace thaw {
namespace {

constexpr int kRandomSubsets = 3;
constexpr int kCurvePoints = 5;  // measurements on the way of each run

struct NamedPlan {
    std::string name;
    FreezePlan plan;
};

FreezePlan planWhere(const ModelSummary& model, const std::function<bool(std::size_t index)>& frozen) {
    std::vector<bool> mask(model.allParameters().size());
    for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = frozen(i);
    return planForMask(model, mask);
}

// Whole parameters at random until as many scalars are frozen as the plan freezes, as nearly as parameters go.
FreezePlan randomPlan(const ModelSummary& model, std::int64_t scalars, int subset) {
    const auto parameters = model.allParameters();
    std::vector<std::size_t> order(parameters.size());
    std::iota(order.begin(), order.end(), 0);
    // Fisher and Yates by hand: std::shuffle differs between standard libraries.
    std::mt19937_64 random{std::uint64_t(subset)};
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    std::vector<bool> mask(order.size());
    std::int64_t frozen = 0;
    for (const auto i : order)
        if (frozen + parameters[i].count <= scalars) {
            mask[i] = true;
            frozen += parameters[i].count;
        }
    return planForMask(model, mask);
}

std::vector<NamedPlan> plansOf(const ModelSummary& model) {
    std::vector<NamedPlan> plans;
    for (const char* preset : {"none", "d2o-f", "d2o-f+qkv", "d2o-f+qkv+skip"})
        plans.push_back({preset, parseFreezePlan(preset)});
    plans.push_back({"all-but-norms", parseFreezePlan("*,!*norm*")});
    plans.push_back({"encoder", parseFreezePlan("enc")});
    plans.push_back({"decoder", parseFreezePlan("dec")});
    const auto total = countFrozen(parseFreezePlan("none"), model).total;
    std::vector<std::int64_t> before;  // scalars of the parameters ahead of each
    std::int64_t sum = 0;
    for (const auto& parameter : model.allParameters()) {
        before.push_back(sum);
        sum += parameter.count;
    }
    plans.push_back({"first-half", planWhere(model, [&](std::size_t i) { return before[i] < total / 2; })});
    plans.push_back({"last-half", planWhere(model, [&](std::size_t i) { return before[i] >= total / 2; })});
    const auto size = countFrozen(parseFreezePlan("d2o-f"), model).frozen;
    for (int subset = 1; subset <= kRandomSubsets; ++subset)
        plans.push_back({"random-" + std::to_string(subset), randomPlan(model, size, subset)});
    return plans;
}

std::vector<std::string> planNames(const StudyRequest&) {
    std::vector<std::string> names{"none",    "d2o-f",   "d2o-f+qkv",  "d2o-f+qkv+skip", "all-but-norms",
                                   "encoder", "decoder", "first-half", "last-half"};
    for (int subset = 1; subset <= kRandomSubsets; ++subset) names.push_back("random-" + std::to_string(subset));
    return names;
}

std::vector<StudyJob> freezingJobs(const StudyState& state) {
    const auto& [request, model, results] = state;
    std::vector<StudyJob> jobs{{"original-one-step", DistanceJob{{}, {}, request.scale.images}}};
    for (int seed = 1; seed <= request.scale.seeds; ++seed)
        for (const auto& [name, plan] : plansOf(model)) {
            if (!request.wants(name)) continue;
            auto config = comparedSettings("gan");
            config.freeze = plan;
            auto job = jobOfLength(config, request.scale, seed, request.precision);
            job.config.fidEveryKimg = request.scale.kimg / kCurvePoints;
            jobs.push_back({seedName(name, seed), job});
        }
    return jobs;
}

StudyReport freezingReport(const StudyState& state) {
    StudyReport report;
    report.title = "The GAN objective under freeze plans";
    report.paragraphs = {"After " + shortNumber(state.request.scale.kimg) +
                         " kimg of the GAN objective with the settings of `d2o-f`, "
                         "which were not tuned for the other plans. Before: " +
                         shownSpread(spreadOf({distanceNamed(state.results, "original-one-step")})) + ". " +
                         measureSentence(state.results)};
    ReportTable table{"freezing", "Distance by plan", {"plan", "frozen", "mean ± std", "seconds"}, {}};
    ReportChart images{"by-images", "Distance against images", "kimg", "distance", false, true, {}};
    ReportChart seconds{"by-seconds", "Distance against seconds of training", "seconds", "distance", false, true, {}};
    ReportChart percent{
        "by-percent", "Distance against what is frozen", "frozen, percent of G", "distance", false, true, {}};
    for (const auto& [name, plan] : plansOf(state.model)) {
        const auto spread = spreadOf(distancesOf(state, name));
        if (spread.count == 0) continue;
        const double frozen = countFrozen(plan, state.model).percent();
        std::vector<double> took;
        for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
            if (const auto* run = resultOf<TrainingResult>(state.results, seedName(name, seed)))
                took.push_back(run->seconds);
        table.add({name, fixedNumber(frozen, 2) + " %", shownSpread(spread), fixedNumber(spreadOf(took).mean, 0)},
                  runsOf(state, name));
        images.series.push_back(curveOf(state, name));
        seconds.series.push_back(curveOf(state, name, &StudyPoint::seconds));
        percent.series.push_back({name, {frozen}, {spread.mean}, {spread.deviation}, runsOf(state, name)});
    }
    report.tables.push_back(std::move(table));
    report.charts = {images, seconds, percent};

    const auto none = spreadOf(distancesOf(state, "none")), d2of = spreadOf(distancesOf(state, "d2o-f"));
    std::vector<double> others;
    for (int subset = 1; subset <= kRandomSubsets; ++subset)
        for (const double d : distancesOf(state, "random-" + std::to_string(subset))) others.push_back(d);
    const auto random = spreadOf(others);
    report.claims = {{"Freezing most of the U-Net (D2O-F) makes a better one-step generator than fine-tuning all of it "
                      "(D2O), at equal images.",
                      lowerVerdict(d2of, none), comparedText("d2o-f", d2of, "none", none)},
                     {"It matters which weights are frozen: D2O-F is better than random subsets of its size.",
                      lowerVerdict(d2of, random), comparedText("d2o-f", d2of, "random subsets", random)}};
    report.notes = {
        "`first-half` and `last-half` count the scalars in the order of the network's parameters. Random subsets are "
        "whole "
        "parameters, as many scalars as D2O-F freezes as nearly as they go; the same subsets for every seed."};
    return report;
}

}  // namespace

StudyKind freezingStudy() {
    return {"freezing",    "what freezing does: plans from nothing to nearly everything, and random subsets",
            {1, 1, 500},   {20, 3, 5000},
            planNames,     freezingJobs,
            freezingReport};
}

}  // namespace thaw
