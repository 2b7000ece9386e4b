// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

#include <map>
#include <string>

namespace thaw {

/// A denoiser and the words stored beside it.
struct LoadedModel {
    Denoiser denoiser{nullptr};
    std::map<std::string, std::string> metadata;  ///< `class`, `config`, and whatever the writer added
};

/// Opens a model file: `.safetensors` with metadata `class` and `config` and the published state-dict names. Half
/// precision weights are widened to float. Every tensor must be there with its shape. Throws FileMissing, FileDamaged,
/// WrongKind, Configuration.
LoadedModel readModelFile(const std::string& path);

/// Writes a model file, whole or not at all. `extra` is added to the metadata; `half` stores float16.
void writeModelFile(const std::string& path, const Denoiser& denoiser, std::map<std::string, std::string> extra = {},
                    bool half = false);

}  // namespace thaw
