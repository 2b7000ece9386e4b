// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/open_model.h"

#include "core/resources.h"
#include "core/train/run_folder.h"
#include "core/values/error.h"

#include <filesystem>

namespace thaw {

LoadedModel openModelFile(const std::string& path, const Progress& progress) {
    namespace fs = std::filesystem;
    if (path == "builtin") return readModelFile(resourceFile("models/fashion-mnist/model.safetensors"), progress);
    std::error_code error;
    if (fs::is_directory(path, error)) return readModelFile(newestSnapshot(path), progress);
    return readModelFile(path, progress);
}

ModelSummary summarise(const LoadedModel& model, const std::string& path) {
    namespace fs = std::filesystem;
    const auto& network = model.denoiser->config();
    ModelSummary summary;
    summary.path = path;
    auto name = fs::path(path).filename().string();
    if (name.empty()) name = fs::path(path).parent_path().filename().string();
    summary.title = path == "builtin" ? "Fashion-MNIST EDM (built in)" : name;
    summary.wrapperClass = className(model.denoiser->kind());
    const bool song = network.architecture == Architecture::SongUNet;
    const auto family = familyName(network);
    summary.architecture = !song ? "DhariwalUNet (ADM)" : family == "SongUNet" ? family : "SongUNet (" + family + ")";
    summary.imgResolution = network.imgResolution;
    summary.imgChannels = network.imgChannels;
    summary.labelDim = network.labelDim;
    summary.blocks = model.denoiser->model->blocks();
    for (const auto& block : summary.blocks) summary.parameters += block.parameterCount();
    return summary;
}

}  // namespace thaw
