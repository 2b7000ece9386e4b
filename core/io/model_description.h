// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preconditioning_kind.h"
#include "core/nn/network_config.h"
#include "core/values/model_summary.h"

#include <map>
#include <string>
#include <vector>

namespace thaw {

/// What a file says of its model, checked against the names and shapes of its tensors. No weight is read.
struct ModelDescription {
    Preconditioning kind = Preconditioning::Edm;
    NetworkConfig config;
    std::map<std::string, std::string> metadata;  ///< as LoadedModel's
};
/// Throws as readModelFile.
ModelDescription describeModelFile(const std::string& path, const std::string& precond = {});

/// The file behind a model's name (core/values/model_name.h): of the embedded model, of the newest EMA snapshot of a run
/// folder, the index of a folder of shards, or the path itself. Throws WrongKind for other folders.
std::string modelFileOf(const std::string& name);
/// The same with all shards, where the file is their index.
std::vector<std::string> modelFilesOf(const std::string& name);

/// What `openModelFile` would open, without reading the weights: quick, and small even for the largest file.
ModelDescription describeModel(const std::string& name);

/// What is to be said of the opening, a sentence each: an assumed class and how another is chosen, which of several
/// networks was taken.
std::vector<std::string> openingNotes(const std::map<std::string, std::string>& metadata);

/// What the window shows of it. `path` as the user gave it.
ModelSummary summarise(const ModelDescription& model, const std::string& path);

}  // namespace thaw
