// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/open_model.h"

#include "core/io/model_sampler.h"
#include "core/io/resources.h"
#include "core/io/run_folder.h"
#include "core/values/error.h"

#include <filesystem>

namespace thaw {

std::string modelFileOf(const std::string& path) {
    std::error_code error;
    if (path == "builtin") return resourceFile("models/fashion-mnist/model.safetensors");
    return std::filesystem::is_directory(path, error) ? newestSnapshot(path) : path;
}

LoadedModel openModelFile(const std::string& path, const Progress& progress) {
    return readModelFile(modelFileOf(path), progress);
}

ModelDescription describeModel(const std::string& path) { return describeModelFile(modelFileOf(path)); }

ModelSummary summarise(const LoadedModel& model, const std::string& path) {
    return summarise(ModelDescription{model.denoiser->kind(), model.denoiser->config(), model.metadata}, path);
}

ModelSummary summarise(const ModelDescription& model, const std::string& path) {
    namespace fs = std::filesystem;
    const auto& network = model.config;
    ModelSummary summary;
    summary.path = path;
    auto name = fs::path(path).filename().string();
    if (name.empty()) name = fs::path(path).parent_path().filename().string();
    summary.title = path == "builtin" ? "Fashion-MNIST EDM (built in)" : name;
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
