// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/content_hash.h"
#include "core/values/data_fit.h"
#include "core/values/dataset_options.h"
#include "core/values/error.h"
#include "core/values/model_card.h"
#include "core/values/model_summary.h"
#include "core/values/progress.h"
#include "core/values/sample_request.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// Where and how to compute.
struct ComputeOptions {
    std::string device = "auto";  ///< `auto`, `cpu`, `cuda`, `cuda:1`
    Precision precision = Precision::Auto;
    int threads = 0;        ///< CPU threads, 0 = all cores
    std::string resources;  ///< folder of the embedded model; empty = where the program was built or installed
};

/// The open work: data set, original denoiser, tuned generator and its trainer. Headless; the window and the command
/// line call the same functions. Not thread-safe: everything, construction and destruction too, happens on one
/// compute thread. No torch type appears here, so that callers need no torch header. All functions throw Error.
class Session {
public:
    explicit Session(const ComputeOptions& options = {});
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// A Session with nothing open that computes where and how this one does, on the same thread. The number of CPU threads,
    /// which holds for the whole process, is not set a second time.
    std::unique_ptr<Session> another() const;

    /// e.g. "CPU, 2 threads, bf16"
    std::string computeTitle() const;

    /// `builtin`, a `.safetensors` model file or a run folder (its newest EMA snapshot). The tuned generator is
    /// discarded unless a run is going, in which case this throws Configuration.
    /// Cancelled or failed, it changes nothing.
    ModelSummary openModel(const std::string& path, const Progress& progress = {});
    /// Anything `openDataset` (core/data/open_dataset.h) knows, by content: `builtin`, zips and folders of images, IDX,
    /// CIFAR, .npy and .npz. The notes of the summary say what was left out. The data open so far stay when it throws.
    DataSummary openData(const std::string& path, const DatasetOptions& options = {}, const Progress& progress = {});
    const ModelSummary& model() const;
    const ModelCard& modelCard() const;
    /// SHA-256 of the open model's file, as a run folder records it; who has time may compute it before, piece by piece.
    FileHash& modelHash();
    const DataSummary& data() const;

    SampleColumn sample(const SampleRequest& request, const Progress& progress = {});
    /// One image's way through the original model's Heun sampler.
    Trajectory trajectory(const TrajectoryRequest& request, const Progress& progress = {});

    /// Creates a new numbered folder `0000-d2o-f` below `runsFolder` (never an existing one) and the trainer; no step
    /// is taken. Throws Configuration naming every problem: first what `fitOf` says of model and data, then the settings.
    void startRun(const FinetuneConfig& config, const std::string& runsFolder);
    /// As startRun, into exactly this folder, which must not exist or be empty.
    void startRunIn(const FinetuneConfig& config, const std::string& runFolder);
    /// Continues the run in that folder from its newest snapshot, bit for bit on the CPU; `kimg` may extend it.
    void resumeRun(const std::string& runFolder, std::optional<double> kimg = {});
    bool hasRun() const;    ///< between startRun and finishRun
    bool hasTuned() const;  ///< a tuned generator exists (also after finishRun)
    const std::string& runFolder() const;
    const FinetuneConfig& runConfig() const;

    /// One step: G, D, R1 when due, EMA; appends to stats.jsonl. Throws Diverged, after which the run is over and the
    /// last good snapshot stands.
    /// `part`: both players as the method does, or one of them alone.
    StepMetrics step(StepPart part = StepPart::Both);
    bool runComplete() const;  ///< the configured kimg are reached
    bool fidWorks() const;     ///< model and data are of the kind the feature network takes
    bool fidDue() const;       ///< fidEveryKimg says a measurement should be taken now
    bool snapshotDue() const;
    void setFreeze(const FreezePlan& plan);  ///< from the next step on; logged as an event

    /// Fréchet distance of the tuned generator's EMA, in pieces so that pause and stop fall in between: beginFid once,
    /// then continueFid (about 100 images a call) until it returns a value. The value is logged in the run folder.
    void beginFid(int images);
    std::optional<FidPoint> continueFid();
    /// The same for the original model at one step: the "before" line of the FID curve. In one call, with progress.
    FidPoint originalFid(int images, const Progress& progress = {});

    /// Lets go of everything that can be made again (models beside the open one, measured references, the allocators'
    /// caches; on CUDA the cache of freed blocks, most of which are activations of training). Returns the MiB that the
    /// system has back: resident memory, and device memory where it can be asked for. The next step is the same bit for bit.
    double releaseMemory();

    void saveSnapshot();                 ///< whole or not at all: temporary file, fsync, rename
    void finishRun(RunOutcome outcome);  ///< saves (unless failed or diverged) and closes the run folder

    /// The inside (core/session/session_impl.h, for core alone): what core/lab measures is in there.
    struct Impl;
    Impl& impl() { return *impl_; }
    const Impl& impl() const { return *impl_; }

private:
    explicit Session(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> impl_;
};

}  // namespace thaw
