// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/json_text.h"
#include "core/metrics/feature_classifier.h"

#include "core/io/safetensors.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

namespace thaw {
namespace {

constexpr const char* kClass = "FeatureClassifier";

// Everything a file holds, in a fixed order; the batch counters of batch normalisation serve no purpose here.
std::vector<std::pair<std::string, torch::Tensor>> storedTensors(const FeatureClassifier& classifier) {
    std::vector<std::pair<std::string, torch::Tensor>> tensors;
    for (const auto& item : classifier->named_parameters()) tensors.emplace_back(item.key(), item.value());
    for (const auto& item : classifier->named_buffers())
        if (item.value().is_floating_point()) tensors.emplace_back(item.key(), item.value());
    return tensors;
}

FeatureClassifierConfig parseConfig(const std::string& text, const std::string& path) {
    FeatureClassifierConfig config;
    bool plausible = false;
    try {
        const auto json = nlohmann::json::parse(text);
        config.imgResolution = json.at("img_resolution").get<int>();
        config.imgChannels = json.at("img_channels").get<int>();
        config.widths = json.at("widths").get<std::vector<int>>();
        config.classes = json.at("classes").get<int>();
        plausible = config.imgResolution >= 1 && config.imgResolution <= 4096 && config.imgChannels >= 1 &&
                    config.imgChannels <= 64 && config.classes >= 1 && config.classes <= 100000 &&
                    !config.widths.empty() && config.widths.size() <= 12;
        for (const int width : config.widths) plausible = plausible && width >= 1 && width <= 4096;
    } catch (const nlohmann::json::exception&) {
    }
    if (!plausible)
        throw Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: its config is '" + text.substr(0, 200) + "'.",
                    "Train it again with 'thaw-cli train-features'.");
    return config;
}

std::string textOf(const std::map<std::string, std::string>& metadata, const std::string& key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? "" : found->second;
}

}  // namespace

void roundToStored(FeatureClassifier& classifier) {
    const torch::NoGradGuard noGrad;
    for (auto& [name, tensor] : storedTensors(classifier)) tensor.copy_(tensor.to(torch::kHalf));
}

void writeFeatureClassifier(const std::string& path, const FeatureClassifier& classifier) {
    const auto& config = classifier->config();
    const nlohmann::ordered_json json = {{"img_resolution", config.imgResolution},
                                         {"img_channels", config.imgChannels},
                                         {"widths", config.widths},
                                         {"classes", config.classes}};
    SafeTensors content;
    content.metadata = {{"class", kClass},
                        {"config", jsonText(json)},
                        {"trained_on", classifier->trainedOn},
                        {"test_accuracy", jsonText(nlohmann::json(classifier->testAccuracy))},
                        {"seed", std::to_string(classifier->seed)}};
    for (const auto& [name, tensor] : storedTensors(classifier))
        content.tensors.emplace_back(name, tensor.to(torch::kHalf));
    writeSafeTensors(path, content);
}

FeatureClassifier readFeatureClassifier(const std::string& path) {
    const auto content = readSafeTensors(path);
    if (textOf(content.metadata, "class") != kClass)
        throw Error(
            ErrorCode::WrongKind,
            "'" + path + "' is not a feature network: its class is '" + textOf(content.metadata, "class") + "'.",
            "Train one with 'thaw-cli train-features'.");
    FeatureClassifier classifier(parseConfig(textOf(content.metadata, "config"), path));
    const torch::NoGradGuard noGrad;
    for (auto& [name, tensor] : storedTensors(classifier)) {
        const auto stored = content.at(name, path);
        if (stored.sizes() != tensor.sizes() || !stored.is_floating_point() || !stored.isfinite().all().item<bool>())
            throw Error(ErrorCode::FileDamaged,
                        "'" + path + "' is damaged: the tensor '" + name + "' has the wrong shape or values.",
                        "Train it again with 'thaw-cli train-features'.");
        tensor.copy_(stored);
    }
    classifier->trainedOn = textOf(content.metadata, "trained_on");
    classifier->testAccuracy = numberOf(textOf(content.metadata, "test_accuracy")).value_or(0);
    classifier->seed = std::strtoull(textOf(content.metadata, "seed").c_str(), nullptr, 10);
    classifier->eval();
    return classifier;
}

}  // namespace thaw
