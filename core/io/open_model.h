// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/model_description.h"
#include "core/io/model_file.h"

namespace thaw {

/// By its name (core/values/model_name.h): `builtin` (the embedded model), a run folder (its newest EMA snapshot) or any
/// checkpoint that `readModelFile` opens. Throws what that throws.
LoadedModel openModelFile(const std::string& name, const Progress& progress = {});

/// What the window shows of a model. `path` is as the user gave it.
ModelSummary summarise(const LoadedModel& model, const std::string& path);

}  // namespace thaw
