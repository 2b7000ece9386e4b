// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "core/session/benchmark.h"
#include "core/values/enum_words.h"
#include "core/values/number_text.h"

#include <algorithm>
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
            {"device_peak_mib", result.devicePeakMiB > 0 ? BenchJson(result.devicePeakMiB) : BenchJson()},
            {"device", result.device}};
}

std::string benchCell(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string benchLine(const BenchmarkResult& result, const BenchmarkInfo& info) {
    std::string text = benchCell(result.name, 12) + benchCell(result.model, 15) +
                       benchCell(shortNumber(result.value, 4), 7) + info.unit + " (" + shortNumber(result.low, 4) +
                       " to " + shortNumber(result.high, 4) + ")";
    if (result.ceiling > 0)
        text +=
            ", " + fixedNumber(100 * result.share(), 0) + " % of its convolutions' " + shortNumber(result.ceiling, 4);
    return text + ", peak " + fixedNumber(result.peakMiB, 0) + " MiB";
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
        ->check(oneOfWords(names));
    verb->add_option(
            "--model", options->request.model,
            "model file, run folder, builtin, or a published shape with random weights: " + listed(benchmarkShapes()))
        ->capture_default_str();
    verb->add_option("--batch", options->request.batch, "images at a time")->capture_default_str();
    verb->add_option("--micro-batch", options->request.microBatch,
                     "images at a time within a step of finetune; 0 = all")
        ->check(between(0, 4096))
        ->capture_default_str();
    verb->add_option("--repetitions", options->request.repetitions, "timed runs; the median is reported")
        ->check(between(1, 1000))
        ->capture_default_str();
    verb->add_option("--steps", options->request.steps, "steps or batches of a run; 0 = about a second's")
        ->check(between(0, 1000000))
        ->capture_default_str();
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runBench(*options, context); }; });
}

}  // namespace thaw::cli
