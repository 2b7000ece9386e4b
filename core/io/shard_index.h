// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thaw {

/// A checkpoint in several files, as Hugging Face's libraries write it: `model-00001-of-00002.safetensors`, ... and
/// `model.safetensors.index.json`, whose `weight_map` names the file of every tensor (`pytorch_model.bin.index.json` likewise).
struct ShardIndex {
    std::map<std::string, std::string> fileOf;  ///< tensor -> path of its shard
    std::vector<std::string> files;             ///< paths of the shards, sorted
};

/// Whether the text of a file is such an index.
bool isShardIndex(std::string_view text);
/// Throws FileMissing naming the shards that are not beside the index, and WrongKind for a weight map that names files
/// elsewhere.
ShardIndex readShardIndex(const std::string& path);

/// The file itself; of an index the index and its shards.
std::vector<std::string> filesOfCheckpoint(const std::string& path);

/// The only index of a folder, for a folder that has one.
std::optional<std::string> shardIndexIn(const std::string& folder);

/// Throws WrongKind, "one of 2 shards", where the name of a file or an index beside it says so; returns otherwise.
void refuseShard(const std::string& path);

}  // namespace thaw
