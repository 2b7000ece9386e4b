// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "core/session/benchmark.h"
#include "core/values/enum_words.h"

#include <cstdio>
#include <memory>

namespace thaw::cli {
namespace {

using BenchJson = nlohmann::ordered_json;

struct BenchOptions {
    std::vector<std::string> workloads;
    BenchmarkRequest request;
};

BenchJson toBenchJson(const BenchmarkResult& result, const BenchmarkInfo& info) {
    return {{"name", result.name},
            {"model", result.model},
            {"batch", result.batch},
            {"value", result.value},
            {"unit", info.unit},
            {"low", result.low},
            {"high", result.high},
            {"repetitions", result.repetitions},
            {"ceiling", result.ceiling > 0 ? BenchJson(result.ceiling) : BenchJson()},
            {"peak_mib", result.peakMiB},
            {"device", result.device}};
}

std::string benchLine(const BenchmarkResult& result, const BenchmarkInfo& info) {
    char line[200];
    std::snprintf(line, sizeof line, "%-11s %-14s %10.4g %s (%.4g to %.4g)", result.name.c_str(), result.model.c_str(),
                  result.value, info.unit.c_str(), result.low, result.high);
    std::string text = line;
    if (result.ceiling > 0) {
        std::snprintf(line, sizeof line, ", %.0f %% of its convolutions' %.4g", 100 * result.share(), result.ceiling);
        text += line;
    }
    std::snprintf(line, sizeof line, ", peak %.0f MiB", result.peakMiB);
    return text + line;
}

void runBench(const BenchOptions& options, const Context& context) {
    BenchJson all = BenchJson::array();
    std::string text;
    for (const auto& info : benchmarks()) {
        const auto& wanted = options.workloads;
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), info.name) == wanted.end()) continue;
        auto request = options.request;
        request.workload = info.name;
        request.compute = context.compute;
        const auto result = runBenchmark(request, barProgress(context, info.name, request.repetitions, "runs"));
        all.push_back(toBenchJson(result, info));
        text += (text.empty() ? result.device + "\n" : "\n") + benchLine(result, info);
    }
    report(context, {{"results", all}}, text);
}

}  // namespace

void addBench(CLI::App& app, Context& context) {
    auto* verb =
        app.add_subcommand("bench", "how fast this machine is, each figure beside what its convolutions allow");
    auto options = std::make_shared<BenchOptions>();
    std::vector<std::string> names;
    for (const auto& info : benchmarks()) names.push_back(info.name);
    verb->add_option("--workload", options->workloads, listed(names) + ", separated by commas; all without")
        ->delimiter(',')
        ->check(CLI::IsMember(names));
    verb->add_option(
            "--model", options->request.model,
            "model file, run folder, builtin, or a published shape with random weights: " + listed(benchmarkShapes()))
        ->capture_default_str();
    verb->add_option("--batch", options->request.batch, "images at a time")->capture_default_str();
    verb->add_option("--repetitions", options->request.repetitions, "timed runs; the median is reported")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    verb->add_option("--steps", options->request.steps, "steps or batches of a run; 0 = about a second's")
        ->check(CLI::Range(0, 1000000))
        ->capture_default_str();
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runBench(*options, context); }; });
}

}  // namespace thaw::cli
