// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/run_record.h"

#include "core/values/model_name.h"

namespace thaw {
namespace {

// One field of the environment: its name where it is shown.
struct EnvironmentField {
    const char* name;
    std::string RunEnvironment::*value;
};
constexpr const char *kThreads = "threads", *kProcesses = "processes";
constexpr EnvironmentField kEnvironmentFields[] = {{"device", &RunEnvironment::device},
                                                   {"processor", &RunEnvironment::processor},
                                                   {"precision", &RunEnvironment::precision},
                                                   {"fused kernels", &RunEnvironment::kernels},
                                                   {"instruction set", &RunEnvironment::instructionSet},
                                                   {"LibTorch", &RunEnvironment::libtorch},
                                                   {"Thaw", &RunEnvironment::thaw}};

std::string threadsText(int threads) { return threads > 0 ? std::to_string(threads) : std::string(); }

std::string subsetText(const DatasetOptions& options) {
    if (options.maxImages == 0) return "all images";
    return std::to_string(options.maxImages) + " images of seed " + std::to_string(options.seed);
}

void compare(std::vector<RunDifference>& differences, const std::string& what, const std::string& then,
             const std::string& now) {
    if (!then.empty() && !now.empty() && then != now) differences.push_back({what, then, now});
}

// What was chosen for a file that does not say its class.
std::string precondText(const std::string& model) {
    const auto [path, precond] = modelName(model);
    if (path.empty()) return {};
    return precond.empty() ? "as the file says or as assumed" : std::string(classOfPrecond(precond));
}

std::string withPath(const std::string& path, const std::string& sha256) {
    return sha256.empty() ? std::string() : "'" + path + "', SHA-256 " + sha256;
}

}  // namespace

std::string titleOf(const RunEnvironment& e) {
    std::string text = e.device.rfind("cuda:", 0) == 0 ? "CUDA " + e.device.substr(5) : e.device == "cpu" ? "CPU" : "";
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
    };
    if (e.threads > 0 && e.device == "cpu") add(std::to_string(e.threads) + (e.threads == 1 ? " thread" : " threads"));
    if (e.processes > 1) add(std::to_string(e.processes) + " processes");
    add(e.precision);
    return text;
}

std::vector<std::pair<std::string, std::string>> wordsOf(const RunEnvironment& environment) {
    std::vector<std::pair<std::string, std::string>> words;
    for (const auto& field : kEnvironmentFields) {
        if (!(environment.*field.value).empty()) words.emplace_back(field.name, environment.*field.value);
        if (field.value == &RunEnvironment::precision && environment.threads > 0)
            words.emplace_back(kThreads, threadsText(environment.threads));
    }
    if (environment.processes > 1) words.emplace_back(kProcesses, std::to_string(environment.processes));
    return words;
}

std::vector<RunDifference> inputDifferences(const RunRecord& then, const RunRecord& now) {
    std::vector<RunDifference> differences;
    if (then.modelSha256 != now.modelSha256)
        compare(differences, "model", withPath(then.model, then.modelSha256), withPath(now.model, now.modelSha256));
    compare(differences, "preconditioning", precondText(then.model), precondText(now.model));
    // A folder and a zip of the same images have checksums of other things; that they are the same cannot be seen.
    if (then.dataSha256 != now.dataSha256 || then.dataHash != now.dataHash)
        compare(differences, "data", withPath(then.data, then.dataSha256), withPath(now.data, now.dataSha256));
    else if (then.labelsSha256 != now.labelsSha256)
        compare(differences, "labels", then.labelsSha256.empty() ? "none" : "SHA-256 " + then.labelsSha256,
                now.labelsSha256.empty() ? "none" : "SHA-256 " + now.labelsSha256);
    if (!then.data.empty())
        compare(differences, "subset of the data", subsetText(then.options), subsetText(now.options));
    return differences;
}

std::vector<RunDifference> environmentDifferences(const RunEnvironment& then, const RunEnvironment& now) {
    std::vector<RunDifference> differences;
    for (const auto& field : kEnvironmentFields) compare(differences, field.name, then.*field.value, now.*field.value);
    compare(differences, kThreads, threadsText(then.threads), threadsText(now.threads));
    compare(differences, kProcesses, std::to_string(then.processes), std::to_string(now.processes));
    return differences;
}

std::string listed(const std::vector<RunDifference>& differences) {
    std::string text;
    for (std::size_t i = 0; i < differences.size(); ++i) {
        const auto& d = differences[i];
        text += (i == 0                       ? ""
                 : i + 1 < differences.size() ? ", "
                                              : " and ") +
                d.what + " (" + d.then + ", now " + d.now + ")";
    }
    return text;
}

std::vector<std::string> unrecorded(const RunRecord& then) {
    std::vector<std::string> names;
    const auto ask = [&](const char* name, bool known) {
        if (!known) names.emplace_back(name);
    };
    if (!then.model.empty()) ask("model", !then.modelSha256.empty());
    ask("data", !then.dataSha256.empty());
    ask("precision", !then.environment.precision.empty());
    ask(kThreads, then.environment.threads > 0);
    ask("instruction set", !then.environment.instructionSet.empty());
    return names;
}

}  // namespace thaw
