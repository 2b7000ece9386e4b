// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/open_model.h"

#include "core/io/foreign_content.h"
#include "core/io/model_sampler.h"
#include "core/io/resources.h"
#include "core/io/run_folder.h"
#include "core/io/shard_index.h"
#include "core/values/error.h"
#include "core/values/model_name.h"

#include <filesystem>

namespace thaw {

namespace {

// A file may be called like a choice.
ModelName partsOf(const std::string& name) {
    std::error_code error;
    return std::filesystem::exists(name, error) ? ModelName{name, {}} : modelName(name);
}

}  // namespace

std::string modelFileOf(const std::string& name) {
    auto path = partsOf(name).path;
    std::error_code error;
    if (path == kBuiltinName) return resourceFile("models/fashion-mnist/model.safetensors");
    if (path == kBuiltinEmojiName) return resourceFile("models/emoji/model.safetensors");
    if (!std::filesystem::is_directory(path, error)) return path;
    try {
        return newestSnapshot(path);
    } catch (const Error&) {
        if (const auto index = shardIndexIn(path)) return *index;
        refuseForeignFolder(path);
        throw;
    }
}

std::vector<std::string> modelFilesOf(const std::string& name) { return filesOfCheckpoint(modelFileOf(name)); }

LoadedModel openModelFile(const std::string& name, const Progress& progress) {
    return readModelFile(modelFileOf(name), progress, partsOf(name).precond);
}

ModelDescription describeModel(const std::string& name) {
    return describeModelFile(modelFileOf(name), partsOf(name).precond);
}

std::vector<std::string> openingNotes(const std::map<std::string, std::string>& metadata) {
    std::vector<std::string> notes;
    const auto word = [&](const char* key) {
        const auto it = metadata.find(key);
        return it == metadata.end() ? std::string() : it->second;
    };
    if (const auto assumed = word("assumed"); !assumed.empty())
        notes.push_back(
            "Assumed " + assumed +
            ": the file does not say its class. --precond edm, vp, ve, iddpm or d2o chooses another, as does "
            "{\"class\": \"VPPrecond\"} in a .json of the same name beside it.");
    if (const auto others = word("not_taken"); !others.empty())
        notes.push_back("The file holds several networks: took " + word("taken_from") + ", not " + others + ".");
    return notes;
}

ModelSummary summarise(const LoadedModel& model, const std::string& path) {
    return summarise(ModelDescription{model.denoiser->kind(), model.denoiser->config(), model.metadata}, path);
}

ModelSummary summarise(const ModelDescription& model, const std::string& path) {
    namespace fs = std::filesystem;
    const auto& network = model.config;
    ModelSummary summary;
    summary.path = path;
    const auto plain = partsOf(path).path;
    auto name = fs::path(plain).filename().string();
    if (name.empty()) name = fs::path(plain).parent_path().filename().string();
    summary.title = path == kBuiltinName        ? "Fashion-MNIST EDM (built in)"
                    : path == kBuiltinEmojiName ? "Emoji EDM, colour and classes (built in)"
                                                : name;
    summary.wrapperClass = className(model.kind);
    const bool song = network.architecture == Architecture::SongUNet;
    const auto family = familyName(network);
    summary.architecture = !song ? "DhariwalUNet (ADM)" : family == "SongUNet" ? family : "SongUNet (" + family + ")";
    summary.imgResolution = network.imgResolution;
    summary.imgChannels = network.imgChannels;
    summary.labelDim = network.labelDim;
    summary.sampling = samplerOfModel(model.kind, network, model.metadata);
    summary.blocks = blocksOf(network);
    for (const auto& block : summary.blocks) summary.parameters += block.parameterCount();
    return summary;
}

}  // namespace thaw
