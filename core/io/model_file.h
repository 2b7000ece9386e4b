// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/io/model_description.h"
#include "core/values/progress.h"

#include <map>
#include <string>

namespace thaw {

/// A denoiser and the words stored beside it.
struct LoadedModel {
    Denoiser denoiser{nullptr};
    std::map<std::string, std::string> metadata;  ///< `class`, `config`, `format`, and whatever the writer added
};

/// Opens a checkpoint of any kind that `indexCheckpoint` knows: a model file (`.safetensors` with metadata `class` and
/// `config`), a pickled snapshot, a PyTorch state dict. What a file does not say of its configuration is read off its
/// names and shapes; a class that it does not say is chosen by `precond`, a word of kPrecondWords (metadata `precond`), or
/// assumed (metadata `assumed`). Half precision weights are widened to float. Every tensor must be there with its
/// shape, which is checked before the network is built; then tensors are read one at a time, so that the peak is little
/// more than the weights. Throws FileMissing, FileDamaged, WrongKind, Interrupted, and Configuration where `precond`
/// contradicts the class that the file says.
LoadedModel readModelFile(const std::string& path, const Progress& progress = {}, const std::string& precond = {});

/// Writes a model file, whole or not at all. `extra` is added to the metadata; `half` stores float16.
void writeModelFile(const std::string& path, const Denoiser& denoiser, std::map<std::string, std::string> extra = {},
                    bool half = false);

}  // namespace thaw
