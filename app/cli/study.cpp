// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_options.h"
#include "app/cli/output.h"
#include "app/cli/study_results.h"
#include "app/cli/verbs.h"
#include "core/values/train_config.h"

#include <cmath>
#include <filesystem>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct StudyOptions {
    DataChoice data;
    std::string name, model = "builtin", out, scale = "quick";
    std::optional<double> kimg;
    std::optional<int> seeds, num;
};

FidPoint trainAndMeasure(Session& session, const FinetuneConfig& config, const std::string& folder, int num,
                         const Context& context, const std::string& title) {
    if (fs::exists(fs::path(folder) / "state.safetensors"))
        session.run().resume(folder, {config.kimg, Precision::Auto, context.compute.threads});
    else session.run().startIn(config, folder);
    ProgressBar bar(context, title, config.kimg * 1000, "img");
    double kimg = 0;
    while (!session.run().isComplete() && !interrupted()) {
        kimg = session.run().step().kimg;
        bar.update(kimg * 1000);
        if (session.run().snapshotDue()) session.run().saveSnapshot();
    }
    if (interrupted()) {
        session.run().finish(RunOutcome::Stopped);
        throw Error(ErrorCode::Interrupted, "Stopped in '" + folder + "'; everything is saved.",
                    "The same command goes on.");
    }
    session.run().beginFid(num);
    std::optional<FidPoint> point;
    while (!point) point = session.run().continueFid();
    session.run().finish(RunOutcome::Finished);
    return *point;
}

std::string number(double value, const char* format = "%.2f") {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

// Mean and sample standard deviation.
std::pair<double, double> spread(const std::vector<double>& values) {
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / double(values.size());
    for (const double v : values) squares += (v - mean) * (v - mean);
    return {mean, values.size() > 1 ? std::sqrt(squares / double(values.size() - 1)) : 0};
}

std::string tableOf(const StudyResults& results, const std::vector<std::string>& objectives, int seeds, double kimg,
                    const FidPoint& original) {
    std::string text = "# One-step distance by objective\n\nAfter " + number(kimg, "%g") + " kimg, freeze d2o-f; " +
                       std::to_string(original.num) + " samples; features: " + original.features +
                       "; reference: " + original.reference + ". Before: " + number(original.fid) +
                       ". Each objective with the best of four settings, chosen after 2 kimg of one seed.\n\n| "
                       "objective | learning rate | distance |";
    for (int s = 1; s <= seeds; ++s) text += " seed " + std::to_string(s) + " |";
    text += " mean ± std | precision | recall |\n|---|---|---|";
    for (int s = 0; s < seeds + 3; ++s) text += "---|";
    text += "\n";
    for (const auto& objective : objectives) {
        const auto config = comparedSettings(objective);
        const auto* distance = config.gan                                           ? "–"
                               : config.distill.distance == ImageDistance::Features ? "features"
                                                                                    : "squared";
        text += "| " + objective + " | " + number(config.generator.learningRate, "%g") + " | " + distance + " |";
        std::vector<double> fids, precisions, recalls;
        for (int s = 1; s <= seeds; ++s) {
            const auto& result = results.json()[objective][std::to_string(s)];
            fids.push_back(result.value("fid", 0.0));
            precisions.push_back(result["precision"].is_number() ? result["precision"].get<double>() : std::nan(""));
            recalls.push_back(result["recall"].is_number() ? result["recall"].get<double>() : std::nan(""));
            text += " " + number(fids.back()) + " |";
        }
        const auto [mean, deviation] = spread(fids);
        text += " " + number(mean) + " ± " + number(deviation) + " | " + number(spread(precisions).first) + " | " +
                number(spread(recalls).first) + " |\n";
    }
    return text;
}

void runStudy(const StudyOptions& options, const Context& context) {
    if (options.name != "objectives")
        throw Error(ErrorCode::Usage, "There is no study '" + options.name + "'.",
                    "Use: thaw-cli study objectives --out DIR.");
    const bool full = options.scale == "full";
    const double kimg = options.kimg.value_or(full ? 20 : 2);
    const int seeds = options.seeds.value_or(full ? 3 : 1), num = options.num.value_or(full ? 5000 : 1000);
    if (seeds < 1 || seeds > 1000)
        throw Error(ErrorCode::Configuration, "--seeds is " + std::to_string(seeds) + ", must be 1 to 1000.",
                    "Use --seeds 3.");
    Session session(context.compute);
    session.files().openModel(options.model);
    session.files().openData(options.data.path, options.data.options, dataProgress(context));
    requireFit(context, fitOf(session.files().model(), session.files().data()));
    const auto objectives = objectiveWords();
    std::vector<std::pair<std::string, FinetuneConfig>> settings;
    for (const auto& objective : objectives) {
        auto& config = settings.emplace_back(objective, comparedSettings(objective)).second;
        config.kimg = kimg;
        config.fidImages = num;
        config.fidEveryKimg = 0;
        if (context.compute.precision != Precision::Auto) config.precision = context.compute.precision;
    }
    session.files().dataHash(dataProgress(context));
    StudyResults results(options.out, studyIdentity(session, options.name, kimg, num, settings));
    const auto original = session.run().originalFid(num);
    for (int seed = 1; seed <= seeds; ++seed)
        for (auto [objective, config] : settings) {
            if (results.has(objective, seed)) continue;
            config.seed = std::uint64_t(seed);
            const auto name = objective + "-seed" + std::to_string(seed);
            const auto point =
                trainAndMeasure(session, config, (fs::path(options.out) / "runs" / name).string(), num, context, name);
            results.add(objective, seed, point);
            say(context, name + ": " + number(point.fid));
        }
    const auto table = tableOf(results, objectives, seeds, kimg, original);
    writeText((fs::path(options.out) / "table.md").string(), table);
    report(context,
           {{"study", options.name},
            {"kimg", kimg},
            {"seeds", seeds},
            {"original_fid", original.fid},
            {"results", results.json()},
            {"out", options.out}},
           table);
}

}  // namespace

void addStudy(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("study", "a whole experiment with its table; goes on where it was interrupted");
    auto options = std::make_shared<StudyOptions>();
    verb->add_option("name", options->name, "objectives: one-step distance of every objective at equal images seen")
        ->required();
    verb->add_option("--out", options->out, "folder of runs, results.json and table.md")->required();
    verb->add_option("--scale", options->scale, "quick: 2 kimg, one seed; full: 20 kimg, three seeds")
        ->check(CLI::IsMember({"quick", "full"}))
        ->capture_default_str();
    verb->add_option("--model", options->model, "model file, run folder, or builtin")->capture_default_str();
    addDataOptions(*verb, options->data);
    verb->add_option("--kimg", options->kimg, "length of every run, in thousand images");
    verb->add_option("--seeds", options->seeds, "runs of every objective");
    verb->add_option("--num", options->num, "samples of every measurement");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runStudy(*options, context); }; });
}

}  // namespace thaw::cli
