// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "core/formats/run_record_file.h"
#include "core/io/freeze_plan_file.h"
#include "core/io/model_description.h"
#include "core/values/config_problem.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <memory>

namespace thaw::cli {
namespace {

struct InfoOptions {
    std::string model, precond, freeze = "d2o-f";
};

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string rightAligned(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

// How the run of a folder was made, for a folder that is one.
nlohmann::ordered_json runJson(const RunRecord& record, const std::string& folder) {
    nlohmann::ordered_json json{{"model", record.model},
                                {"model_sha256", record.modelSha256},
                                {"data", record.data},
                                {"data_sha256", record.dataSha256}};
    if (!record.modelAssumed.empty()) json["model_assumed"] = record.modelAssumed;
    for (const auto& [name, value] : wordsOf(record.environment)) json["environment"][name] = value;
    for (const auto& next : continuationsOf(folder))
        json["resumed"].push_back({{"step", next.step}, {"kimg", next.kimg}, {"differences", next.differences}});
    return json;
}

std::string runText(const RunRecord& record, const std::string& folder) {
    const auto source = [](const std::string& path, const std::string& sha256) {
        return path + (sha256.empty() ? "" : "  SHA-256 " + sha256) + "\n";
    };
    std::string text = "\n\nmade with\n";
    if (!record.model.empty()) text += "  model            " + source(record.model, record.modelSha256);
    if (!record.modelAssumed.empty())
        text += "                   assumed " + record.modelAssumed + ": its file does not say the class\n";
    text += "  data             " + source(record.data, record.dataSha256);
    for (auto [name, value] : wordsOf(record.environment)) {
        name.resize(std::max<std::size_t>(name.size(), 16), ' ');
        text += "  " + name + " " + value + "\n";
    }
    for (const auto& next : continuationsOf(folder))
        text += "  bit for bit up to step " + std::to_string(next.step) + ", then with other values of " +
                next.differences + "\n";
    text.pop_back();
    return text;
}

void runInfo(const InfoOptions& options, const Context& context) {
    const auto model = describeModel(options.model);
    const auto summary = summarise(model, options.model);
    const auto plan = openFreezePlan(options.freeze);
    std::vector<ConfigProblem> problems;
    for (const auto& pattern : mistypedPatterns(plan, summary.allParameters()))
        problems.push_back({"freeze", "has '" + pattern + "', which matches no parameter of this model"});
    throwProblems(problems, "the freeze plan");

    const auto total = countFrozen(plan, summary);
    nlohmann::ordered_json blocks = nlohmann::ordered_json::array();
    std::string text = summary.title + ": " + summary.architecture + " as " + summary.wrapperClass + ", " +
                       std::to_string(summary.imgChannels) + "×" + std::to_string(summary.imgResolution) + "×" +
                       std::to_string(summary.imgResolution) + "\n\n";
    const auto notes = openingNotes(model.metadata);
    for (const auto& note : notes) text += note + "\n";
    if (!notes.empty()) text += "\n";
    text += "block                    kind              res   parameters   frozen\n";
    for (const auto& block : summary.blocks) {
        const auto count = countFrozen(plan, block);
        blocks.push_back({{"name", block.name},
                          {"kind", block.kind},
                          {"resolution", block.resolution},
                          {"parameters", count.total},
                          {"frozen_parameters", count.frozen}});
        text += padded(block.name, 24) + " " + padded(block.kind, 16) + " " +
                rightAligned(std::to_string(block.resolution), 4) + " " +
                rightAligned(std::to_string(count.total), 12) + "  " +
                rightAligned(fixedNumber(count.percent(), 1), 5) + " %\n";
    }
    const auto last = "\nfreeze " + toText(plan) + ": " + std::to_string(total.frozen) + " of " +
                      std::to_string(total.total) + " parameters (" + fixedNumber(total.percent(), 2) + " %)";
    nlohmann::ordered_json result{{"class", summary.wrapperClass},
                                  {"architecture", summary.architecture},
                                  {"img_resolution", summary.imgResolution},
                                  {"img_channels", summary.imgChannels},
                                  {"label_dim", summary.labelDim},
                                  {"sampler", samplerTitle(summary.sampling.config)},
                                  {"student_steps", summary.sampling.studentSteps},
                                  {"parameters", summary.parameters},
                                  {"freeze", toText(plan)},
                                  {"frozen_parameters", total.frozen},
                                  {"frozen_percent", total.percent()},
                                  {"metadata", model.metadata},
                                  {"notes", notes},
                                  {"blocks", blocks}};
    const auto record = runRecordIfAny(options.model);
    if (record) result["run"] = runJson(*record, options.model);
    report(context, result, text + last + (record ? runText(*record, options.model) : ""));
}

}  // namespace

void addInfo(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("info", "architecture, blocks, and what a freeze plan freezes");
    auto options = std::make_shared<InfoOptions>();
    verb->add_option("MODEL", options->model, "model file, run folder, or builtin")->required();
    addPrecondOption(*verb, options->precond);
    verb->add_option("--freeze", options->freeze, "none, d2o-f, d2o-f+qkv, d2o-f+qkv+skip, all, or globs")
        ->capture_default_str();
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        if (!options->precond.empty()) options->model = withPrecond(options->model, options->precond);
        context.run = [options, &context] { runInfo(*options, context); };
    });
}

}  // namespace thaw::cli
