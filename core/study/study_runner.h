// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/study/job_claim.h"
#include "core/study/study_job.h"
#include "core/study/study_result.h"
#include "core/study/teacher_images.h"
#include "core/values/dataset_options.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace thaw {

/// What a study is about and where its runs, results and report lie.
struct StudyPlace {
    std::string folder;
    std::string model = "builtin", data = "builtin";
    DatasetOptions dataOptions;
    MeasureChoice measure;  ///< features and the reference of StudyReference::Test
    ComputeOptions compute;
};

/// What is going on: the job's name and the share of it that is done. False stops, after the run is saved.
using StudyProgress = std::function<bool(const std::string& job, double share)>;

/// Runs the jobs of studies in one folder and keeps their results:
///
///     runs/NAME-KEY/         a training run, as `thaw-cli finetune` writes it
///     results/NAME-KEY.json  what a job came to, written whole when it is done
///
/// KEY is taken of everything that decides the result: the job's settings, the checksums of model and data, the keys of the
/// runs it needs, precision and the version of the protocol. So nothing is run twice, a job whose settings change is run
/// anew, and results of different settings are never mixed. Runs that were only made to choose settings keep their log
/// alone. A run that was interrupted goes on from its newest snapshot.
class StudyRunner {
public:
    /// Opens model and data. Throws what openModel and openData throw, and Configuration where they do not fit together.
    explicit StudyRunner(const StudyPlace& place, const Progress& reading = {});

    /// The results there are among these jobs, from files.
    StudyResults known(const std::vector<StudyJob>& jobs) const;
    /// Takes a job for this process, which several on one folder share: nothing where another one has it, or where a run that
    /// it looks at is not done yet.
    std::optional<JobClaim> claim(const StudyJob& job, const std::vector<StudyJob>& jobs) const;
    /// Runs one job of `jobs`, which holds the runs it needs too, unless its result is known. Throws Interrupted where
    /// progress said so, Configuration where a run that it needs was not run; a run that diverges is a result.
    StudyResult run(const StudyJob& job, const std::vector<StudyJob>& jobs, const StudyProgress& progress = {});

    const ModelSummary& model() const { return session_.files().model(); }
    const DataSummary& data() const { return session_.files().data(); }
    const std::string& modelHash() const { return modelHash_; }
    const std::string& dataHash() const { return dataHash_; }
    /// Contents of features and reference, as they go into keys.
    const std::string& measureKey() const { return measureKey_; }
    std::string precision() const { return session_.environment().precision; }
    /// Model, data and machine of what is run now, in a sentence.
    std::string provenance() const;
    /// Notes of opening, for the user.
    const std::vector<std::string>& notes() const { return session_.files().data().notes; }

private:
    const std::string& networkContents(const std::string& network) const;
    std::string keyOf(const StudyJob& job, const std::vector<StudyJob>& jobs) const;
    std::string resultFile(const StudyJob& job, const std::vector<StudyJob>& jobs) const;
    std::string runFolder(const std::string& name, const std::vector<StudyJob>& jobs) const;
    std::string modelOf(const StudyGenerator& generator, const std::vector<StudyJob>& jobs) const;
    std::string validationReference();
    TeacherImages teacherImages(const SamplerConfig& sampler, int count) const;
    void openSubset(std::int64_t images, std::uint64_t seed);

    StudyResult runWork(const TrainingJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                        const StudyProgress& progress);
    StudyResult runWork(const DistanceJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                        const StudyProgress& progress);
    StudyResult runWork(const PairingJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                        const StudyProgress& progress);
    StudyResult runWork(const ResponsesJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                        const StudyProgress& progress);
    StudyResult runWork(const ImagePowerJob& job, const std::string& name, const std::vector<StudyJob>& jobs,
                        const StudyProgress& progress);

    StudyPlace place_;
    Session session_;
    std::string modelHash_, dataHash_, measureKey_;
    std::int64_t openImages_ = 0;                          // of the data that are open; 0 = all
    mutable std::map<std::string, std::string> contents_;  // of networks, by path
    std::uint64_t openSeed_ = 0;                           // ... of which subset
};

}  // namespace thaw
