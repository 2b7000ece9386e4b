// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_options.h"
#include "app/cli/output.h"
#include "app/cli/study_plan.h"
#include "app/cli/study_results.h"
#include "app/cli/study_table.h"
#include "app/cli/verbs.h"
#include "core/formats/running_mark.h"
#include "core/metrics/feature_workflow.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"
#include "core/values/train_config.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

struct StudyOptions {
    DataChoice data;
    std::string name, model = "builtin", precond, out, scale = "quick";
    MeasureChoice measure;
    std::optional<double> kimg;
    std::optional<int> seeds, num;
    std::vector<std::string> only;
    std::vector<int> tuneLevels;
    bool tune = false, further = false;
    double tuneKimg = 5;
};

constexpr int kTuningImages = 2000;

// Runs of one study: how long, and how often their images are sampled.
struct StudyLength {
    double kimg;
    int num;
};

// The run goes on where it was interrupted; one that left no snapshot begins anew.
void openRun(Session& session, const FinetuneConfig& config, const std::string& folder, const Context& context) {
    if (fs::exists(fs::path(folder) / "state.safetensors")) {
        session.run().resume(folder, {config.kimg, Precision::Auto, context.compute.threads});
        return;
    }
    fs::remove_all(folder);
    session.run().startIn(config, folder);
}

// Infinite where the run diverged.
FidPoint trainAndMeasure(Session& session, const FinetuneConfig& config, const std::string& folder,
                         const Context& context, const std::string& title) {
    openRun(session, config, folder, context);
    ProgressBar bar(context, title, config.kimg * 1000, "img");
    try {
        while (!session.run().isComplete() && !interrupted()) {
            while (!session.run().advance()) {
            }
            session.run().takeMetrics();
            bar.update(session.run().tunedKimg() * 1000);
            if (session.run().snapshotDue()) session.run().saveWhatIsDue();
        }
        session.run().settle();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Diverged) throw;
        say(context, title + ": " + error.message());
        FidPoint point;
        point.fid = std::numeric_limits<double>::infinity();
        return point;
    }
    if (interrupted()) {
        session.run().finish(RunOutcome::Stopped);
        throw Error(ErrorCode::Interrupted, "Stopped in '" + folder + "'; everything is saved.",
                    "The same command goes on.");
    }
    session.run().beginFid(config.fidImages);
    std::optional<FidPoint> point;
    while (!point) point = session.run().continueFid();
    session.run().finish(RunOutcome::Finished);
    return *point;
}

void applyLength(FinetuneConfig& config, const StudyLength& length, const Context& context) {
    config.kimg = length.kimg;
    config.fidImages = length.num;
    config.fidEveryKimg = 0;
    if (context.compute.precision != Precision::Auto) config.precision = context.compute.precision;
}

// What a finished trial needs no more; its settings and its log stay.
void dropWeights(const std::string& runFolder) {
    std::vector<fs::path> heavy;
    for (const auto& file : fs::directory_iterator(runFolder))
        if (file.path().extension() == ".safetensors" || file.path().extension() == ".png")
            heavy.push_back(file.path());
    for (const auto& file : heavy) fs::remove(file);
}

// Settings are compared by the training images, which are never those of the table.
std::string validationReference(const StudyOptions& options, const std::string& folder, const Context& context) {
    auto file = (fs::path(folder) / "validation.npz").string();
    if (fs::exists(file)) return file;
    fs::create_directories(folder);
    StatisticsRequest request;
    request.data = options.data.path;
    request.part = "train";
    request.features = options.measure.features;
    request.out = file + ".part.npz";
    measureStatistics(request, barProgress(context, "training images", 1, ""));
    fs::rename(request.out, file);
    return file;
}

bool isTried(const StudyOptions& options, const TuningTrial& tried) {
    const auto in = [](const auto& list, const auto& value) {
        return std::find(list.begin(), list.end(), value) != list.end();
    };
    const auto& [objective, trial] = tried;
    const bool wanted = options.only.empty() || in(options.only, objective) || in(options.only, objective + "+gan");
    const bool leveled = hasLevels(trial.second) && !options.tuneLevels.empty();
    return wanted && (!leveled || in(options.tuneLevels, trial.second.distill.timesteps));
}

std::string tuningTitle(const StudyResults& results, const std::vector<StudyRow>& settings, const StudyLength& length,
                        const FidPoint& point) {
    const auto tried = std::count_if(settings.begin(), settings.end(), [&](const StudyRow& setting) {
        return results.has(setting.first, int(kTuningSeed));
    });
    return "# Settings tried\n\nOne run each of " + shortNumber(length.kimg) + " kimg, seed " +
           std::to_string(kTuningSeed) + "; " + measureName(measureOf(point)) + " of " + countedImages(point.num) +
           " against the training images, features: " + point.features + ". " + std::to_string(tried) + " of " +
           std::to_string(settings.size()) +
           " settings that may be tried: first every N with every learning rate, then the other optimisers at the best "
           "of both.";
}

// Finds the settings of every objective; the search is a study of its own below the folder.
std::vector<StudyRow> tunedRows(Session& session, const StudyOptions& options, const StudyLength& length,
                                const Context& context) {
    const auto folder = (fs::path(options.out) / "tuning").string();
    std::vector<StudyRow> settings;
    for (const auto& objective : tunedObjectives())
        for (auto [name, config] : tuningTrials(objective)) {
            applyLength(config, length, context);
            config.measure = {options.measure.features, "training images"};
            settings.emplace_back(name, config);
        }
    StudyResults results(folder, studyIdentity(session, options.name + ", tuning", length.kimg, length.num, settings));
    const auto reference = validationReference(options, folder, context);
    const auto tryAll = [&](std::vector<TuningTrial> trials) {
        std::erase_if(trials, [&](const auto& trial) { return !isTried(options, trial); });
        for (auto [objective, trial] : trials) {
            auto& [name, config] = trial;
            if (results.has(name, int(kTuningSeed))) continue;
            applyLength(config, length, context);
            config.measure = {options.measure.features, reference};
            config.seed = kTuningSeed;
            const auto run = (fs::path(folder) / "runs" / name).string();
            const auto point = trainAndMeasure(session, config, run, context, name);
            results.add(name, int(kTuningSeed), point);
            dropWeights(run);
            say(context, name + ": " + fixedNumber(point.fid, 6));
            writeText((fs::path(options.out) / "tuning.md").string(),
                      tuningMarkdown(results, tuningTitle(results, settings, length, point)));
        }
    };
    tryAll(firstTuningTrials());
    for (const auto& objective : tunedObjectives())
        if (const auto best = bestTrial(results.json(), objective)) tryAll(secondTuningTrials(objective, best->second));
    auto rows = objectiveRows();
    for (auto& [objective, config] : rows)
        if (const auto best = bestTrial(results.json(), objective)) config = best->second;
    return rows;
}

std::string titleOf(const StudyOptions& options, const StudyLength& length, const FidPoint& original) {
    const auto text = "After " + shortNumber(length.kimg) + " kimg; " + std::to_string(original.num) +
                      " samples. Before, one step of the original: " + fixedNumber(original.fid, 2) + ".";
    const std::string found =
        options.tune ? "Settings were chosen by runs of " + shortNumber(options.tuneKimg) +
                           " kimg of another seed and by their distance to the training images (tuning.md)."
                     : "Settings are not tuned for this model; --tune looks for them.";
    return "# One-step distance by objective\n\n" + text + " Distance: " + measureName(measureOf(original)) +
           ", features: " + original.features + "; reference: " + original.reference + ".\n\n" + found;
}

void checkOptions(const StudyOptions& options, int seeds) {
    if (options.name != "objectives")
        throw Error(ErrorCode::Usage, "There is no study '" + options.name + "'.",
                    "Use: thaw-cli study objectives --out DIR.");
    if (seeds < 1 || seeds > 1000)
        throw Error(ErrorCode::Configuration, "--seeds is " + std::to_string(seeds) + ", must be 1 to 1000.",
                    "Use --seeds 3.");
    if (options.tune && options.data.path != "builtin" && options.measure.reference.empty())
        throw Error(
            ErrorCode::Configuration,
            "--tune compares settings by the training images of '" + options.data.path +
                "', so the table needs other images.",
            "Write their statistics with 'thaw-cli statistics --data TEST --out test.npz' and give --reference.");
    for (const auto& name : options.only) {
        std::vector<std::string> known;
        auto rows = objectiveRows();
        if (options.further)
            for (auto& row : furtherRows(rows)) rows.push_back(std::move(row));
        known.reserve(rows.size());
        for (const auto& row : rows) known.push_back(row.first);
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw Error(ErrorCode::Configuration, "--only has '" + name + "', must be " + listed(known) + ".",
                        "Name rows of the table, separated by commas.");
    }
}

void runStudy(const StudyOptions& options, const Context& context) {
    const bool full = options.scale == "full";
    const StudyLength length{options.kimg.value_or(full ? 20 : 2), options.num.value_or(full ? 5000 : 1000)};
    const int seeds = options.seeds.value_or(full ? 3 : 1);
    checkOptions(options, seeds);
    requireOutput({options.out, {}, false, Output::Folder::Goes});
    requireIdleRun(options.out);
    catchSignals();
    sayOpening(context, options.model);
    Session session(context.compute);
    session.files().openModel(options.model);
    session.files().openData(options.data.path, options.data.options, dataProgress(context));
    requireFit(context, fitOf(session.files().model(), session.files().data()));
    session.files().dataHash(dataProgress(context));
    fs::create_directories(options.out);
    const RunLock lock(options.out);
    if (!lock.note().empty()) say(context, lock.note());
    auto rows = options.tune
                    ? tunedRows(session, options, {options.tuneKimg, std::min(length.num, kTuningImages)}, context)
                    : objectiveRows();
    // Rows that may be asked for later belong to the study from the start.
    for (auto& row : furtherRows(rows)) rows.push_back(std::move(row));
    for (auto& [name, config] : rows) {
        applyLength(config, length, context);
        config.measure = options.measure;
    }
    StudyResults results(options.out, studyIdentity(session, options.name, length.kimg, length.num, rows));
    const auto original = session.run().originalFid(options.measure, length.num);
    const StudyTable table{options.out, rows, seeds, titleOf(options, length, original)};
    const auto asked = [&](std::size_t row) {
        if (!options.only.empty())
            return std::find(options.only.begin(), options.only.end(), rows[row].first) != options.only.end();
        return options.further || row < objectiveWords().size();
    };
    const auto tableFile = (fs::path(options.out) / "table.md").string();
    for (int seed = 1; seed <= seeds; ++seed)
        for (std::size_t row = 0; row < rows.size(); ++row) {
            auto [objective, config] = rows[row];
            if (!asked(row) || results.has(objective, seed)) continue;
            config.seed = std::uint64_t(seed);
            const auto name = objective + "-seed" + std::to_string(seed);
            const auto point =
                trainAndMeasure(session, config, (fs::path(options.out) / "runs" / name).string(), context, name);
            results.add(objective, seed, point);
            say(context, name + ": " + fixedNumber(point.fid, 6));
            writeText(tableFile, markdown(table, results));
        }
    const auto text = markdown(table, results);
    writeText(tableFile, text);
    report(context,
           {{"study", options.name},
            {"kimg", length.kimg},
            {"seeds", seeds},
            {"original_fid", original.fid},
            {"results", results.json()},
            {"out", options.out}},
           text);
}

}  // namespace

void addStudy(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("study", "a whole experiment with its table; goes on where it was interrupted");
    auto options = std::make_shared<StudyOptions>();
    verb->add_option("name", options->name, "objectives: one-step distance of every objective at equal images seen")
        ->required();
    verb->add_option("--out", options->out, "folder of runs, results.json and table.md")->required();
    verb->add_option("--scale", options->scale, "quick: 2 kimg, one seed; full: 20 kimg, three seeds")
        ->check(oneOfWords({"quick", "full"}))
        ->capture_default_str();
    verb->add_option("--model", options->model, "model file, run folder, or builtin")->capture_default_str();
    addPrecondOption(*verb, options->precond);
    addDataOptions(*verb, options->data);
    verb->add_option("--kimg", options->kimg, "length of every run, in thousand images");
    verb->add_option("--seeds", options->seeds, "runs of every objective");
    verb->add_option("--num", options->num, "samples of every measurement");
    verb->add_flag("--tune", options->tune,
                   "first look for the settings of every objective, by their distance to the training images");
    verb->add_option("--tune-kimg", options->tuneKimg, "length of a run of that search")->capture_default_str();
    verb->add_option("--tune-levels", options->tuneLevels, "try only these N, separated by commas, of 4,8,16,32,64")
        ->delimiter(',')
        ->check(oneOfWords({"4", "8", "16", "32", "64"}));
    verb->add_option("--only", options->only, "rows to run, separated by commas, instead of all")->delimiter(',');
    verb->add_flag(
        "--further", options->further,
        "more rows: the GAN loss with all weights free and on random weights, imitation beside the GAN loss");
    verb->add_option("--features", options->measure.features,
                     "auto, builtin, fwd, a file of train-features, or a TorchScript network (.pt)")
        ->capture_default_str();
    verb->add_option("--reference", options->measure.reference,
                     "statistics (.npz) the table compares with; the test images of builtin");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        if (!options->precond.empty()) options->model = withPrecond(options->model, options->precond);
        context.run = [options, &context] { runStudy(*options, context); };
    });
}

}  // namespace thaw::cli
