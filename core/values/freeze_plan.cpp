// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/freeze_plan.h"

#include <algorithm>
#include <sstream>
#include <string_view>

namespace thaw {
namespace {

// Iterative glob: on a mismatch, fall back to the last star and let it eat one more character.
bool globMatches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] != '*' && pattern[p] == text[t]))) {
            ++p, ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool matchesNameOrParent(std::string_view pattern, std::string_view name) {
    if (globMatches(pattern, name)) return true;
    for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos; dot = name.substr(0, dot).rfind('.'))
        if (globMatches(pattern, name.substr(0, dot))) return true;
    return false;
}

struct Pattern {
    bool thaw;
    std::string_view glob;
};

Pattern readPattern(std::string_view text) {
    const bool thaw = !text.empty() && text.front() == '!';
    if (thaw) text.remove_prefix(1);
    if (text.starts_with("model.")) text.remove_prefix(6);
    return {thaw, text};
}

bool isOfPreset(const std::string& pattern) {
    return std::any_of(freezePresets().begin(), freezePresets().end(), [&](const FreezePreset& preset) {
        const auto& own = preset.plan.patterns;
        return std::find(own.begin(), own.end(), pattern) != own.end();
    });
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\n");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

}  // namespace

const std::vector<FreezePreset>& freezePresets() {
    // conv0, conv1, qkv, proj and skip are submodules of U-Net blocks and of nothing else, so the bare names are exact.
    static const std::vector<FreezePreset> presets = {
        {"none", {}},
        {"d2o-f", {{"*.conv0", "*.conv1", "*.proj"}}},
        {"d2o-f+qkv", {{"*.conv0", "*.conv1", "*.proj", "*.qkv"}}},
        {"d2o-f+qkv+skip", {{"*.conv0", "*.conv1", "*.proj", "*.qkv", "*.skip"}}},
        {"all", {{"*"}}},
    };
    return presets;
}

FreezePlan parseFreezePlan(const std::string& text) {
    const std::string whole = trimmed(text);
    for (const auto& preset : freezePresets())
        if (preset.key == whole) return preset.plan;
    FreezePlan plan;
    std::istringstream stream(whole);
    for (std::string part; std::getline(stream, part, ',');)
        if (part = trimmed(part); !part.empty()) {
            const auto preset = std::find_if(freezePresets().begin(), freezePresets().end(),
                                             [&](const FreezePreset& p) { return p.key == part; });
            if (preset == freezePresets().end()) plan.patterns.push_back(part);
            else plan.patterns.insert(plan.patterns.end(), preset->plan.patterns.begin(), preset->plan.patterns.end());
        }
    return plan;
}

std::string toText(const FreezePlan& plan) {
    for (const auto& preset : freezePresets())
        if (preset.plan == plan) return preset.key;
    std::string text;
    for (const auto& pattern : plan.patterns) text += (text.empty() ? "" : ",") + pattern;
    return text;
}

bool isFrozen(const FreezePlan& plan, const std::string& parameterName) {
    for (auto it = plan.patterns.rbegin(); it != plan.patterns.rend(); ++it) {
        const Pattern pattern = readPattern(*it);
        if (matchesNameOrParent(pattern.glob, parameterName)) return !pattern.thaw;
    }
    return false;
}

std::vector<bool> frozenMask(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters) {
    std::vector<bool> mask;
    mask.reserve(parameters.size());
    for (const auto& parameter : parameters) mask.push_back(isFrozen(plan, parameter.name));
    return mask;
}

std::vector<std::string> unmatchedPatterns(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters) {
    std::vector<std::string> unmatched;
    for (const auto& text : plan.patterns) {
        const Pattern pattern = readPattern(text);
        const bool any = std::any_of(parameters.begin(), parameters.end(),
                                     [&](const ParameterInfo& p) { return matchesNameOrParent(pattern.glob, p.name); });
        if (!any) unmatched.push_back(text);
    }
    return unmatched;
}

std::vector<std::string> mistypedPatterns(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters) {
    auto mistyped = unmatchedPatterns(plan, parameters);
    std::erase_if(mistyped, isOfPreset);
    return mistyped;
}

std::vector<ConfigProblem> freezeProblems(const FreezePlan& plan, const std::vector<ParameterInfo>& parameters) {
    std::vector<ConfigProblem> problems;
    for (const auto& pattern : mistypedPatterns(plan, parameters))
        problems.push_back({"freeze", "has '" + pattern + "', which matches no parameter of this model"});
    const auto mask = frozenMask(plan, parameters);
    if (std::find(mask.begin(), mask.end(), false) == mask.end())
        problems.push_back({"freeze", "is '" + toText(plan) + "', which leaves nothing to train"});
    return problems;
}

FreezePlan planForMask(const ModelSummary& model, const std::vector<bool>& frozen) {
    const auto parameters = model.allParameters();
    for (const auto& preset : freezePresets())
        if (frozenMask(preset.plan, parameters) == frozen) return preset.plan;
    FreezePlan plan;
    std::size_t first = 0;
    for (const auto& block : model.blocks) {
        const std::size_t end = first + block.parameters.size();
        const auto count = std::count(frozen.begin() + long(first), frozen.begin() + long(end), true);
        if (count > 0 && count == long(block.parameters.size())) {
            plan.patterns.push_back(block.name);
        } else {
            for (std::size_t i = first; i < end; ++i)
                if (frozen[i]) plan.patterns.push_back(parameters[i].name);
        }
        first = end;
    }
    return plan;
}

FreezeCount countFrozen(const FreezePlan& plan, const BlockInfo& block) {
    FreezeCount count;
    for (const auto& parameter : block.parameters) {
        count.total += parameter.count;
        if (isFrozen(plan, parameter.name)) count.frozen += parameter.count;
    }
    return count;
}

FreezeCount countFrozen(const FreezePlan& plan, const ModelSummary& model) {
    FreezeCount sum;
    for (const auto& block : model.blocks) {
        const FreezeCount count = countFrozen(plan, block);
        sum.frozen += count.frozen;
        sum.total += count.total;
    }
    return sum;
}

}  // namespace thaw
