// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/model_file.h"
#include "core/values/model_summary.h"

namespace thaw {

/// The file behind a name: of the embedded model, of the newest EMA snapshot of a run folder, or the name itself. Throws WrongKind
/// for a folder without a snapshot.
std::string modelFileOf(const std::string& path);

/// `builtin` (the embedded model), a run folder (its newest EMA snapshot) or any checkpoint that `readModelFile` opens.
/// Throws FileMissing, FileDamaged, WrongKind, Interrupted.
LoadedModel openModelFile(const std::string& path, const Progress& progress = {});

/// The same without reading the weights: quick, and small even for the largest file.
ModelDescription describeModel(const std::string& path);

/// What the window shows of a model. `path` is as the user gave it.
ModelSummary summarise(const LoadedModel& model, const std::string& path);
ModelSummary summarise(const ModelDescription& model, const std::string& path);

}  // namespace thaw
