// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/checkpoint.h"

#include "core/formats/json_text.h"
#include "core/io/foreign_content.h"
#include "core/io/mapped_file.h"
#include "core/io/network_names.h"
#include "core/io/safetensors_index.h"
#include "core/io/shard_index.h"
#include "core/io/torch_archive.h"
#include "core/io/torch_pickle.h"
#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>

namespace thaw {
namespace {

using SidecarJson = nlohmann::json;

void indexLegacy(std::string_view bytes, Checkpoint& checkpoint, Collect collect) {
    checkpoint.format = "PyTorch file (legacy)";
    const auto stream = parseLegacyStream(bytes);
    const StorageLocator locate = [&](const StorageRecord& record, StoredTensor& tensor) {
        const auto place = stream.offsets.find(record.key);
        if (place == stream.offsets.end()) throw std::runtime_error("the storage '" + record.key + "' is missing");
        tensor.storageOffset = place->second.first;
        tensor.storageBytes = place->second.second * (record.untyped ? 1 : bytesOf(record.type));
    };
    collectTensors(stream.object, bytes.substr(stream.objectAt), stream.objectAt, locate, checkpoint, collect);
}

void indexPickle(std::string_view bytes, Checkpoint& checkpoint, Collect collect) {
    checkpoint.format = "pickled snapshot";
    const auto document = pickle::parse(bytes);
    const StorageLocator locate = [](const StorageRecord& record, StoredTensor&) {
        throw std::runtime_error("the storage '" + record.key + "' lies outside the pickle");
    };
    collectTensors(document, bytes, 0, locate, checkpoint, collect);
}

// The shards as one file; each keeps its own tensors.
void indexShards(const std::string& path, Checkpoint& checkpoint) {
    const auto index = readShardIndex(path);
    for (const auto& file : index.files) {
        auto shard = indexTensors(file);
        checkpoint.format = shard.format + ", " + std::to_string(index.files.size()) + " shards";
        if (checkpoint.className.empty()) checkpoint.className = shard.className;
        if (checkpoint.configJson.empty()) checkpoint.configJson = shard.configJson;
        checkpoint.metadata.insert(shard.metadata.begin(), shard.metadata.end());
        std::set<std::string> names;
        for (auto& tensor : shard.tensors) {
            names.insert(tensor.name);
            tensor.file = file;
            checkpoint.tensors.push_back(std::move(tensor));
        }
        for (const auto& [name, place] : index.fileOf)
            if (place == file && !names.count(name))
                throw Error(ErrorCode::FileDamaged,
                            "'" + path + "' says that '" + name + "' is in '" + file + "', which does not have it.",
                            "The index and the shards do not belong together.");
    }
}

// Whether the tensors have their published names already.
bool indexByContent(std::string_view bytes, Checkpoint& checkpoint, Collect collect) {
    if (looksLikeSafeTensors(bytes)) {
        indexSafeTensors(bytes, checkpoint);
        return false;
    }
    if (isShardIndex(bytes)) {
        indexShards(checkpoint.path, checkpoint);
        return false;
    }
    if (bytes.starts_with("PK\x03\x04")) indexTorchArchive(checkpoint.path, checkpoint, collect);
    else if (isLegacyStream(bytes)) indexLegacy(bytes, checkpoint, collect);
    else if (bytes.size() > 2 && bytes[0] == '\x80' && std::uint8_t(bytes[1]) <= 5)
        indexPickle(bytes, checkpoint, collect);
    else if (bytes.starts_with("{")) refuseJson(checkpoint.path, std::string(bytes.substr(0, 1 << 20)));
    else refuseBytes(checkpoint.path, bytes);
    return true;
}

// Our own training state holds generator, average and optimisers under `part/name`.
void refuseTrainingState(const Checkpoint& checkpoint) {
    const bool parts = std::any_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                                   [](const auto& tensor) { return tensor.name.starts_with("ema/"); });
    if (parts && checkpoint.metadata.count("step"))
        throw Error(ErrorCode::WrongKind, "'" + checkpoint.path + "' is the training state of a run, not a model.",
                    "Open the run folder, or one of its snapshots (ema-*.safetensors).");
}

void takeFromNames(Checkpoint& checkpoint) {
    refuseTrainingState(checkpoint);
    const auto all = std::move(checkpoint.tensors);
    checkpoint.tensors.clear();
    std::vector<TensorPlace> places;
    for (const auto& tensor : all) places.push_back({tensor.name, 0});
    const auto make = [&](std::size_t place) {
        if (!all[place].unsupported.empty()) throw UnsupportedContent(all[place].unsupported);
        return all[place];
    };
    if (takeNetwork(checkpoint, places, make)) return;
    refuseShard(checkpoint.path);
    refuseForeign(checkpoint.path, {namesOf(places), {}});
}

// NAME.json beside the file: {"class": ..., "config": {...}}, one of them alone too, for what the file does not say.
void readSidecar(Checkpoint& checkpoint) {
    auto path = std::filesystem::path(checkpoint.path);
    if (path.extension() == ".json") path = path.parent_path() / path.stem().stem();  // model.safetensors.index.json
    path.replace_extension(".json");
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return;
    try {
        std::ifstream stream(path);
        const auto json = SidecarJson::parse(stream);
        if (!json.is_object() || (!json.contains("config") && !json.contains("class"))) return;
        if (json.contains("config") && checkpoint.configJson.empty())
            checkpoint.configJson = jsonText(json.at("config"));
        if (json.contains("class") && checkpoint.className.empty())
            checkpoint.className = json.at("class").get<std::string>();
        checkpoint.metadata["configuration_from"] = path.filename().string();
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged,
                    "'" + path.string() + "', the description beside the checkpoint, is not valid JSON.",
                    R"(It should read {"class": "EDMPrecond", "config": {"img_resolution": 32, ...}}.)");
    }
}

Checkpoint indexed(const std::string& path, Collect collect) {
    const MappedFile file(path);
    Checkpoint checkpoint;
    checkpoint.path = path;
    try {
        if (!indexByContent(file.bytes(), checkpoint, collect) && collect == Collect::Network)
            takeFromNames(checkpoint);
    } catch (const Error&) {
        throw;
    } catch (const UnsupportedContent& what) {
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds " + what.what() + ", which this program does not read.",
                    "Save it as plain float32 tensors with PyTorch first.");
    } catch (const std::runtime_error& reason) {
        throw Error(ErrorCode::FileDamaged, "'" + path + "' cannot be read: " + reason.what() + ".",
                    "Copy or download the file again and compare its size with the original.");
    }
    return checkpoint;
}

}  // namespace

std::vector<std::int64_t> denseStrides(const std::vector<std::int64_t>& shape) {
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;) strides[i - 1] = strides[i] * std::max<std::int64_t>(shape[i], 1);
    return strides;
}

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
    auto checkpoint = indexed(path, Collect::Network);
    if (checkpoint.configJson.empty() || checkpoint.className.empty()) readSidecar(checkpoint);
    return checkpoint;
}

Checkpoint indexTensors(const std::string& path) { return indexed(path, Collect::Everything); }

}  // namespace thaw
