// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"
#include "core/data/dataset.h"

#include <torch/types.h>

#include <string>
#include <vector>

namespace thaw::cli {

/// What `--data` accepts, for the help of a verb.
inline constexpr const char* kDataHelp = "zip or folder of images, IDX, CIFAR binary, .npy or .npz, or builtin";

/// `--data` and how it is read.
struct DataChoice {
    std::string path = "builtin";
    DatasetOptions options;
};

/// `--data`, `--max-images`, `--data-seed` and `--strict-data` on a verb.
void addDataOptions(CLI::App& verb, DataChoice& choice);

/// A run folder remembers its data: {"data": path, "data_subset": {"images": n, "seed": s}}, the second only for a subset.
nlohmann::ordered_json toJson(const DataChoice& choice);
/// Reads what `path`, a JSON of a run folder, remembers: the data and, where `model` is given, {"model": path}. Throws
/// FileMissing, or FileDamaged where it does not name them.
void takeOrigin(const std::string& path, DataChoice& choice, std::string* model = nullptr);

/// The data set, with a progress bar while a long one is read; what was left out is said on standard error. Throws as
/// openDataset does; Interrupted after Ctrl+C.
Dataset openData(const DataChoice& choice, const Context& context);
/// The bar alone, for a Session that opens the data itself.
Progress dataProgress(const Context& context);
/// Each note as a line on standard error.
void sayNotes(const Context& context, const std::vector<std::string>& notes);
/// The warnings among them as lines on standard error; the errors are thrown, see throwErrors.
void requireFit(const Context& context, const std::vector<FitProblem>& problems);

/// Images to look at: whatever openDataset takes (a folder of equal-sized PNGs in the order of their names, a `.npy` or
/// `.npz` of uint8), or a `.npy` of float32 [N, C, H, W] in about [-1, 1], which is quantised. The first `limit` of them,
/// 0 = all. An image that cannot be read is an error. uint8 [N, C, H, W]. Throws FileMissing, FileDamaged, WrongKind.
torch::Tensor readImages(const std::string& path, std::int64_t limit = 0);

}  // namespace thaw::cli
