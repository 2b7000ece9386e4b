// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// What a file without an EDM network holds instead.
struct ForeignContent {
    std::vector<std::string> names;  ///< of its tensors
    std::vector<std::string> keys;   ///< of its outermost dict
};

/// Throws WrongKind with a sentence about what the file is: an optimiser's state, another family's network or its training
/// state, a schedule, generators of random numbers; and where the weights are, as far as the names beside it tell.
[[noreturn]] void refuseForeign(const std::string& path, const ForeignContent& content);

/// Throws WrongKind for what is no checkpoint, by its first bytes: a pointer of Git LFS, a web page, HDF5, NumPy, an archive.
[[noreturn]] void refuseBytes(const std::string& path, std::string_view bytes);

/// Throws WrongKind for a JSON file that is no index of shards (shard_index.h): a pipeline of diffusers, a configuration.
[[noreturn]] void refuseJson(const std::string& path, const std::string& text);

/// Throws WrongKind where a folder is a pipeline or a model of diffusers or transformers; returns for other folders.
void refuseForeignFolder(const std::string& path);

}  // namespace thaw
