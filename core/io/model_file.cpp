// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_file.h"

#include "core/formats/json_text.h"
#include "core/io/checkpoint.h"
#include "core/io/safetensors.h"
#include "core/io/shard_index.h"
#include "core/io/tensor_reader.h"
#include "core/nn/unet_plan.h"
#include "core/values/error.h"
#include "core/values/model_name.h"
#include "core/values/shape_text.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <set>

namespace thaw {
namespace {

using SortedJson = nlohmann::json;

std::optional<InferredConfig> tryInfer(const Checkpoint& file) {
    try {
        return inferConfig(file);
    } catch (const Error&) {
        return {};
    }
}

// The file's own class; where it has none, or one that was assumed before, the choice, else an assumed one. Says in the
// metadata which it was.
std::string chooseClass(const Checkpoint& file, const std::string& inferred, const std::string& precond,
                        std::map<std::string, std::string>& metadata) {
    std::string chosen(classOfPrecond(precond));
    const bool stated = preconditioningOf(file.className).has_value() && !file.metadata.count("assumed");
    if (stated && !chosen.empty() && chosen != file.className)
        throw Error(ErrorCode::Configuration,
                    "'" + file.path + "' says that its class is " + file.className + "; the chosen preconditioning '" +
                        precond + "' is that of " + chosen + ".",
                    "Leave --precond out.");
    if (stated) return file.className;
    if (!chosen.empty()) {
        metadata.erase("assumed");
        metadata["precond"] = precond;
        return chosen;
    }
    if (!file.className.empty()) return file.className;
    metadata["assumed"] = inferred;
    return inferred;
}

// A configuration beside the weights may be of another program.
std::string ownConfig(const Checkpoint& file) {
    if (file.format != "safetensors" || !file.className.empty() || file.metadata.count("configuration_from"))
        return file.configJson;
    const auto json = SortedJson::parse(file.configJson, nullptr, /*allow_exceptions=*/false);
    return json.is_object() && json.contains("img_resolution") ? file.configJson : std::string();
}

// What the file says of itself wins; what it leaves out is read off its names and shapes.
ModelDescription describe(const Checkpoint& file, const std::string& precond) {
    auto metadata = file.metadata;
    metadata["format"] = file.format;
    const auto inferred = tryInfer(file);
    const auto own = ownConfig(file);
    if (!inferred && (own.empty() || file.className.empty())) inferConfig(file);  // throws with the reason
    const auto name = chooseClass(file, inferred ? inferred->className : std::string(), precond, metadata);
    const auto kind = preconditioningOf(name);
    if (!kind)
        throw Error(ErrorCode::WrongKind,
                    "'" + file.path + "' has the class '" + name.substr(0, 80) + "', which this version cannot run.",
                    "If it computes as one of the published classes, name it: --precond edm, vp, ve, iddpm or d2o.");
    try {
        std::string json = own;
        if (inferred) {
            auto merged = SortedJson::parse(inferred->json);
            if (!json.empty()) merged.merge_patch(SortedJson::parse(withoutInfinity(json)));
            json = jsonText(merged);
        }
        const auto config = parseNetworkConfig(json, file.path, name);
        metadata["class"] = name;
        metadata["config"] = toJson(config);
        return {*kind, config, std::move(metadata)};
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::FileDamaged, "The network configuration in '" + file.path + "' is not valid JSON.",
                    "Correct it, or describe the model in a .json beside the file.");
    } catch (const Error& error) {
        // In a file it is the file that is at fault, not the user's settings.
        if (error.code() != ErrorCode::Configuration) throw;
        throw Error(ErrorCode::FileDamaged, error.message(), "The file belongs to another program, or is damaged.");
    }
}

using Index = std::map<std::string, const StoredTensor*>;

const StoredTensor& required(const Index& index, const std::string& name, const std::vector<std::int64_t>& shape,
                             const std::string& path) {
    const auto it = index.find(name);
    if (it == index.end())
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' lacks the tensor '" + name + "' that its configuration needs.",
                    "It holds a part of a network, or another network; open the file of the whole.");
    if (it->second->shape != shape)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "': the tensor '" + name + "' has the shape " + shapeText(it->second->shape) +
                        " where its configuration needs " + shapeText(shape) + ".",
                    "The weights and the configuration do not belong together.");
    const auto type = it->second->type;
    const bool isWhole = type != NumberType::Float64 && type != NumberType::Float32 && type != NumberType::Float16 &&
                         type != NumberType::BFloat16;
    if (isWhole)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "': the tensor '" + name + "' holds whole numbers (" +
                        std::string(namesOf(type).torchDtype) +
                        "), not weights; without the scale of a quantised "
                        "network they mean nothing.",
                    "Open the checkpoint from before it was quantised.");
    return *it->second;
}

struct Checked {
    ModelDescription description;
    Index index;
};

// Every tensor of the network must be there with its shape; those that no part of it takes are named, not fatal.
Checked compared(const Checkpoint& file, const std::string& precond) {
    Checked result{describe(file, precond), {}};
    for (const auto& tensor : file.tensors) result.index[tensor.name] = &tensor;
    const auto& config = result.description.config;
    std::set<std::string> used{"u"};
    const auto require = [&](const std::string& name, const std::vector<std::int64_t>& shape) {
        required(result.index, name, shape, file.path);
        used.insert(name);
    };
    for (const auto& parameter : expectedParameters(config)) require("model." + parameter.name, parameter.shape);
    if (config.embeddingType == EmbeddingType::Fourier && config.architecture == Architecture::SongUNet)
        require("model.map_noise.freqs", {config.noiseChannels() / 2});
    if (result.index.count("u") && result.description.kind == Preconditioning::Iddpm)
        require("u", {config.timesteps + 1});

    std::string names;
    int count = 0;
    const auto left = [&](const std::string& name) {
        if (++count <= 5) names += (names.empty() ? "" : ", ") + name.substr(0, 80);
    };
    for (const auto& tensor : file.tensors)
        if (!used.count(tensor.name) && !tensor.name.ends_with("resample_filter")) left(tensor.name);
    for (const auto& name : file.beside) left(name);
    if (count > 0)
        result.description.metadata["unused_tensors"] =
            std::to_string(count) + " (" + names + (count > 5 ? ", ..." : "") + ")";
    return result;
}

Checked checked(const Checkpoint& file, const std::string& precond) {
    try {
        return compared(file, precond);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::WrongKind) refuseShard(file.path);  // what it lacks is in the others
        throw;
    }
}

}  // namespace

ModelDescription describeModelFile(const std::string& path, const std::string& precond) {
    return checked(indexCheckpoint(path), precond).description;
}

LoadedModel readModelFile(const std::string& path, const Progress& progress, const std::string& precond) {
    const auto file = indexCheckpoint(path);
    auto [description, index] = checked(file, precond);  // everything is compared before the network costs memory
    LoadedModel loaded;
    loaded.denoiser = Denoiser(description.config, description.kind);
    loaded.metadata = std::move(description.metadata);
    torch::NoGradGuard guard;
    TensorReader reader(file);
    double done = 0, total = 1;
    for (const auto& item : loaded.denoiser->named_parameters()) total += double(item.value().numel());
    for (auto& item : loaded.denoiser->named_parameters()) {
        done += double(item.value().numel());
        if (progress && !progress(done / total))
            throw Error(ErrorCode::Interrupted, "Opening '" + path + "' was cancelled.");
        reader.readInto(*index.at(item.key()), item.value());
    }
    // Random or tabulated buffers; resampling filters and iDDPM's table follow from the configuration.
    for (auto& item : loaded.denoiser->named_buffers())
        if (const auto it = index.find(item.key()); it != index.end() && !item.key().ends_with("resample_filter"))
            reader.readInto(*it->second, item.value());
    loaded.denoiser->eval();
    return loaded;
}

void writeModelFile(const std::string& path, const Denoiser& denoiser, std::map<std::string, std::string> extra,
                    bool half) {
    SafeTensors content;
    content.metadata = std::move(extra);
    content.metadata["class"] = className(denoiser->kind());
    content.metadata["config"] = toJson(denoiser->config());
    for (const auto& item : denoiser->named_parameters())
        content.tensors.emplace_back(item.key(), half ? item.value().to(torch::kHalf) : item.value());
    for (const auto& item : denoiser->named_buffers()) content.tensors.emplace_back(item.key(), item.value());
    writeSafeTensors(path, content);
}

}  // namespace thaw
