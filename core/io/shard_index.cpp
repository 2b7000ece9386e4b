// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/shard_index.h"

#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

namespace thaw {
namespace {

namespace fs = std::filesystem;
using IndexJson = nlohmann::json;

constexpr const char* kIndexEnding = ".index.json";

IndexJson indexJson(std::string_view text) {
    auto json = IndexJson::parse(text, nullptr, /*allow_exceptions=*/false);
    return json.is_object() && json.contains("weight_map") && json["weight_map"].is_object() ? json : IndexJson();
}

std::string textOfFile(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<fs::path> indexesIn(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? fs::path(".") : folder, error))
        if (entry.path().filename().string().ends_with(kIndexEnding)) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

[[noreturn]] void refuseOneOf(const std::string& path, const std::string& which, const std::string& hint) {
    throw Error(ErrorCode::WrongKind, "'" + path + "' is " + which + " shards of one checkpoint.", hint);
}

}  // namespace

bool isShardIndex(std::string_view text) { return text.starts_with("{") && !indexJson(text).is_null(); }

ShardIndex readShardIndex(const std::string& path) {
    const auto json = indexJson(textOfFile(path));
    ShardIndex index;
    std::set<std::string> names;
    if (json.is_object())
        for (const auto& [tensor, file] : json["weight_map"].items()) {
            const auto name = file.is_string() ? file.get<std::string>() : std::string();
            if (name.empty() || fs::path(name).filename() != name)
                throw Error(ErrorCode::WrongKind,
                            "'" + path + "' names '" + name.substr(0, 80) + "' as a shard, which is no file beside it.",
                            "Put the index and its shards into one folder.");
            names.insert(name);
            index.fileOf[tensor] = (fs::path(path).parent_path() / name).string();
        }
    std::string missing;
    std::size_t lost = 0;
    for (const auto& name : names) {
        const auto file = fs::path(path).parent_path() / name;
        std::error_code error;
        if (!fs::is_regular_file(file, error) && ++lost <= 3) missing += (missing.empty() ? "'" : ", '") + name + "'";
        index.files.push_back(file.string());
    }
    if (lost > 0)
        throw Error(ErrorCode::FileMissing,
                    "'" + path + "' is the index of " + std::to_string(names.size()) + " shards, of which " +
                        std::to_string(lost) + (lost == 1 ? " is" : " are") + " not beside it: " + missing +
                        (lost > 3 ? ", ..." : "") + ".",
                    "Put all shards into the folder of the index.");
    return index;
}

std::vector<std::string> filesOfCheckpoint(const std::string& path) {
    std::vector<std::string> files{path};
    if (!path.ends_with(".json") || !isShardIndex(textOfFile(path))) return files;
    const auto shards = readShardIndex(path).files;
    files.insert(files.end(), shards.begin(), shards.end());
    return files;
}

std::optional<std::string> shardIndexIn(const std::string& folder) {
    const auto found = indexesIn(folder);
    return found.size() == 1 ? std::optional(found.front().string()) : std::nullopt;
}

void refuseShard(const std::string& path) {
    const auto own = fs::path(path).filename().string();
    for (const auto& index : indexesIn(fs::path(path).parent_path())) {
        const auto json = indexJson(textOfFile(index.string()));
        if (!json.is_object()) continue;
        std::set<std::string> names;
        for (const auto& [tensor, file] : json["weight_map"].items())
            if (file.is_string()) names.insert(file.get<std::string>());
        if (names.size() > 1 && names.count(own))
            refuseOneOf(path, "one of " + std::to_string(names.size()), "Open '" + index.string() + "', their index.");
    }
    static const std::regex kShardName("-([0-9]{3,6})-of-([0-9]{3,6})\\.");
    std::smatch match;
    if (!std::regex_search(own, match, kShardName) || std::stoi(match[2]) < 2) return;
    refuseOneOf(path, "number " + std::to_string(std::stoi(match[1])) + " of " + std::to_string(std::stoi(match[2])),
                "Open their index, a file '" + own.substr(0, std::size_t(match.position())) +
                    fs::path(own).extension().string() + kIndexEnding + "'; it belongs into the same folder.");
}

}  // namespace thaw
