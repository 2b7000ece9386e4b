// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/content_hash.h"
#include "core/io/model_file.h"
#include "core/io/run_folder.h"
#include "core/metrics/fid_measurement.h"
#include "core/session/session.h"
#include "core/train/finetuner.h"
#include "core/values/model_choice.h"

#include <nlohmann/json.hpp>

namespace thaw {

/// The inside of a Session, shared by session.cpp (what is open, views), session_run.cpp (the run) and core/lab (what is
/// measured in it).
struct Session::Impl {
    ComputeDevice compute;
    LoadedModel original;
    ModelSummary modelSummary;
    ModelCard modelCard;
    FileHash modelHash;                                       // of the card's file
    std::vector<std::pair<std::string, LoadedModel>> others;  // models beside the open one, the latest used last
    Dataset data;
    DataSummary dataSummary;
    DatasetOptions dataOptions;
    std::optional<FidReference> fidReference;  // opened on first use
    std::unique_ptr<Finetuner> trainer;        // stays after the run: its EMA is the tuned generator
    std::unique_ptr<FidMeasurement> fid;
    bool running = false;
    std::string runFolder;
    double lastFidKimg = 0, lastSnapshotKimg = 0;
    double bestFid = std::numeric_limits<double>::infinity();
    FinetuneConfig idleConfig;

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
    Denoiser& generator(bool tuned) {
        requireModel();
        if (!tuned) return original.denoiser;
        if (!trainer)
            throw Error(ErrorCode::Configuration, "There is no fine-tuned generator yet.", "Start a run first.");
        return trainer->ema();
    }
    /// A model file or run folder beside the open model; the latest four stay in memory.
    Denoiser& other(const std::string& path, const Progress& progress);
    FidReference& reference() {
        if (!fidReference) fidReference.emplace(data);
        return *fidReference;
    }
    void requireFit() const {
        requireModelAndData();
        throwErrors(fitOf(modelSummary, dataSummary));
    }
    void requireRun() const {
        if (!running) throw Error(ErrorCode::Configuration, "No run is going.", "Start a run first.");
    }
    void requireIdle(const char* what) const {
        if (running)
            throw Error(ErrorCode::Configuration, std::string("A run is going; ") + what + " must wait.",
                        "Stop the run first.");
    }
    void log(const nlohmann::ordered_json& line) const { appendStats(runFolder, line.dump()); }
    void writeSampleGrid(const Denoiser& generator, std::int64_t images);
    void writeDescription(const FinetuneConfig& config, const std::string& folder);
    /// Makes float images [n, C, R, R] in about [-1, 1] of seeds, as a request wants them, from what is open now; with
    /// `copyTuned` further training does not touch the images.
    using ImageSource = std::function<torch::Tensor(const std::vector<std::uint64_t>& seeds, const Progress& progress)>;
    ImageSource imageSource(const SampleRequest& request, bool copyTuned, const Progress& progress = {});

    struct ChosenModel {
        Denoiser denoiser;
        std::string title;
    };
    /// The tuned generator as a copy. Throws Configuration when it does not exist, and what openModel throws.
    ChosenModel chosen(const ModelChoice& choice, const Progress& progress = {});
};

}  // namespace thaw
