// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_job.h"
#include "core/study/study_result.h"
#include "core/study/study_statistics.h"
#include "core/values/model_summary.h"
#include "core/values/study_report.h"

#include <string>
#include <vector>

namespace thaw {

/// How long the runs of a study are, how many there are of each, and by how many images they are measured.
struct StudyScale {
    double kimg = 2;
    int seeds = 1;
    int images = 1000;
};

/// What is asked of a study.
struct StudyRequest {
    StudyScale scale;
    bool tune = false;  ///< first look for the settings of every objective, on StudyReference::Validation
    StudyScale tuning{5, 2, 2000};
    std::vector<int> tuneLevels;    ///< only these N; empty = all
    std::vector<std::string> only;  ///< rows by name; empty = all
    bool further = false;           ///< objectives: the rows beside one an objective too
    std::string backbone;           ///< data-efficiency with `tune`: a classifier for D to look through, tried too
    Precision precision = Precision::Auto;

    bool wants(const std::string& row) const;
};

/// What a plan and a report are made from. `results` holds what is known so far.
struct StudyState {
    const StudyRequest& request;
    const ModelSummary& model;
    const StudyResults& results;
};

/// A study: a list of jobs and a report over their results, both pure functions. `jobs` names all that is known to be
/// needed; where later jobs hang on earlier results (settings that are looked for) they appear with them. Any part of the
/// results makes a report.
struct StudyKind {
    const char* word;
    const char* question;
    StudyScale quick, full;
    std::vector<std::string> (*rows)(const StudyRequest&);
    std::vector<StudyJob> (*jobs)(const StudyState&);
    /// Of all rows that `results` knows, whatever `request.only` says; by studyReport, which says how far it is.
    StudyReport (*report)(const StudyState&);
};

/// The report of what is known so far, of all rows. Until what is asked for (`state.request`, which may name a few rows) is
/// complete the first paragraph says how far it is, and every claim is open. `provenance`: model, data and machine in a sentence.
StudyReport studyReport(const StudyKind& kind, const StudyState& state, const std::string& provenance);

/// The one table of them.
const std::vector<StudyKind>& studyKinds();
/// Null for other words.
const StudyKind* studyKind(const std::string& word);

/// `gan-seed1`.
std::string seedName(const std::string& row, int seed);
/// A copy with the request's length, seed and precision.
TrainingJob jobOfLength(FinetuneConfig config, const StudyScale& scale, int seed, Precision precision);
/// Distances at the end of a row's runs, one a seed; not a number where there is none yet.
std::vector<double> distancesOf(const StudyState& state, const std::string& row);
/// Folders of a row's runs within the study's, as far as they were run.
std::vector<std::string> runsOf(const StudyState& state, const std::string& row);
/// A row's distances on the way, mean and deviation over the seeds that did not diverge, against images seen or another value.
ReportSeries curveOf(const StudyState& state, const std::string& row, double StudyPoint::*along = &StudyPoint::kimg);
/// The distance of a DistanceJob; not a number where there is none yet.
double distanceNamed(const StudyResults& results, const std::string& name);
/// The model itself, in one step and in 18, where DistanceJobs of these names were run; the latter as a line across charts.
inline constexpr char kOriginalOneStep[] = "original-one-step";
inline constexpr char kOriginalManySteps[] = "original-18-steps";
std::vector<ReportLine> manyStepsLine(const StudyResults& results);
/// What all distances of a report are, in a sentence: from the first result that says so and is no trial of a search.
std::string measureSentence(const StudyResults& results);
/// Fewest seeds on a side for a verdict: with two, the spread itself is hardly known.
inline constexpr int kFewestSeeds = 3;
/// Whether `a` is lower than `b`: agrees or disagrees where both have kFewestSeeds and Welch's test over the seeds finds a
/// difference (p < 0.05 / `comparisons`, Bonferroni's bound where one claim makes several). Where all runs of one side diverged
/// and none of the other, that side is the higher one; where only some did, nothing can be told.
Verdict lowerVerdict(const Spread& a, const Spread& b, int comparisons = 1);
/// `gan 4.05 ± 0.14, cd 5.43 ± 0.07, p = 0.003`.
std::string comparedText(const std::string& nameA, const Spread& a, const std::string& nameB, const Spread& b);

}  // namespace thaw
