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

#include <memory>
#include <string>

namespace thaw {

struct ComputeDevice;

/// What is open: one model and one data set, beside them other models that are looked at, and the images that are made
/// of them. Part of a Session, whose rules on threads hold here too. All functions throw Error.
class OpenFiles {
public:
    explicit OpenFiles(const ComputeDevice& compute);
    ~OpenFiles();
    OpenFiles(const OpenFiles&) = delete;
    OpenFiles& operator=(const OpenFiles&) = delete;

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
    const DatasetOptions& dataOptions() const;
    /// Reads one piece of the checksum of the open data; false when there is nothing left to read.
    bool advanceDataHash();
    /// SHA-256 of the open data (core/data/data_hash.h), computed at the first call and kept. Throws FileMissing, and
    /// Interrupted by `progress`.
    std::string dataHash(const Progress& progress = {});

    SampleColumn sample(const SampleRequest& request, const Progress& progress = {});
    /// One image's way through the original model's sampler: Heun's, or a student's own jumps (samplerOfSteps).
    Trajectory trajectory(const TrajectoryRequest& request, const Progress& progress = {});

    /// Lets go of what can be made again: the models beside the open one, and the measured reference unless a
    /// measurement under way needs it.
    void releaseMemory();

    /// The inside (core/session/open_files_impl.h, for core alone): what core/lab measures is in there.
    struct Impl;
    Impl& impl() { return *impl_; }
    const Impl& impl() const { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace thaw
