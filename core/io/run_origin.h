// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/dataset_options.h"

#include <string>

namespace thaw {

/// What a run was begun with, as its folder remembers it: {"model": path, "data": path, "data_subset": {"images": n,
/// "seed": s}}, the last only for a subset. Fine-tuning keeps it in `config.json` among its settings, pre-training, which
/// has no model, in `data.json`.
struct RunOrigin {
    std::string model, data;
    DatasetOptions options;
};

/// Throws FileMissing, and FileDamaged where it does not name the data or, `withModel`, the model.
RunOrigin readRunOrigin(const std::string& path, bool withModel);

/// Writes `data` and `data_subset` alone, whole or not at all.
void writeDataOrigin(const std::string& path, const std::string& data, const DatasetOptions& options);

}  // namespace thaw
