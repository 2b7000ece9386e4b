// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/resume_options.h"
#include "core/values/freeze_plan.h"
#include "core/values/progress.h"
#include "core/values/run_record.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

class Finetuner;
class OpenFiles;

/// The fine-tuning run on the open files: its trainer, its folder and its live figures; after it, the tuned generator.
/// Part of a Session, whose rules on threads hold here too. All functions throw Error.
class TrainingRun {
public:
    /// Works on `files`, which must outlive it, and answers there for the tuned generator. One at a time for the same files.
    explicit TrainingRun(OpenFiles& files);
    ~TrainingRun();
    TrainingRun(const TrainingRun&) = delete;
    TrainingRun& operator=(const TrainingRun&) = delete;

    /// Creates a new numbered folder `0000-d2o-f` below `runsFolder` (never an existing one) and the trainer; no step
    /// is taken. Throws Configuration naming every problem: first what `fitOf` says of model and data, then the settings.
    void start(const FinetuneConfig& config, const std::string& runsFolder);
    /// As start, into exactly this folder, which must not exist or be empty.
    void startIn(const FinetuneConfig& config, const std::string& runFolder);
    /// Continues the run in that folder from its newest snapshot with its own precision and number of threads, unless the
    /// options ask for others: in the same environment (RunEnvironment) bit for bit on the CPU. Throws OtherInput, and
    /// changes nothing, where the open model, the open data or the precision asked for are others than the run's own.
    void resume(const std::string& runFolder, const ResumeOptions& options = {});
    /// What is to be said of the last resume: where "bit for bit" ends, and what could not be checked. Sentences.
    const std::vector<std::string>& notes() const;
    /// What went wrong beside the run and does not end it (TensorBoard's file cannot be written), once; empty otherwise.
    std::string takeRemark();
    /// Where and how the run computes; empty without a run.
    RunEnvironment environment() const;
    bool hasRun() const;       ///< between start and finish
    bool hasTuned() const;     ///< a tuned generator exists (also after finish, and of a run that is looked at)
    double tunedKimg() const;  ///< thousand images it has seen; 0 without one
    const std::string& folder() const;
    const FinetuneConfig& config() const;  ///< of the run, or of the one that is looked at

    /// One piece of a step (Finetuner::advance): G, D, R1 when due, EMA; true with its last piece. Pause, samples and
    /// measurements fall between the micro-batches of a step that takes long. Throws Diverged, after which the run is over
    /// and the last good snapshot stands. `part`: both players as the method does, or one of them alone.
    bool advance(StepPart part = StepPart::Both);
    /// What steps had to tell that was not taken yet, in order; it is in stats.jsonl already. On a GPU the last step's
    /// follows with the next one, or after settle, which waits for it; saving, freezing and measuring settle first.
    std::vector<StepMetrics> takeMetrics();
    void settle();
    /// A whole step, and what it has to tell.
    StepMetrics step(StepPart part = StepPart::Both);
    std::int64_t steps() const;  ///< done so far
    bool inStep() const;         ///< saving, freezing and finishing take the open step to its end first
    void endStep();              ///< the same on demand; nothing where none is open
    bool isComplete() const;     ///< the configured kimg are reached
    bool fidWorks() const;       ///< model and data have a measure under the run's choice (before a run: `auto`)
    /// Why a run with this choice on what is open would measure no quality, in a sentence; empty where it would.
    std::string missingMeasure(const MeasureChoice& choice) const;
    bool fidDue() const;                     ///< fidEveryKimg says a measurement should be taken now
    bool snapshotDue() const;                ///< a snapshot, or the safeguard in between (core/session/save_schedule.h)
    void setFreeze(const FreezePlan& plan);  ///< from the next step on; logged as an event
    /// Learning rates of G and of D from the next step on; absent ones stay. Logged as an event, and kept by a resume.
    void setRates(std::optional<double> g, std::optional<double> d);

    /// Fréchet distance of the tuned generator's EMA, in pieces so that pause and stop fall in between: beginFid once,
    /// then continueFid (about 100 images a call) until it returns a value. The value is logged in the run folder.
    void beginFid(int images);
    std::optional<FidPoint> continueFid();
    double fidShare() const;  ///< done of it, 0 .. 1
    void dropFid();           ///< gives it up; the next one is due as if it had been taken
    /// The same for the original model at one step: the "before" line of the curve. In one call, with progress. Without a
    /// choice that of the run, before one `auto`.
    FidPoint originalFid(int images, const Progress& progress = {});
    /// ..., in pieces as beginFid and continueFid.
    void beginOriginalFid(int images);
    std::optional<FidPoint> continueOriginalFid();
    double originalFidShare() const;  ///< done of it, 0 .. 1
    FidPoint originalFid(const MeasureChoice& choice, int images, const Progress& progress = {});

    void saveSnapshot();  ///< whole or not at all: temporary file, fsync, rename
    /// Writes the snapshot, with its grid of samples, or the safeguard that is due. True where it was a snapshot: the file
    /// of a safeguard goes with the next save.
    bool saveWhatIsDue();
    void finish(RunOutcome outcome);  ///< saves (unless failed or diverged) and closes the run folder
    /// Saves and closes the run folder as that of an interrupted run: who leaves while a run goes on is asked at the next
    /// start whether it shall go on (running_mark.h).
    void suspend();

private:
    void train(const std::function<void(Finetuner&)>& work);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace thaw
