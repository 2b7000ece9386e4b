// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/data_hash.h"
#include "core/data/dataset.h"
#include "core/device/compute_device.h"
#include "core/io/model_file.h"
#include "core/metrics/fid_measurement.h"
#include "core/session/open_files.h"
#include "core/train/finetuner.h"
#include "core/values/model_choice.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// What was made from the open files and goes with them: the run and its tuned generator (training_run.cpp). OpenFiles
/// asks for them here, so that it need not know who trains.
class DependentWork {
public:
    virtual ~DependentWork() = default;
    virtual bool isRunning() const = 0;      ///< nothing else may be opened meanwhile
    virtual bool isMeasuring() const = 0;    ///< a measurement under way needs the measured reference
    virtual Finetuner* trainer() const = 0;  ///< its EMA is the tuned generator; null without one
    virtual void discard() = 0;              ///< other files are opened: the tuned generator and its measurement go
};

/// The generator of a run that is looked at (core/session/run_opening.h): nobody trains it.
struct LookedAtRun {
    Denoiser generator;
    TrainedSampler sampling;
    FinetuneConfig config;
    double kimg = 0;
};

/// The inside of OpenFiles, shared by open_files.cpp, the run on them and core/lab (what is measured in it).
struct OpenFiles::Impl {
    struct ChosenModel {
        Denoiser denoiser;
        std::string title;
        TrainedSampler sampling{};
        std::string file{};  ///< that it was read from: of a run folder the newest snapshot then
        double kimg = 0;     ///< thousand images that it has seen, where its file says so
    };

    ComputeDevice compute;
    LoadedModel original;
    ModelSummary modelSummary;
    ModelCard modelCard;
    FileHash modelHash;                                       // of the card's file
    std::vector<std::pair<std::string, ChosenModel>> others;  // models beside the open one, the latest used last
    Dataset data;
    DataSummary dataSummary;
    DatasetOptions dataOptions;
    DataHash dataHash;
    std::shared_ptr<FidReference> fidReference;  // made on first use; a measurement under way holds it too
    DependentWork* dependent = nullptr;          // who trains on the files, if anybody does
    std::optional<LookedAtRun> looked;           // made from the open model; a run that is trained comes before it

    void requireModelAndData() const {
        if (!original.denoiser || !data.images.defined())
            throw Error(ErrorCode::Configuration, "No model or no data set is open.",
                        "Open a model and a data set first.");
    }
    void requireModel() const {
        if (!original.denoiser) throw Error(ErrorCode::Configuration, "No model is open.", "Open a model first.");
    }
    void requireData() const {
        if (!data.images.defined())
            throw Error(ErrorCode::Configuration, "No data set is open.", "Open a data set first.");
    }
    void discardDependent() {
        if (dependent) dependent->discard();
    }
    Finetuner* trainer() const { return dependent ? dependent->trainer() : nullptr; }
    Denoiser& generator(bool tuned) {
        requireModel();
        if (!tuned) return original.denoiser;
        if (trainer()) return trainer()->ema();
        if (looked) return looked->generator;
        throw Error(ErrorCode::Configuration, "There is no fine-tuned generator yet.",
                    "Start a run, or open one, first.");
    }
    /// A model file or run folder beside the open model, with its title; the latest four stay in memory.
    ChosenModel other(const std::string& path, const Progress& progress = {});
    /// What is measured of the data is kept in `runFolder`, where there is one.
    std::shared_ptr<FidReference> reference(const MeasureChoice& choice, const std::string& runFolder = {}) {
        const auto kept = runFolder.empty() ? std::string() : runFolder + "/reference.npz";
        if (!fidReference || !(fidReference->choice() == choice))
            fidReference = std::make_shared<FidReference>(data, choice, compute, kept);
        if (!kept.empty() && isFirst(compute.processes)) fidReference->keep(kept);
        return fidReference;
    }
    void requireFit() const {
        requireModelAndData();
        throwErrors(fitOf(modelSummary, dataSummary));
    }
    void requireIdle(const char* what) const {
        if (dependent && dependent->isRunning())
            throw Error(ErrorCode::Configuration, std::string("A run is going; ") + what + " must wait.",
                        "Stop the run first.");
    }
    /// Makes float images [n, C, R, R] in about [-1, 1] of seeds, as a request wants them, from what is open now; with
    /// `copyTuned` further training does not touch the images.
    using ImageSource = std::function<torch::Tensor(const std::vector<std::uint64_t>& seeds, const Progress& progress)>;
    ImageSource imageSource(const SampleRequest& request, bool copyTuned, const Progress& progress = {});
    /// By which sampler, and what the model was trained for. Not for real images.
    struct ChosenSampler {
        SamplerConfig config;
        TrainedSampler trained;
    };
    ChosenSampler samplerOf(const SampleRequest& request, const Progress& progress = {});

    /// What is said of it: it learns on, so with the images it has seen.
    std::string tunedTitle() const;
    /// The tuned generator as a copy. Throws Configuration when it does not exist, and what openModel throws.
    ChosenModel chosen(const ModelChoice& choice, const Progress& progress = {});
};

}  // namespace thaw
