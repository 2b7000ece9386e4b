// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_record.h"

#include <optional>
#include <string>

namespace thaw {

/// What a run folder remembers of its beginning. Fine-tuning keeps it in `config.json` among its settings, pre-training,
/// which has no model, in `data.json`:
///
///     "model": path, "model_file": path, "model_sha256": hex, "model_assumed": "EDMPrecond",
///     "data": path, "data_subset": {"images": n, "seed": s}, "data_sha256": hex, "data_sha256_of": "file" | "files" | "images",
///     "labels_sha256": hex, "compute": "CPU, 2 threads, bf16", "versions": {"thaw": v, "libtorch": v},
///     "environment": {"device": "cpu", "processor": name, "precision": "bf16", "threads": 2, "kernels": "avx512",
///                     "instruction_set": "AVX512"},
///     "resumed": [{the same fields, "step": n, "kimg": x, "differences": "threads (2, now 1)"}]
///
/// `resumed` has an entry for each time the run went on with something else; the last one is what the run is made with now,
/// and its step is where "bit for bit" ends. Older folders lack some of the fields.

/// The newest record in a folder. Throws FileMissing where there is none, FileDamaged where it does not name the data, or
/// the model of a fine-tuning.
RunRecord readRunRecord(const std::string& runFolder);
/// The same; nothing where it cannot be read.
std::optional<RunRecord> runRecordIfAny(const std::string& runFolder);

/// The JSON object `json` with the fields of the record.
std::string withRecord(const std::string& json, const RunRecord& record);

/// Where a run went on with something else.
struct RunContinuation {
    std::int64_t step = 0;
    double kimg = 0;
    std::string differences;  ///< as `listed` writes them
};
/// The text of a run's `config.json` or `data.json` with one entry more in `resumed`; nothing where there is no such file.
std::optional<std::string> withContinuation(const std::string& runFolder, const RunRecord& record,
                                            const RunContinuation& continuation);
/// Every time the run went on with something else, in order; empty too where nothing can be read.
std::vector<RunContinuation> continuationsOf(const std::string& runFolder);

/// `config.json` of a fine-tuning, `data.json` of a pre-training: the file of a folder that holds its record.
std::string runRecordFile(const std::string& runFolder);
/// The text of a file of a run's folder. Throws FileMissing, which says that the folder is no run's.
std::string textOfRunFile(const std::string& path);

}  // namespace thaw
