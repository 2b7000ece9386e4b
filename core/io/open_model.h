// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/model_file.h"
#include "core/values/model_summary.h"

namespace thaw {

/// `builtin` (the embedded model), a run folder (its newest EMA snapshot) or any checkpoint that `readModelFile` opens.
/// Throws FileMissing, FileDamaged, WrongKind, Interrupted.
LoadedModel openModelFile(const std::string& path, const Progress& progress = {});

/// The same without reading the weights: quick, and small even for the largest file.
ModelDescription describeModel(const std::string& path);

/// What the window shows of it. `path` as the person gave it.
ModelSummary summarise(const LoadedModel& model, const std::string& path);
ModelSummary summarise(const ModelDescription& model, const std::string& path);

}  // namespace thaw
