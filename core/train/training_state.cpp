// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_state.h"

#include "core/io/safetensors.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <filesystem>
#include <map>

namespace thaw {
namespace {

std::string stateFile(const std::string& runFolder) {
    return (std::filesystem::path(runFolder) / "state.safetensors").string();
}

constexpr const char* kStartAnew =
    "This run cannot be continued; its snapshots (ema-*.safetensors) can still be opened. Start a new run.";

SafeTensors readState(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        throw Error(ErrorCode::FileMissing, "There is no '" + path + "', from which the run would be continued.",
                    kStartAnew);
    try {
        return readSafeTensors(path);
    } catch (const Error& fault) {
        throw Error(fault.code(), fault.message(), kStartAnew);
    }
}

}  // namespace

void TrainingState::add(const std::string& part, const Named& named) {
    for (const auto& [name, tensor] : named) tensors.emplace_back(part + "/" + name, tensor);
}

void TrainingState::add(const std::string& part, const torch::OrderedDict<std::string, torch::Tensor>& named) {
    for (const auto& item : named) tensors.emplace_back(part + "/" + item.key(), item.value());
}

TrainingState::Named TrainingState::part(const std::string& part) const {
    Named found;
    const std::string prefix = part + "/";
    for (const auto& [name, tensor] : tensors)
        if (name.starts_with(prefix)) found.emplace_back(name.substr(prefix.size()), tensor);
    return found;
}

void TrainingState::copyTo(const std::string& partName,
                           const torch::OrderedDict<std::string, torch::Tensor>& targets) const {
    torch::NoGradGuard guard;
    const auto named = part(partName);
    const std::map<std::string, torch::Tensor> stored(named.begin(), named.end());
    for (const auto& item : targets) {
        const auto it = stored.find(item.key());
        if (it == stored.end() || it->second.sizes() != item.value().sizes())
            throw Error(ErrorCode::FileDamaged, "The snapshot has no matching '" + partName + "/" + item.key() + "'.",
                        "It belongs to another model or version; start a new run.");
        const auto& target = item.value();
        target.copy_(it->second);
    }
}

void writeTrainingState(const std::string& runFolder, const TrainingState& state) {
    SafeTensors content;
    content.tensors = state.tensors;
    content.metadata = {{"step", std::to_string(state.step)}, {"config", state.configJson}};
    writeSafeTensors(stateFile(runFolder), content);
}

TrainingState readTrainingState(const std::string& runFolder) {
    const auto path = stateFile(runFolder);
    auto content = readState(path);
    TrainingState state;
    try {
        state.step = std::stoll(content.metadata["step"]);
    } catch (const std::exception&) {
        throw Error(ErrorCode::FileDamaged, "'" + path + "' names no step.", kStartAnew);
    }
    state.configJson = content.metadata["config"];
    state.tensors = std::move(content.tensors);
    return state;
}

}  // namespace thaw
