// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"
#include "core/values/data_fit.h"
#include "core/values/dataset_options.h"
#include "core/values/run_record.h"

#include <optional>
#include <string>
#include <vector>

namespace thaw::cli {

/// What `--data` accepts, for the help of a verb.
inline constexpr const char* kDataHelp = "zip or folder of images, IDX, CIFAR binary, .npy or .npz, or builtin";

/// `--data` and how it is read.
struct DataChoice {
    std::string path = "builtin";
    DatasetOptions options;
    const CLI::Option *data = nullptr, *maxImages = nullptr;  // how it was named, if it was
};

/// `--data`, `--max-images`, `--data-seed` and `--strict-data` on a verb.
void addDataOptions(CLI::App& verb, DataChoice& choice);

/// A run that goes on takes the model and the data it was made with, where the command line names no others. `model`: null
/// in pre-training.
void takeOrigin(const RunRecord& record, DataChoice& choice, std::string* model, const CLI::Option* modelOption);
/// Whether the run in `out` goes on, with --resume or where a launcher starts the same command again after a process was
/// lost, unless it is finished; else `out` has to be free. What a job left there that was lost before it first saved is
/// moved aside. All processes of a job ask. Throws as requireOutput.
bool runGoesOn(const Context& context, const std::string& out, bool resume);
/// The device of the run, where the command line leaves the choice open.
void takeDevice(const RunRecord& record, ComputeOptions& compute);

/// A bar while a long data set is read; most open at once and need none.
Progress dataProgress(const Context& context);
/// Each note as a line on standard error.
void sayNotes(const Context& context, const std::vector<std::string>& notes);
/// TrainingRun::takeRemark as a line there; nothing where it is empty.
void sayRemark(const Context& context, const std::string& remark);
/// `--tensorboard` and `--no-tensorboard`, for a new run and with --resume; untouched where neither is there.
void addTensorboardOption(CLI::App& verb, std::optional<bool>& on);
/// The warnings among them as lines on standard error; the errors are thrown, see throwErrors.
void requireFit(const Context& context, const std::vector<FitProblem>& problems);

}  // namespace thaw::cli
