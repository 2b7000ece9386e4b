// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/dataset_options.h"
#include "core/values/enum_words.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// Where and how a run computes. On one machine the same environment gives the same numbers bit for bit; each of these may
/// change the order in which sums are taken, or the number type. A text is empty, and `threads` 0, where a folder of an
/// older version does not record it.
struct RunEnvironment {
    std::string device;          ///< `cpu` or `cuda:0`
    std::string processor;       ///< its name
    std::string precision;       ///< of training steps, as it was resolved: `fp32` or `bf16`
    int threads = 0;             ///< CPU threads, of each process
    std::string kernels;         ///< instruction set of our fused kernels: `base`, `avx2`, `avx512`
    std::string instructionSet;  ///< LibTorch's, e.g. `AVX512`
    std::string thaw, libtorch;  ///< versions
    int processes = 1;           ///< that shared every batch
    bool operator==(const RunEnvironment&) const = default;
};

/// e.g. "CPU, 2 threads, bf16"; what is not recorded is left out.
std::string titleOf(const RunEnvironment& environment);
/// The fields with their names, as they are shown; what is not recorded is left out.
std::vector<std::pair<std::string, std::string>> wordsOf(const RunEnvironment& environment);

/// What a data set's checksum is taken of.
enum class DataHashKind {
    Images,  ///< shape, labels and pixels in memory: the built-in data, and every run of older versions
    File,    ///< one file, as `sha256sum` prints it
    Files,   ///< names, sizes and contents of a folder's files, in the order of the names
};

template <>
struct EnumWords<DataHashKind> {
    static constexpr std::array<std::pair<DataHashKind, const char*>, 3> all{
        {{DataHashKind::Images, "images"}, {DataHashKind::File, "file"}, {DataHashKind::Files, "files"}}};
};

/// What a run is made from and with, as its folder remembers it. A checksum is SHA-256 in hexadecimal; empty = not recorded.
struct RunRecord {
    std::string model;      ///< its name (model_name.h): `builtin`, a file or a run folder; empty in pre-training
    std::string modelFile;  ///< the file behind it
    std::string modelSha256;
    std::string modelAssumed;  ///< class that was assumed because the model's file says none; empty where it does
    std::string data;          ///< `builtin`, a file or a folder
    DatasetOptions options;
    std::string dataSha256;
    DataHashKind dataHash = DataHashKind::Images;
    std::string labelsSha256;  ///< of a single file, whose labels may lie beside it
    RunEnvironment environment;
};

/// One thing in which a run and its continuation differ.
struct RunDifference {
    std::string what;  ///< e.g. "model"
    std::string then, now;
};

/// Model and data that differ by checksum (or, of the data, by the chosen subset); the paths are in the texts. What has no
/// checksum on one side is no difference.
std::vector<RunDifference> inputDifferences(const RunRecord& then, const RunRecord& now);
/// The fields that both sides know and that differ. From here on a run no longer equals an uninterrupted one bit for bit.
std::vector<RunDifference> environmentDifferences(const RunEnvironment& then, const RunEnvironment& now);
/// "threads (2, now 1) and LibTorch (1.13.0, now 2.1.0)"
std::string listed(const std::vector<RunDifference>& differences);
/// What of a continuation cannot be checked because the folder does not record it, e.g. {"model", "instruction set"}.
std::vector<std::string> unrecorded(const RunRecord& then);

}  // namespace thaw
