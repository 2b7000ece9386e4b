// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_options.h"
#include "app/cli/output.h"

#include "core/formats/config_json.h"
#include "core/formats/json_text.h"
#include "core/formats/measure_json.h"
#include "core/formats/run_record_file.h"
#include "core/formats/running_mark.h"
#include "core/io/freeze_plan_file.h"
#include "core/session/run_steering.h"
#include "core/values/model_name.h"
#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>

namespace thaw::cli {
namespace {

struct FinetuneOptions {
    DataChoice data;
    std::string model = "builtin", precond, out, config;
    std::optional<std::string> freeze, objective, preset, features, reference;
    std::optional<double> kimg;
    std::optional<int> batch, microBatch;
    std::optional<std::uint64_t> seed;
    std::optional<bool> tensorboard;
    bool resume = false, anyway = false;
    const CLI::Option* modelOption = nullptr;
};

FinetuneConfig finetuneConfigOf(const FinetuneOptions& options, const Context& context) {
    FinetuneConfig config = finetunePresets().front().config;
    if (options.preset) {
        const auto& presets = finetunePresets();
        const auto found =
            std::find_if(presets.begin(), presets.end(), [&](const auto& p) { return p.key == *options.preset; });
        std::string known;
        for (const auto& p : presets) known += (known.empty() ? "" : ", ") + p.key;
        if (found == presets.end())
            throw Error(ErrorCode::Configuration, "--preset is '" + *options.preset + "'; there are " + known + ".",
                        "Choose one of them, or leave it out.");
        config = found->config;
        say(context, found->title + ": " + found->note);
    }
    if (!options.config.empty()) config = finetuneConfigFromJson(readTextFile(options.config), config, options.config);
    if (context.compute.precision != Precision::Auto) config.precision = context.compute.precision;
    if (options.objective)
        if (const auto problem = setObjective(config, *options.objective); !problem.empty())
            throw Error(ErrorCode::Configuration, "--objective " + problem + ".",
                        "Use --objective gan, or for example cd,gan.");
    if (options.freeze) config.freeze = openFreezePlan(*options.freeze);
    if (options.features) config.measure.features = *options.features;
    if (options.reference) config.measure.reference = *options.reference;
    if (options.kimg) config.kimg = *options.kimg;
    if (options.batch) config.batch = *options.batch;
    if (options.microBatch) config.microBatch = *options.microBatch;
    if (options.seed) config.seed = *options.seed;
    if (options.tensorboard) config.tensorboard = *options.tensorboard;
    return config;
}

// A measurement that fails is said and skipped: hours of training must not end with it. `failure` keeps why.
std::optional<FidPoint> measureFid(Session& session, RunSteering& steering, const Context& context,
                                   std::optional<Error>& failure) {
    failure.reset();
    std::optional<FidPoint> point;
    bool isMeasuring = true;  // what others ask of the run in between may end it
    const auto goesOn = [&] {
        isMeasuring = false;
        const bool on = steering.goesOn();
        isMeasuring = true;
        return on;
    };
    try {
        session.run().beginFid(session.run().config().fidImages);
        while (!point && goesOn()) point = session.run().continueFid();
    } catch (const Error& error) {
        if (!isMeasuring) throw;
        session.run().dropFid();  // the next one is due all the same
        say(context, "The distance could not be measured: " + error.message());
        failure = error;
        return {};
    }
    if (!point) return {};
    steering.note(*point);
    say(context,
        fixedNumber(point->kimg, 1) + " kimg: " + shortNumber(point->fid, 4) + " = " + measureTitle(measureOf(*point)));
    return point;
}

// A run goes on with its own settings; one that is named again must be the same.
void requireOwnSettings(const FinetuneOptions& options) {
    const auto path = runRecordFile(options.out);
    const auto json = nlohmann::json::parse(textOfRunFile(path), nullptr, /*allow_exceptions=*/false);
    const auto check = [&](const char* key, const std::optional<nlohmann::json>& asked) {
        if (!asked || !json.is_object() || !json.contains(key) || json[key] == *asked) return;
        throw Error(ErrorCode::Configuration,
                    "--" + std::string(key) + " is " + jsonText(*asked) + ", but the run in '" + options.out +
                        "' has " + jsonText(json[key]) + ".",
                    "A run goes on with its own settings; leave the option out, or start a new run.");
    };
    const auto word = [](const auto& value) { return value ? std::optional<nlohmann::json>(*value) : std::nullopt; };
    check("objective", word(options.objective));
    check("batch", word(options.batch));
    check("seed", word(options.seed));
}

// "  FD 12.34"; empty where nothing was measured.
std::string distanceText(const std::optional<FidPoint>& point, const char* before) {
    if (!point || !std::isfinite(point->fid)) return {};
    return before + measureName(measureOf(*point)) + " " + shortNumber(point->fid, 4);
}

// "G 0.693  D 1.386  imitation 0.01234", as far as the run has them.
std::string lossText(const StepMetrics& step, bool gan) {
    std::string text;
    if (step.gLoss && step.dLoss) text = "G " + fixedNumber(*step.gLoss, 3) + "  D " + fixedNumber(*step.dLoss, 3);
    if (step.distillLoss)
        text += (gan ? "  imitation " : "imitation ") + fixedNumber(*step.distillLoss, 6).substr(0, 7);
    return text;
}

void runFinetune(FinetuneOptions options, const Context& context) {
    options.resume = runGoesOn(context, options.out, options.resume);
    catchSignals();
    ComputeOptions compute = context.compute;
    FinetuneConfig config;
    if (options.resume) {
        if (context.first) requireIdleRun(options.out);
        requireOwnSettings(options);
        const auto record = readRunRecord(options.out);
        takeOrigin(record, options.data, &options.model, options.modelOption);
        takeDevice(record, compute);
    } else {
        config = finetuneConfigOf(options, context);
    }
    if (!options.precond.empty()) options.model = withPrecond(options.model, options.precond);
    sayOpening(context, options.model);
    Session session(compute);
    session.files().openModel(options.model);
    session.files().openData(options.data.path, options.data.options, dataProgress(context));
    sayNotes(context, session.files().data().notes);
    requireFit(context, fitOf(session.files().model(), session.files().data()));
    session.files().dataHash(dataProgress(context));
    const auto sayMissing = [&](const MeasureChoice& measure) {
        if (const auto missing = session.run().missingMeasure(measure); !missing.empty()) say(context, missing);
    };
    if (!options.resume) sayMissing(config.measure);
    if (options.resume)
        session.run().resume(options.out, {options.kimg, compute.precision, compute.threads, options.microBatch,
                                           options.anyway, options.tensorboard});
    else session.run().startIn(config, options.out);
    sayNotes(context, session.run().notes());
    if (options.resume) sayMissing(session.run().config().measure);
    const auto& settings = session.run().config();
    const auto frozen = countFrozen(settings.freeze, session.files().model());
    say(context, session.files().model().title + ": " + std::to_string(frozen.frozen) + " of " +
                     std::to_string(frozen.total) + " parameters frozen (" + fixedNumber(frozen.percent(), 2) +
                     " %), " + session.computeTitle() + ", into " + options.out);

    using Clock = std::chrono::steady_clock;
    const auto started = Clock::now();
    double first = -1, trainingSeconds = 0;
    std::optional<FidPoint> measured;
    std::optional<Error> unmeasured;
    StepMetrics last;
    last.kimg = session.run().tunedKimg();
    RunSteering steering(steered(session.run()), interrupted, compute.processes);
    if (!steering.obstacle().empty()) say(context, steering.obstacle());
    ProgressBar bar(context, "finetune", settings.kimg * 1000, "img");
    const auto note = [&](const std::vector<StepMetrics>& steps) {
        sayRemark(context, session.run().takeRemark());
        for (const auto& step : steps) {
            last = step;
            steering.note(step);
            trainingSeconds += step.secondsPerStep;
            if (first < 0) first = step.kimg - double(settings.batch) / 1000;
        }
    };
    auto outcome = RunOutcome::Stopped;
    steering.follow([&] {
        while (!session.run().isComplete() && steering.goesOn()) {
            while (!session.run().advance()) {
            }
            note(session.run().takeMetrics());
            if (session.run().fidDue()) {
                session.run().settle();  // what diverged is not measured
                note(session.run().takeMetrics());
                if (const auto point = measureFid(session, steering, context, unmeasured)) measured = point;
            }
            if (session.run().snapshotDue()) session.run().saveWhatIsDue();
            bar.update(last.kimg * 1000, lossText(last, settings.gan) + distanceText(measured, "  "));
        }
        if (session.run().isComplete()) outcome = RunOutcome::Finished;
        session.run().finish(outcome);
        note(session.run().takeMetrics());
        steering.end(outcome);
    });
    const bool isComplete = outcome == RunOutcome::Finished, wasAsked = !isComplete && steering.wasStopped();
    if (!isComplete && !wasAsked)
        throw Error(ErrorCode::Interrupted,
                    "Stopped at " + fixedNumber(last.kimg, 6) + " kimg; everything is saved in '" + options.out + "'.",
                    "Continue with --resume.");
    if (isComplete && unmeasured)
        throw Error(unmeasured->code(),
                    "The run is finished and saved in '" + options.out +
                        "', but its distance could not be measured: " + unmeasured->message(),
                    unmeasured->hint());
    const double rate = first < 0 ? 0 : (last.kimg - first) * 1000 / std::max(trainingSeconds, 1e-9);
    nlohmann::ordered_json result{{"kimg", last.kimg},
                                  {"g_loss", orNull(last.gLoss)},
                                  {"d_loss", orNull(last.dLoss)},
                                  {"distill_loss", orNull(last.distillLoss)},
                                  {"fid", nullptr},
                                  {"measure", nullptr},
                                  {"images_per_second", rate},
                                  {"run", options.out},
                                  {"outcome", wordFor(outcome)},
                                  {"seconds", std::chrono::duration<double>(Clock::now() - started).count()}};
    if (measured && std::isfinite(measured->fid)) {
        result["fid"] = measured->fid;
        result["measure"] = measureJson(measureOf(*measured));
    }
    if (wasAsked)
        return report(context, result,
                      "Stopped as asked at " + fixedNumber(last.kimg, 6) + " kimg; everything is saved in '" +
                          options.out + "'. Continue with --resume.");
    report(context, result,
           first < 0 ? "Nothing to do: " + options.out + " was complete at " + fixedNumber(last.kimg, 3) + " kimg"
                     : "Done: " + fixedNumber(last.kimg, 3) + " kimg" + distanceText(measured, ", ") + ", " +
                           fixedNumber(rate, 0) + " images/s, in " + options.out);
}

}  // namespace

void addFinetune(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("finetune", "turn a pre-trained denoiser into a one-step generator");
    auto options = std::make_shared<FinetuneOptions>();
    options->modelOption =
        verb->add_option("--model", options->model, "model file, run folder, or builtin")->capture_default_str();
    addPrecondOption(*verb, options->precond);
    addDataOptions(*verb, options->data);
    verb->add_option("--out", options->out, "run folder to create")->required();
    verb->add_option("--objective", options->objective,
                     listed(objectiveWords()) +
                         ", or one of these with gan: cd,gan; without it gan. pd, cd, ctm and rcd are "
                         "PD-style and so on: Help > Objectives says how they differ");
    verb->add_option("--freeze", options->freeze,
                     "none (D2O), d2o-f (default), d2o-f+qkv, d2o-f+qkv+skip, a .json plan, or globs");
    verb->add_option("--features", options->features,
                     "of the live distance: auto, builtin, fwd (wavelets, without a network), none, a file of "
                     "train-features, or a TorchScript network (.pt)");
    verb->add_option("--reference", options->reference, "of the live distance: statistics (.npz) instead of the data");
    verb->add_option("--kimg", options->kimg, "length in thousand images");
    verb->add_option("--batch", options->batch, "images a step");
    verb->add_option("--micro-batch", options->microBatch,
                     "images at a time: the same step in less memory (also with --resume); 0 = all at once");
    addTensorboardOption(*verb, options->tensorboard);
    verb->add_option("--seed", options->seed, "seed of latents, data order and the discriminator");
    verb->add_option(
        "--preset", options->preset,
        "settings to start from: fashion-mnist (default), or as published cifar10, afhqv2, ffhq, imagenet64");
    verb->add_option("--config", options->config, "JSON with any fields of the configuration");
    verb->add_flag("--resume", options->resume,
                   "continue the run in --out with its own model, data, precision and number of threads");
    verb->add_flag("--resume-anyway", options->anyway,
                   "with --resume: also with another model, other data or another precision; the run folder notes it");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        context.sharing = Context::Sharing::Steps;
        context.run = [options, &context] { runFinetune(*options, context); };
    });
}

}  // namespace thaw::cli
