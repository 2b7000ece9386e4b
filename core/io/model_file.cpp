// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_file.h"

#include "core/io/safetensors.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <sstream>

namespace thaw {
namespace {

std::string shapeText(torch::IntArrayRef shape) {
    std::ostringstream text;
    text << shape;
    return text.str();
}

Preconditioning wrapperOf(const std::string& name, const std::string& path) {
    if (const auto kind = preconditioningOf(name)) return *kind;
    throw Error(ErrorCode::WrongKind,
                name.empty() ? "'" + path + "' is a safetensors file but not a model file: it has no 'class'."
                             : "'" + path + "' has the class '" + name + "', which this version cannot run.",
                "Open a model file whose class is EDMPrecond, D2OPrecond, VPPrecond, VEPrecond or iDDPMPrecond.");
}

}  // namespace

LoadedModel readModelFile(const std::string& path) {
    const auto content = readSafeTensors(path);
    const auto word = [&](const char* key) {
        const auto it = content.metadata.find(key);
        return it == content.metadata.end() ? std::string() : it->second;
    };
    LoadedModel loaded;
    const auto kind = wrapperOf(word("class"), path);
    loaded.denoiser = Denoiser(parseNetworkConfig(word("config"), path, word("class")), kind);
    loaded.metadata = content.metadata;

    torch::NoGradGuard guard;
    std::map<std::string, torch::Tensor> stored(content.tensors.begin(), content.tensors.end());
    for (auto& item : loaded.denoiser->named_parameters()) {
        const auto it = stored.find(item.key());
        if (it == stored.end())
            throw Error(ErrorCode::FileDamaged, "'" + path + "' lacks the tensor '" + item.key() + "' that its configuration needs.",
                        "The file belongs to another network, or was cut; get it again.");
        if (it->second.sizes() != item.value().sizes())
            throw Error(ErrorCode::FileDamaged,
                        "'" + path + "': the tensor '" + item.key() + "' has the shape " + shapeText(it->second.sizes()) +
                            " where its configuration needs " + shapeText(item.value().sizes()) + ".",
                        "The weights and the configuration do not belong together.");
        item.value().copy_(it->second);
    }
    // Random or tabulated buffers; resampling filters follow from the configuration.
    for (auto& item : loaded.denoiser->named_buffers()) {
        const auto it = stored.find(item.key());
        if (it == stored.end() || item.key().ends_with("resample_filter")) continue;
        if (it->second.sizes() != item.value().sizes())
            throw Error(ErrorCode::FileDamaged, "'" + path + "': the buffer '" + item.key() + "' has the shape " +
                            shapeText(it->second.sizes()) + " where its configuration needs " + shapeText(item.value().sizes()) + ".",
                        "The weights and the configuration do not belong together.");
        item.value().copy_(it->second);
    }
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
