// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/parameter_kind.h"

#include <map>

namespace thaw {
namespace {

std::vector<std::string> modulesOf(const std::string& parameterName) {
    std::vector<std::string> parts{""};
    for (const char c : parameterName) {
        if (c == '.') parts.emplace_back();
        else parts.back() += c;
    }
    parts.pop_back();  // weight or bias
    if (!parts.empty() && parts.front() == "model") parts.erase(parts.begin());
    return parts;
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

ParameterKind parameterKind(const std::string& parameterName) {
    const auto modules = modulesOf(parameterName);
    if (modules.empty()) return ParameterKind::InOut;
    if (modules.front().starts_with("map_")) return ParameterKind::Mapping;
    for (const auto& module : modules)
        if (contains(module, "_aux_") || module.starts_with("aux_")) return ParameterKind::Aux;
    static const std::map<std::string, ParameterKind> kByModule{
        {"conv0", ParameterKind::Conv0}, {"conv1", ParameterKind::Conv1}, {"affine", ParameterKind::Affine},
        {"skip", ParameterKind::Skip},   {"qkv", ParameterKind::Qkv},     {"proj", ParameterKind::Proj}};
    if (const auto it = kByModule.find(modules.back()); it != kByModule.end()) return it->second;
    return contains(modules.back(), "norm") ? ParameterKind::Norm : ParameterKind::InOut;
}

std::vector<KindShare> sharesByKind(const FreezePlan& plan, const ModelSummary& model) {
    const auto parameters = model.allParameters();
    const auto frozen = frozenMask(plan, parameters);
    std::map<ParameterKind, KindShare> shares;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto kind = parameterKind(parameters[i].name);
        auto& share = shares[kind];
        share.kind = kind;
        ++share.tensors;
        share.count.total += parameters[i].count;
        if (frozen[i]) share.count.frozen += parameters[i].count;
    }
    std::vector<KindShare> result;
    result.reserve(shares.size());
    for (const auto& [kind, share] : shares) result.push_back(share);
    return result;
}

}  // namespace thaw
