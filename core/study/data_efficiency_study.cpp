// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/gan_trials.h"
#include "core/study/study_kinds.h"
#include "core/values/number_text.h"
#include "core/values/significance.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr std::int64_t kSizes[] = {0, 500, 2000, 10000};  // 0 = all
constexpr double kPaperRatio =
    0.79;                   // FID of D2O-F after 5 M images over its teacher's, CIFAR-10 (Zheng & Yang, table 1)
constexpr int kPoints = 8;  // measurements on the way of a run
constexpr double kSubsetShare = 0.25;  // of the length, for parts of the training set

std::string sizeName(std::int64_t size) { return size == 0 ? "all" : "images-" + std::to_string(size); }

std::vector<std::string> sizeNames(const StudyRequest&) {
    std::vector<std::string> names;
    for (const auto size : kSizes) names.push_back(sizeName(size));
    return names;
}

// Of subsets as long as it takes to see each image many times; the points on the way of `all` lie at the same lengths.
double kimgOf(const StudyRequest& request, std::int64_t size) {
    return size == 0 ? request.scale.kimg : request.scale.kimg * kSubsetShare;
}

bool isSettled(const StudyState& state) {
    if (!state.request.tune) return true;
    for (const auto& job : ganTrialJobs(state.request))
        if (!state.results.count(job.name)) return false;
    return true;
}

FinetuneConfig efficiencySettings(const StudyState& state) {
    const auto best = state.request.tune ? bestGanTrial(state) : std::nullopt;
    return best ? best->second : comparedSettings("gan");
}

std::vector<StudyJob> efficiencyJobs(const StudyState& state) {
    const auto& request = state.request;
    std::vector<StudyJob> jobs{{kOriginalOneStep, DistanceJob{{}, {}, request.scale.images}},
                               {kOriginalManySteps, DistanceJob{{{}, SamplerConfig{}}, {}, request.scale.images}}};
    if (request.tune)
        for (auto& job : ganTrialJobs(request)) jobs.push_back(std::move(job));
    if (!isSettled(state)) return jobs;
    for (int seed = 1; seed <= request.scale.seeds; ++seed)
        for (const auto size : kSizes) {
            if (!request.wants(sizeName(size))) continue;
            auto scale = request.scale;
            scale.kimg = kimgOf(request, size);
            auto job = jobOfLength(efficiencySettings(state), scale, seed, request.precision);
            job.config.fidEveryKimg = request.scale.kimg / kPoints;
            job.trainingImages = size;
            jobs.push_back({seedName(sizeName(size), seed), job});
        }
    return jobs;
}

StudyReport efficiencyReport(const StudyState& state) {
    StudyReport report;
    report.title = "Distance against images seen and against the training set's size";
    const double teacher = distanceNamed(state.results, kOriginalManySteps);
    report.paragraphs = {"D2O-F, " + shortNumber(state.request.scale.kimg) + " kimg. The original: one step " +
                         shownSpread(spreadOf({distanceNamed(state.results, kOriginalOneStep)})) + ", 18 Heun steps " +
                         shownSpread(spreadOf({teacher})) + ". " + measureSentence(state.results)};
    ReportTable table{"data-efficiency",
                      "Distance at the end",
                      {"training images", "kimg", "distance", "of the teacher's", "precision", "recall"},
                      {}};
    ReportChart chart{"by-images", "Distance against images seen", "kimg", "distance", false, true, {}};
    ReportChart sizes{
        "by-size", "Distance against the size of the training set", "training images", "distance", true, true, {}};
    ReportSeries bySize{"d2o-f", {}, {}, {}};
    Spread whole;
    for (const auto size : kSizes) {
        const auto row = sizeName(size);
        const auto spread = spreadOf(distancesOf(state, row));
        if (size == 0) whole = spread;
        if (spread.isEmpty()) continue;
        std::vector<double> precision, recall;
        for (int seed = 1; seed <= state.request.scale.seeds; ++seed) {
            const auto* run = resultOf<TrainingResult>(state.results, seedName(row, seed));
            if (!run) continue;
            if (run->precision) precision.push_back(*run->precision);
            if (run->recall) recall.push_back(*run->recall);
        }
        table.add({size == 0 ? "all" : std::to_string(size), shortNumber(kimgOf(state.request, size)),
                   shownSpread(spread), shownSpread(spreadOf({spread.mean / teacher})),
                   shownSpread(spreadOf(precision)), shownSpread(spreadOf(recall))},
                  runsOf(state, row));
        chart.series.push_back(curveOf(state, row));
        if (size == 0) continue;  // how many all are is the data's business
        bySize.x.push_back(double(size));
        bySize.mean.push_back(spread.mean);
        bySize.deviation.push_back(spread.deviation);
        for (const auto& run : runsOf(state, row)) bySize.runs.push_back(run);
    }
    sizes.series.push_back(std::move(bySize));
    report.tables.push_back(std::move(table));
    if (state.request.tune) report.tables.push_back(ganTrialTable(state));
    for (auto* drawn : {&chart, &sizes}) drawn->lines = manyStepsLine(state.results);
    report.charts = {std::move(chart), std::move(sizes)};
    const double ratio = whole.mean / teacher, p = meanIs(whole, teacher);
    const bool sure = whole.count >= kFewestSeeds && whole.diverged == 0 && p < kSignificanceLevel;
    report.claims = {
        {"After few images (0.2 M in the paper's ablation) one step of D2O-F is better than 18 steps of its teacher.",
         !sure       ? Verdict::CannotTell
         : ratio < 1 ? Verdict::Agrees
                     : Verdict::Disagrees,
         std::isfinite(ratio)
             ? "One step has " + fixedNumber(ratio, 2) + " times the distance of the teacher's 18 Heun steps after " +
                   shortNumber(state.request.scale.kimg) + " kimg" +
                   (std::isnan(p) ? "; a test needs two seeds" : ", " + shownP(p)) + ". The paper reports " +
                   shortNumber(kPaperRatio) + " on CIFAR-10 after 5 M images."
             : "Not measured yet."}};
    report.notes = {
        "The subset of a smaller training set is another one for each seed. The teacher was trained on all images.",
        state.request.tune
            ? "Settings were chosen by runs of " + shortNumber(state.request.tuning.kimg) +
                  " kimg of other seeds on all images, and are not tuned for small sets. A classifier that D "
                  "looks through is another one than that of the distance."
            : std::string("Settings are those of D2O-F on all images and are not tuned for small sets.")};
    return report;
}

}  // namespace

StudyKind dataEfficiencyStudy() {
    return {"data-efficiency", "distance against images seen and against the size of the training set",
            {1, 1, 500},       {200, 3, 5000},
            sizeNames,         efficiencyJobs,
            efficiencyReport};
}

}  // namespace thaw
