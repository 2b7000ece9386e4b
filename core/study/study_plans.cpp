// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_plans.h"

#include "core/study/study_kinds.h"
#include "core/values/number_text.h"
#include "core/values/significance.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw {
namespace {

// `gan-lr0.001-b0-seed1001`: its seeds begin where no reported ones are.
bool isTrial(const std::string& job) {
    const auto at = job.rfind("-seed");
    return at != std::string::npos && job.size() - at > 5 + 3;
}

}  // namespace

bool StudyRequest::wants(const std::string& row) const {
    return only.empty() || std::find(only.begin(), only.end(), row) != only.end();
}

const std::vector<StudyKind>& studyKinds() {
    static const std::vector<StudyKind> kinds = {objectivesStudy(),  freezingStudy(), dataEfficiencyStudy(),
                                                 localMinimaStudy(), pairingStudy(),  frequencyStudy()};
    return kinds;
}

const StudyKind* studyKind(const std::string& word) {
    for (const auto& kind : studyKinds())
        if (word == kind.word) return &kind;
    return nullptr;
}

std::string seedName(const std::string& row, int seed) { return row + "-seed" + std::to_string(seed); }

TrainingJob jobOfLength(FinetuneConfig config, const StudyScale& scale, int seed, Precision precision) {
    config.kimg = scale.kimg;
    config.fidImages = scale.images;
    config.fidEveryKimg = 0;
    config.seed = std::uint64_t(seed);
    if (precision != Precision::Auto) config.precision = precision;
    return {config};
}

std::vector<double> distancesOf(const StudyState& state, const std::string& row) {
    std::vector<double> distances;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed) {
        const auto* result = resultOf<TrainingResult>(state.results, seedName(row, seed));
        distances.push_back(result ? result->distance() : std::numeric_limits<double>::quiet_NaN());
    }
    return distances;
}

std::vector<std::string> runsOf(const StudyState& state, const std::string& row) {
    std::vector<std::string> runs;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
        if (const auto* result = resultOf<TrainingResult>(state.results, seedName(row, seed)))
            runs.push_back(result->folder);
    return runs;
}

ReportSeries curveOf(const StudyState& state, const std::string& row, double StudyPoint::*along) {
    ReportSeries series{row, {}, {}, {}, runsOf(state, row)};
    std::vector<const TrainingResult*> runs;
    for (int seed = 1; seed <= state.request.scale.seeds; ++seed)
        if (const auto* run = resultOf<TrainingResult>(state.results, seedName(row, seed)); run && !run->diverged)
            runs.push_back(run);
    if (runs.empty()) return series;
    for (std::size_t i = 0; i < runs.front()->points.size(); ++i) {
        std::vector<double> x, y;
        for (const auto* run : runs)
            if (i < run->points.size()) {
                x.push_back(run->points[i].*along);
                y.push_back(run->points[i].distance);
            }
        const auto spread = spreadOf(y);
        series.x.push_back(spreadOf(x).mean);
        series.mean.push_back(spread.mean);
        series.deviation.push_back(spread.deviation);
    }
    return series;
}

double distanceNamed(const StudyResults& results, const std::string& name) {
    const auto* result = resultOf<DistanceResult>(results, name);
    return result ? result->distance : std::numeric_limits<double>::quiet_NaN();
}

std::vector<ReportLine> manyStepsLine(const StudyResults& results) {
    return {{distanceNamed(results, kOriginalManySteps), "original, 18 steps"}};
}

StudyReport studyReport(const StudyKind& kind, const StudyState& state, const std::string& provenance) {
    auto report = kind.report(state);
    const auto jobs = kind.jobs(state);
    const auto done =
        std::count_if(jobs.begin(), jobs.end(), [&](const StudyJob& job) { return state.results.count(job.name) > 0; });
    if (!provenance.empty()) report.paragraphs.push_back(provenance);
    if (std::size_t(done) == jobs.size()) return report;
    report.paragraphs.insert(report.paragraphs.begin(),
                             "Not complete: " + std::to_string(done) + " of " + std::to_string(jobs.size()) +
                                 " runs and measurements are there, and nothing is judged before all are.");
    for (auto& claim : report.claims) {
        claim.verdict = Verdict::CannotTell;
        claim.number = "So far: " + claim.number;
    }
    return report;
}

std::string measureSentence(const StudyResults& results) {
    for (const auto& [name, result] : results) {
        if (isTrial(name)) continue;
        const Measure* measure = nullptr;
        if (const auto* training = std::get_if<TrainingResult>(&result); training && !training->points.empty())
            measure = &training->measure;
        else if (const auto* distance = std::get_if<DistanceResult>(&result)) measure = &distance->measure;
        if (measure)
            return "Distance: " + measureTitle(*measure) + "; ± is one standard deviation over seeds of training.";
    }
    return "No distance was measured yet.";
}

Verdict lowerVerdict(const Spread& a, const Spread& b, int comparisons) {
    if (a.diverged + b.diverged > 0) {
        const auto whole = [](const Spread& s) { return s.count >= kFewestSeeds && s.diverged == 0; };
        const auto none = [](const Spread& s) { return s.count == 0 && s.diverged >= kFewestSeeds; };
        return whole(a) && none(b) ? Verdict::Agrees : none(a) && whole(b) ? Verdict::Disagrees : Verdict::CannotTell;
    }
    if (std::min(a.count, b.count) < kFewestSeeds || !(sameMean(a, b) < kSignificanceLevel / comparisons))
        return Verdict::CannotTell;
    return a.mean < b.mean ? Verdict::Agrees : Verdict::Disagrees;
}

std::string comparedText(const std::string& nameA, const Spread& a, const std::string& nameB, const Spread& b) {
    const double p = sameMean(a, b);
    return nameA + " " + shownSpread(a) + ", " + nameB + " " + shownSpread(b) +
           (std::isnan(p) ? "; a test needs two seeds of each" : ", " + shownP(p)) + ".";
}

}  // namespace thaw
