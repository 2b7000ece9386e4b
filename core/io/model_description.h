// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preconditioning_kind.h"
#include "core/nn/network_config.h"
#include "core/values/model_summary.h"

#include <map>
#include <string>

namespace thaw {

/// What a file says of its model, checked against the names and shapes of its tensors. No weight is read.
struct ModelDescription {
    Preconditioning kind = Preconditioning::Edm;
    NetworkConfig config;
    std::map<std::string, std::string> metadata;  ///< as LoadedModel's
};
/// Throws as readModelFile.
ModelDescription describeModelFile(const std::string& path);

/// The file behind a name: of the embedded model, of the newest EMA snapshot of a run folder, or the name itself. Throws WrongKind
/// for a folder without a snapshot.
std::string modelFileOf(const std::string& path);

/// What `openModelFile` would open, without reading the weights: quick, and small even for the largest file.
ModelDescription describeModel(const std::string& path);

/// What the window shows of it. `path` as the user gave it.
ModelSummary summarise(const ModelDescription& model, const std::string& path);

}  // namespace thaw
