// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/spectrum_kinds.h"

#include "app/cli/data_options.h"
#include "core/io/model_description.h"
#include "core/lab/raw_responses.h"
#include "core/nn/responses.h"
#include "core/values/config_problem.h"
#include "core/values/freeze_plan.h"
#include "core/values/noise_levels.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <cmath>

namespace thaw::cli {
void openSubject(Session& session, const SpectrumOptions& options, const Context& context,
                 const std::vector<double>& sigmas) {
    session.files().openModel(options.model);
    if (std::all_of(sigmas.begin(), sigmas.end(), [](double sigma) { return sigma >= kPureNoiseSigma; })) return;
    session.files().openData(options.data.empty() ? "builtin" : options.data, {}, dataProgress(context));
    sayNotes(context, session.files().data().notes);
    requireFit(context, fitOf(session.files().model(), session.files().data(), DataUse::Comparison));
}

std::vector<double> chosenSigmas(const SpectrumOptions& options) {
    if (!options.sigma.empty()) return parseSigmas(options.sigma);
    return options.kind == "bands" ? logSpacedSigmas() : std::vector<double>{80};
}

std::vector<std::string> chosenResponses(const SpectrumOptions& options) {
    return chooseResponses(describeModel(options.model).config, options.blocks.empty() ? "*" : options.blocks,
                           options.operations);
}

std::vector<std::string> chosenParts(const SpectrumOptions& options) {
    if (options.blocks.empty()) return {""};
    auto parts = chooseResponses(describeModel(options.model).config, options.blocks);
    for (auto& part : parts)
        if (part == "output") part.clear();
    return parts;
}

ClassChoice networkClasses(const SpectrumOptions& options) {
    const auto& labels = options.sampler.labels;
    const auto choice = options.sampler.classChoice();
    if (!choice)
        throw Error(ErrorCode::Usage, "--labels is '" + labels + "'; what looks into a network takes one class.",
                    "Use --labels random, per-seed, or one class like 3.");
    const int known = describeModel(options.model).config.labelDim;
    if (known == 0 && choice->kind == ClassChoice::Kind::One)
        throw Error(ErrorCode::Configuration, "--labels is '" + labels + "', but this model has no classes.",
                    "Leave --labels out.");
    if (choice->kind == ClassChoice::Kind::One && choice->index >= known)
        throw Error(ErrorCode::Configuration,
                    "--labels has " + labels + "; the classes are 0 to " + std::to_string(known - 1) + ".",
                    "Correct --labels.");
    return *choice;
}

std::vector<std::string> chosenModules(const SpectrumOptions& options) {
    if (options.blocks.empty()) return {};
    std::vector<std::string> chosen;
    const auto plan = parseFreezePlan(options.blocks == "all" ? "*" : options.blocks);
    for (const auto& block : summarise(describeModel(options.model), options.model).blocks)
        if (isFrozen(plan, block.name)) chosen.push_back(block.name);
    if (chosen.empty())
        throw Error(ErrorCode::Configuration,
                    "the spectrum: blocks has '" + options.blocks + "', which matches no block of this model.",
                    "'thaw-cli info' lists the blocks.");
    return chosen;
}

FreezePlan chosenPlan(const SpectrumOptions& options, const ModelSummary& model) {
    auto plan = parseFreezePlan(options.freeze);
    for (const auto& pattern : mistypedPatterns(plan, model.allParameters()))
        throw Error(ErrorCode::Configuration, "--freeze has '" + pattern + "', which matches no parameter.",
                    "'thaw-cli info' lists them.");
    return plan;
}

void requireOneMap(const std::vector<std::string>& blocks, const std::vector<double>& sigmas) {
    if (blocks.size() != 1 || sigmas.size() != 1)
        throw Error(ErrorCode::Usage,
                    "--channels shows one block at one noise level, not " + std::to_string(blocks.size()) + " at " +
                        std::to_string(sigmas.size()) + ".",
                    "Name one with --blocks and --sigma.");
}

void requireImages(const SpectrumOptions& options) {
    if (int(!options.model.empty()) + int(!options.data.empty()) + int(!options.images.empty()) != 1 &&
        !(options.styleGan3 && !options.data.empty()))
        throw Error(ErrorCode::Usage, "--kind image needs exactly one of --model, --data and --images.",
                    "E.g. --data builtin.");
}

std::vector<std::uint64_t> imageSeeds(const SpectrumOptions& options) {
    if (!options.seeds.empty()) return parseSeeds(options.seeds);
    return parseSeeds("0-" + std::to_string(options.num.value_or(64) - 1));
}

void writeResponses(Session& session, const SpectrumOptions& options, const std::vector<std::string>& blocks,
                    const std::vector<double>& sigmas) {
    const auto seeds = seedRange(options, 16);
    writeNpz(options.responses,
             rawResponses(session, blocks, sigmas.front(), seeds.first, seeds.count, networkClasses(options)));
}

std::vector<double> parseSigmas(const std::string& text) {
    auto spaced = text;
    const bool range = std::count(text.begin(), text.end(), ':') == 2;
    if (range) std::replace(spaced.begin(), spaced.end(), ':', ',');
    auto sigmas = parseNumbers(spaced, "--sigma");
    if (range) {
        const double count = sigmas.at(2);
        sigmas.pop_back();
        requireSaneProbe(sigmas, 1);
        if (!(count >= 1) || count > 1000 || count != std::floor(count))
            throwProblems(
                {{"sigma", "is '" + text + "', which asks for " + shortNumber(count) + " levels, must be 1 to 1000"}},
                "the spectrum");
        return logSpacedSigmas(sigmas[0], sigmas[1], int(count));
    }
    requireSaneProbe(sigmas, 1);
    return sigmas;
}

SeedRange seedRange(const SpectrumOptions& options, int images) {
    if (options.seeds.empty()) return {0, options.num.value_or(images)};
    const auto seeds = parseSeeds(options.seeds);
    if (seeds.back() - seeds.front() + 1 != seeds.size())
        throwProblems({{"seeds", "is '" + options.seeds + "', must be one range like 0-15"}}, "the spectrum");
    return {seeds.front(), int(seeds.size())};
}

SeedRange networkSeeds(const SpectrumOptions& options) {
    return seedRange(options, options.kind == "transfer" && options.probe ? 4 : 16);
}

void measureWithBar(RunningJob& measurement, ProgressBar& bar, double done, double total,
                    const std::function<void()>& piece) {
    bool more = true;
    while (more) {
        if (interrupted()) throw Error(ErrorCode::Interrupted, "The measurement was interrupted.");
        more = measurement.advance([](double) { return !interrupted(); });
        bar.update(done + measurement.share() * total);
        if (piece) piece();
    }
}

void reportSpectrum(const Context& context, const SpectrumOptions& options, const std::vector<std::string>& blocks,
                    const std::vector<double>& sigmas, const std::vector<double>& frequencies, std::int64_t images,
                    double seconds, const nlohmann::ordered_json& more) {
    nlohmann::ordered_json result{
        {"blocks", blocks}, {"sigmas", sigmas}, {"frequencies", frequencies}, {"images", images}, {"seconds", seconds}};
    if (options.kind != "image")
        result["labels"] = describeModel(options.model).config.labelDim > 0
                               ? nlohmann::ordered_json(options.sampler.labels)
                               : nlohmann::ordered_json();
    for (const auto& [key, value] : more.items()) result[key] = value;
    result["out"] = options.out;
    report(context, result, "Wrote " + options.out + ".");
}

}  // namespace thaw::cli
