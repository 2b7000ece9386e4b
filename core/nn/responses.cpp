// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/responses.h"

#include "core/nn/unet_plan.h"
#include "core/values/config_problem.h"
#include "core/values/error.h"
#include "core/values/freeze_plan.h"

#include <algorithm>

namespace thaw {
namespace {

void addOperations(const StageSpec& stage, std::vector<ResponseInfo>& all) {
    const auto& b = stage.block;
    const auto add = [&](const char* operation, int resolution, std::int64_t channels) {
        all.push_back({stage.name + "." + operation, stage.name, operation, resolution, int(channels)});
    };
    const int r = stage.resolution;
    const int before = b.resampling == Resampling::Up ? r / 2 : b.resampling == Resampling::Down ? r * 2 : r;
    add("norm0", before, b.in);
    add("conv0", r, b.out);
    add("norm1", r, b.out);
    add("conv1", r, b.out);
    if (b.in != b.out || b.resampling != Resampling::None) add("skip", r, b.out);
    if (b.heads == 0) return;
    add("norm2", r, b.out);
    add("qkv", r, 3 * b.out);
    add("proj", r, b.out);
}

std::vector<ParameterInfo> asNames(const std::vector<ResponseInfo>& responses) {
    std::vector<ParameterInfo> names;
    names.reserve(responses.size());
    for (const auto& response : responses) names.push_back({response.name, {}, 0});
    return names;
}

}  // namespace

std::vector<ResponseInfo> responsesOf(const NetworkConfig& config) {
    std::vector<ResponseInfo> all;
    const auto plan = planOf(config);
    for (const auto* stages : {&plan.encoder, &plan.decoder})
        for (const auto& stage : *stages) {
            if (stage.kind == StageKind::Block) addOperations(stage, all);
            const auto channels = stage.kind == StageKind::Norm ? stage.block.in : stage.block.out;
            all.push_back({stage.name, stage.name, "", stage.resolution, int(channels)});
        }
    all.push_back({"output", "output", "", config.imgResolution, config.imgChannels});
    return all;
}

std::vector<std::string> blockResponses(const NetworkConfig& config) {
    std::vector<std::string> names;
    for (const auto& response : responsesOf(config))
        if (response.operation.empty() && response.name != "output") names.push_back(response.name);
    return names;
}

std::vector<std::string> chooseResponses(const NetworkConfig& config, const std::string& globs, bool operations) {
    const auto plan = parseFreezePlan(globs == "all" ? "*" : globs);
    std::vector<ResponseInfo> blocks, inner;
    for (const auto& response : responsesOf(config))
        (response.operation.empty() && response.name != "output" ? blocks : inner).push_back(response);
    const auto matchesNone = [](const std::string& pattern, const std::vector<ResponseInfo>& responses) {
        return !unmatchedPatterns({{pattern}}, asNames(responses)).empty();
    };
    FreezePlan innerPlan;
    std::vector<ConfigProblem> problems;
    for (const auto& pattern : plan.patterns) {
        const bool noBlock = matchesNone(pattern, blocks);
        if (operations || noBlock || pattern.starts_with('!')) innerPlan.patterns.push_back(pattern);
        if (noBlock && matchesNone(pattern, inner))
            problems.push_back(
                {"blocks", "has '" + pattern + "', which matches no block of this model that makes a map"});
    }
    std::vector<std::string> chosen;
    for (const auto& response : responsesOf(config)) {
        const bool whole = response.operation.empty() && response.name != "output";
        if (isFrozen(whole ? plan : innerPlan, response.name)) chosen.push_back(response.name);
    }
    if (problems.empty() && chosen.empty()) problems.push_back({"blocks", "is '" + globs + "', which leaves no block"});
    throwProblems(problems, "the spectrum");
    return chosen;
}

void requireResponses(const NetworkConfig& config, const std::vector<std::string>& names) {
    const auto known = responsesOf(config);
    for (const auto& name : names)
        if (std::none_of(known.begin(), known.end(), [&](const ResponseInfo& r) { return r.name == name; }))
            throw Error(ErrorCode::Usage, "The model has no block '" + name + "' that makes a map.",
                        "'thaw-cli info' lists the blocks.");
}

}  // namespace thaw
