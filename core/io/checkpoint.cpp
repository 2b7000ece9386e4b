// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint.h"

#include "core/formats/json_text.h"
#include "core/io/mapped_file.h"
#include "core/io/torch_archive.h"
#include "core/io/torch_pickle.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace thaw {
namespace {

using SortedJson = nlohmann::json;  // sorted: an ordered object is quadratic in its keys

// A header takes about 110 bytes a tensor: 2 MiB are thirty times the largest published network.
constexpr std::uint64_t kMaxHeader = 2ull << 20;
constexpr std::uint64_t kFormatMaxHeader = 100'000'000;  // what the format itself allows
constexpr int kMaxTensorDimensions = 16;

[[noreturn]] void unreadable(const std::string& path, const std::string& why) {
    throw Error(ErrorCode::FileDamaged, "'" + path + "' cannot be read: " + why + ".",
                "Copy or download the file again and compare its size with the original.");
}

std::vector<std::int64_t> denseStrides(const std::vector<std::int64_t>& shape) {
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;) strides[i - 1] = strides[i] * std::max<std::int64_t>(shape[i], 1);
    return strides;
}

StoredTensor safeTensor(const std::string& name, const SortedJson& value, std::uint64_t dataStart,
                        std::uint64_t dataBytes) {
    StoredTensor tensor;
    tensor.name = name;
    const auto type = value.at("dtype").get<std::string>();
    const auto known = numberType(&NumberTypeNames::safeTensors, type);
    if (!known) throw std::runtime_error("numbers of the type " + type.substr(0, 20) + " are not supported");
    tensor.type = *known;
    std::uint64_t bytes = bytesOf(tensor.type);
    for (const auto& dimension : value.at("shape")) {
        const auto size = dimension.get<std::int64_t>();
        if (size < 0 || (size > 0 && bytes > dataBytes / std::uint64_t(size)))
            throw std::runtime_error("the tensor '" + name + "' claims the size " + jsonText(value.at("shape")) +
                                     ", more than the file holds");
        bytes *= std::uint64_t(size);
        tensor.shape.push_back(size);
    }
    tensor.stride = denseStrides(tensor.shape);
    const auto begin = value.at("data_offsets").at(0).get<std::uint64_t>(),
               end = value.at("data_offsets").at(1).get<std::uint64_t>();
    if (end > dataBytes || begin > end || end - begin != bytes)
        throw std::runtime_error("the tensor '" + name + "' points at bytes " + std::to_string(begin) + " to " +
                                 std::to_string(end) + " of " + std::to_string(dataBytes));
    tensor.storageOffset = dataStart + begin;
    tensor.storageBytes = bytes;
    return tensor;
}

bool looksLikeSafeTensors(std::string_view bytes) {
    std::uint64_t header = 0;
    if (bytes.size() < 10) return false;
    std::memcpy(&header, bytes.data(), 8);
    return bytes[8] == '{' && header >= 2 && header <= kFormatMaxHeader;
}

void indexSafeTensors(std::string_view bytes, Checkpoint& checkpoint) {
    checkpoint.format = "safetensors";
    std::uint64_t headerBytes = 0;
    std::memcpy(&headerBytes, bytes.data(), 8);
    if (headerBytes > bytes.size() - 8)
        throw std::runtime_error("its header claims " + std::to_string(headerBytes) + " bytes of a file of " +
                                 std::to_string(bytes.size()));
    if (headerBytes > kMaxHeader)
        throw std::runtime_error("its header takes " + std::to_string(headerBytes) +
                                 " bytes, more than any network of this kind needs");
    const auto text = bytes.substr(8, std::size_t(headerBytes));
    // Depth is bounded before the parser recurses: a header has three levels.
    int depth = 0, deepest = 0;
    for (const char c : text) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        deepest = std::max(deepest, depth);
    }
    if (deepest > 4096) throw std::runtime_error("its header is nested " + std::to_string(deepest) + " deep");
    try {
        // Long arrays stop the parser before they cost memory.
        int elements = 0;
        const auto header = SortedJson::parse(text, [&](int, SortedJson::parse_event_t event, SortedJson&) {
            elements = event == SortedJson::parse_event_t::value ? elements + 1 : 0;
            if (elements > 4 * kMaxTensorDimensions)
                throw std::runtime_error("a tensor claims more than " + std::to_string(kMaxTensorDimensions) +
                                         " dimensions");
            return true;
        });
        for (const auto& [name, value] : header.items()) {
            if (name == "__metadata__") {
                for (const auto& [key, word] : value.items()) checkpoint.metadata[key] = word.get<std::string>();
            } else {
                checkpoint.tensors.push_back(safeTensor(name, value, 8 + headerBytes, bytes.size() - 8 - headerBytes));
            }
        }
    } catch (const nlohmann::json::exception&) {
        throw std::runtime_error("its header is not valid JSON of the safetensors form");
    }
    std::stable_sort(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                     [](const auto& a, const auto& b) { return a.storageOffset < b.storageOffset; });
    const auto word = [&](const char* key) {
        const auto it = checkpoint.metadata.find(key);
        return it == checkpoint.metadata.end() ? std::string() : it->second;
    };
    checkpoint.className = word("class");
    checkpoint.configJson = word("config");
}

void indexLegacy(std::string_view bytes, Checkpoint& checkpoint) {
    checkpoint.format = "PyTorch file (legacy)";
    const auto stream = parseLegacyStream(bytes);
    const StorageLocator locate = [&](const StorageRecord& record, StoredTensor& tensor) {
        const auto place = stream.offsets.find(record.key);
        if (place == stream.offsets.end()) throw std::runtime_error("the storage '" + record.key + "' is missing");
        tensor.storageOffset = place->second.first;
        tensor.storageBytes = place->second.second * (record.untyped ? 1 : bytesOf(record.type));
    };
    collectTensors(stream.object, bytes.substr(stream.objectAt), stream.objectAt, locate, checkpoint);
}

void indexPickle(std::string_view bytes, Checkpoint& checkpoint) {
    checkpoint.format = "pickled snapshot";
    const auto document = pickle::parse(bytes);
    const StorageLocator locate = [](const StorageRecord& record, StoredTensor&) {
        throw std::runtime_error("the storage '" + record.key + "' lies outside the pickle");
    };
    collectTensors(document, bytes, 0, locate, checkpoint);
}

// A file of another kind gets a sentence about that kind.
[[noreturn]] void wrongKind(const std::string& path, std::string_view bytes) {
    std::string kind = "no checkpoint of a kind this program knows";
    std::string hint = "Open a .safetensors, .pkl, .pt or .pth file, or a run folder.";
    if (bytes.starts_with("version https://git-lfs")) {
        kind = "only a Git LFS pointer, not the file itself";
        hint = "Fetch the file with 'git lfs pull'.";
    } else if (bytes.substr(0, 200).find("<html") != std::string_view::npos || bytes.starts_with("<!DOCTYPE")) {
        kind = "a web page, not a checkpoint";
        hint = "The download went wrong; fetch the file itself.";
    } else if (bytes.empty()) {
        kind = "empty";
        hint = "Copy or download the file again.";
    }
    throw Error(ErrorCode::WrongKind, "'" + path + "' is " + kind + ".", hint);
}

// DistributedDataParallel's and torch.compile's prefixes go; the wrapper's `model.` is added where a state dict lacks it.
void normaliseNames(Checkpoint& checkpoint) {
    for (const char* prefix : {"module.", "_orig_mod.", "ema.", "generator.", "G."}) {
        const bool all =
            !checkpoint.tensors.empty() && std::all_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                                                       [&](const auto& t) { return t.name.starts_with(prefix); });
        if (all)
            for (auto& tensor : checkpoint.tensors) tensor.name.erase(0, std::strlen(prefix));
    }
    const bool bare = std::any_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                                  [](const auto& t) { return t.name.starts_with("map_layer0."); });
    if (bare)
        for (auto& tensor : checkpoint.tensors) {
            if (tensor.name == "u") continue;
            tensor.name.insert(0, "model.");
        }
}

// NAME.json beside the file: {"class": ..., "config": {...}} for state dicts that bring no configuration.
void readSidecar(Checkpoint& checkpoint) {
    const auto path = std::filesystem::path(checkpoint.path).replace_extension(".json");
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return;
    try {
        std::ifstream stream(path);
        const auto json = SortedJson::parse(stream);
        if (!json.contains("config")) return;
        checkpoint.configJson = jsonText(json.at("config"));
        if (json.contains("class")) checkpoint.className = json.at("class").get<std::string>();
        checkpoint.metadata["configuration_from"] = path.filename().string();
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged,
                    "'" + path.string() + "', the description beside the checkpoint, is not valid JSON.",
                    R"(It should read {"class": "EDMPrecond", "config": {"img_resolution": 32, ...}}.)");
    }
}

}  // namespace

std::int64_t StoredTensor::count() const {
    std::int64_t n = 1;
    for (const auto size : shape) n *= size;
    return n;
}

bool StoredTensor::contiguous() const { return stride == denseStrides(shape) || count() <= 1; }

const StoredTensor* Checkpoint::find(const std::string& name) const {
    for (const auto& tensor : tensors)
        if (tensor.name == name) return &tensor;
    return nullptr;
}

Checkpoint indexCheckpoint(const std::string& path) {
    const MappedFile file(path);
    const auto bytes = file.bytes();
    Checkpoint checkpoint;
    checkpoint.path = path;
    try {
        if (looksLikeSafeTensors(bytes)) {
            indexSafeTensors(bytes, checkpoint);
        } else if (bytes.starts_with("PK\x03\x04")) {
            indexTorchArchive(path, checkpoint);
        } else if (isLegacyStream(bytes)) {
            indexLegacy(bytes, checkpoint);
        } else if (bytes.size() > 2 && bytes[0] == '\x80' && std::uint8_t(bytes[1]) <= 5) {
            indexPickle(bytes, checkpoint);
        } else {
            wrongKind(path, bytes);
        }
    } catch (const Error&) {
        throw;
    } catch (const std::runtime_error& reason) {
        unreadable(path, reason.what());
    }
    if (checkpoint.format != "safetensors") normaliseNames(checkpoint);
    if (checkpoint.configJson.empty()) readSidecar(checkpoint);
    return checkpoint;
}

}  // namespace thaw
