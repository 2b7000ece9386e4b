// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/backbone.h"

#include "core/gan/classifier_backbone.h"
#include "core/gan/denoiser_features.h"
#include "core/gan/script_backbone.h"

#include <filesystem>

namespace thaw {

std::unique_ptr<Backbone> openBackbone(const std::string& name, const Denoiser& frozen, torch::Device device) {
    if (name == "denoiser") return std::make_unique<DenoiserFeatures>(frozen);
    if (std::filesystem::path(name).extension() == ".safetensors") return openClassifierBackbone(name, frozen, device);
    return openScriptBackbone(name, frozen->config().imgResolution, device);
}

}  // namespace thaw
