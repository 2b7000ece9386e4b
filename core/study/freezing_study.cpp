// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_kinds.h"
#include "core/study/tuning_trials.h"
#include "core/values/number_text.h"
#include "core/values/parameter_kind.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>

namespace thaw {
namespace {

// Each is one run of a seed of its own: the subset is what is repeated.
constexpr int kRandomSubsets = 6;
constexpr int kMostDraws = 2000;
constexpr int kCurvePoints = 5;  // measurements on the way of each run

struct NamedPlan {
    std::string name;
    FreezePlan plan;
    int subset = 0;  // of the random ones: 1, 2, ...
    bool runsWith(int seed) const { return subset == 0 || subset == seed; }
};

FreezePlan planWhere(const ModelSummary& model, const std::function<bool(std::size_t index)>& frozen) {
    std::vector<bool> mask(model.allParameters().size());
    for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = frozen(i);
    return planForMask(model, mask);
}

// The layers of one kind, each with the numbers of its parameters: weight and bias go together.
using Layers = std::vector<std::vector<std::size_t>>;

std::map<ParameterKind, Layers> layersByKind(const std::vector<ParameterInfo>& parameters) {
    std::map<std::string, std::pair<ParameterKind, std::vector<std::size_t>>> layers;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& name = parameters[i].name;
        auto& layer = layers[name.substr(0, name.rfind('.'))];
        layer.first = parameterKind(name);
        layer.second.push_back(i);
    }
    std::map<ParameterKind, Layers> kinds;
    for (const auto& [name, layer] : layers) kinds[layer.first].push_back(layer.second);
    return kinds;
}

// The same share of every kind's layers, drawn anew until the scalars are as many as the plan freezes, within a hundredth of
// the network. Drawing single tensors until they fit would always end with all the small ones frozen.
FreezePlan randomPlan(const ModelSummary& model, std::int64_t scalars, int subset) {
    const auto parameters = model.allParameters();
    const auto total = countFrozen(parseFreezePlan("none"), model).total;
    const auto kinds = layersByKind(parameters);
    const double share = double(scalars) / double(total);
    std::mt19937_64 random{std::uint64_t(subset)};
    std::vector<bool> best;
    std::int64_t bestOff = total;
    for (int draw = 0; draw < kMostDraws && bestOff > total / 100; ++draw) {
        std::vector<bool> mask(parameters.size());
        std::int64_t frozen = 0;
        for (auto [kind, layers] : kinds) {
            // Fisher and Yates by hand: std::shuffle differs between standard libraries.
            for (std::size_t i = layers.size(); i > 1; --i) std::swap(layers[i - 1], layers[random() % i]);
            const auto count = std::size_t(std::lround(share * double(layers.size())));
            for (std::size_t l = 0; l < count; ++l)
                for (const auto i : layers[l]) {
                    mask[i] = true;
                    frozen += parameters[i].count;
                }
        }
        if (const auto off = std::abs(frozen - scalars); off < bestOff) {
            bestOff = off;
            best = std::move(mask);
        }
    }
    return planForMask(model, best);
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
        plans.push_back({"random-" + std::to_string(subset), randomPlan(model, size, subset), subset});
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
    std::vector<StudyJob> jobs{{kOriginalOneStep, DistanceJob{{}, {}, request.scale.images}},
                               {kOriginalManySteps, DistanceJob{{{}, SamplerConfig{}}, {}, request.scale.images}}};
    // One seed: a single subset shows how it is done.
    const int subsets = request.scale.seeds == 1 ? 1 : kRandomSubsets;
    const auto plans = plansOf(model);
    for (int seed = 1; seed <= std::max(request.scale.seeds, subsets); ++seed)
        for (const auto& plan : plans) {
            const bool random = plan.subset > 0;
            if (!request.wants(plan.name) || !plan.runsWith(seed) ||
                (random ? seed > subsets : seed > request.scale.seeds))
                continue;
            auto config = comparedSettings("gan");
            config.freeze = plan.plan;
            auto job = jobOfLength(config, request.scale, seed, request.precision);
            job.config.fidEveryKimg = request.scale.kimg / kCurvePoints;
            jobs.push_back({seedName(plan.name, seed), job});
        }
    return jobs;
}

// Of a random subset its one run, whatever its seed.
std::vector<const TrainingResult*> runsOfPlan(const StudyState& state, const NamedPlan& plan) {
    std::vector<const TrainingResult*> runs;
    for (int seed = 1; seed <= std::max(state.request.scale.seeds, plan.subset); ++seed)
        if (const auto* run = resultOf<TrainingResult>(state.results, seedName(plan.name, seed));
            run && plan.runsWith(seed))
            runs.push_back(run);
    return runs;
}

StudyReport freezingReport(const StudyState& state) {
    StudyReport report;
    report.title = "The GAN objective under freeze plans";
    report.paragraphs = {"After " + shortNumber(state.request.scale.kimg) +
                         " kimg of the GAN objective with the settings of `d2o-f`, "
                         "which were not tuned for the other plans. Before: " +
                         shownSpread(spreadOf({distanceNamed(state.results, kOriginalOneStep)})) + " in one step, " +
                         shownSpread(spreadOf({distanceNamed(state.results, kOriginalManySteps)})) +
                         " in 18 Heun steps. " + measureSentence(state.results)};
    ReportTable table{
        "freezing", "Distance by plan", {"plan", "frozen scalars", "distance", "runs", "seconds a run"}, {}};
    ReportChart images{"by-images", "Distance against images", "kimg", "distance", false, true, {}};
    ReportChart seconds{"by-seconds", "Distance against seconds of training", "seconds", "distance", false, true, {}};
    ReportChart percent{
        "by-percent", "Distance against what is frozen", "frozen, percent of G", "distance", false, true, {}};
    std::vector<double> random;
    for (const auto& plan : plansOf(state.model)) {
        const auto runs = runsOfPlan(state, plan);
        if (runs.empty()) continue;
        const double frozen = countFrozen(plan.plan, state.model).percent();
        std::vector<double> distances, took;
        std::vector<std::string> folders;
        for (const auto* run : runs) {
            distances.push_back(run->distance());
            took.push_back(run->seconds);
            folders.push_back(run->folder);
            if (plan.subset > 0) random.push_back(run->distance());
        }
        const auto spread = spreadOf(distances);
        table.add({plan.name, fixedNumber(frozen, 2) + " %", shownSpread(spread), std::to_string(runs.size()),
                   fixedNumber(spreadOf(took).mean, 0)},
                  folders);
        percent.series.push_back({plan.name, {frozen}, {spread.mean}, {spread.deviation}, folders});
        if (plan.subset > 0) continue;
        images.series.push_back(curveOf(state, plan.name));
        seconds.series.push_back(curveOf(state, plan.name, &StudyPoint::seconds));
    }
    report.tables.push_back(std::move(table));
    for (auto* chart : {&images, &seconds, &percent}) chart->lines = manyStepsLine(state.results);
    report.charts = {images, seconds, percent};

    const auto none = spreadOf(distancesOf(state, "none")), d2of = spreadOf(distancesOf(state, "d2o-f"));
    const auto others = spreadOf(random);
    report.claims = {{"Freezing most of the U-Net (D2O-F) makes a better one-step generator than fine-tuning all of it "
                      "(D2O), at equal images and with the settings of D2O-F.",
                      lowerVerdict(d2of, none), comparedText("d2o-f", d2of, "none", none)},
                     {"It matters which weights are frozen: D2O-F is better than random subsets of its size.",
                      lowerVerdict(d2of, others), comparedText("d2o-f", d2of, "random subsets", others)}};
    report.notes = {
        "`first-half` and `last-half` count the scalars in the order of the network's parameters. `random-1` and so on "
        "freeze, "
        "in each kind of layer, as large a share of the layers as D2O-F does of all scalars, drawn at random, and in "
        "all as "
        "many scalars within 1 % of the network; each is one run with a seed of its own, because the subset is what is "
        "repeated.",
        "Learning rates were looked for under `d2o-f` alone; the other plans might do better with others."};
    return report;
}

}  // namespace

StudyKind freezingStudy() {
    return {"freezing",    "what freezing does: plans from nothing to nearly everything, and random subsets",
            {1, 1, 500},   {10, 3, 5000},
            planNames,     freezingJobs,
            freezingReport};
}

}  // namespace thaw
