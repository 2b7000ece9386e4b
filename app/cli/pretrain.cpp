// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/data_options.h"
#include "app/cli/output.h"

#include "core/formats/config_json.h"
#include "core/formats/run_record_file.h"
#include "core/formats/running_mark.h"
#include "core/session/pretraining.h"
#include "core/session/run_steering.h"
#include "core/values/config_problem.h"
#include "core/values/error.h"
#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>

namespace thaw::cli {
namespace {

struct PretrainOptions {
    DataChoice data;
    std::string out, config;
    std::optional<double> kimg, augment;
    std::optional<std::uint64_t> seed;
    std::optional<bool> tensorboard;
    bool conditional = false, resume = false, anyway = false;
};

// A network that is told more, or less, has other weights.
void requireSameInputs(const PretrainOptions& options, const PretrainConfig& run) {
    const auto refuse = [&](const std::string& option, const std::string& began) {
        throw Error(ErrorCode::Usage,
                    option + " is for a new run: the one in '" + options.out + "' began " + began + ".",
                    "Leave " + option + " out, or choose another --out and leave --resume out.");
    };
    if (options.conditional && !run.conditional) refuse("--conditional", "without classes");
    if (options.augment && (*options.augment > 0) != (run.augment > 0))
        refuse("--augment " + shortNumber(*options.augment),
               run.augment > 0 ? "with augmentation" : "without augmentation");
}

PretrainConfig pretrainConfigOf(const PretrainOptions& options, const Context& context) {
    PretrainConfig config;
    config.precision = context.compute.precision;
    if (!options.config.empty()) config = pretrainConfigFromJson(readTextFile(options.config), config, options.config);
    if (options.resume)
        config = pretrainConfigFromJson(textOfRunFile((std::filesystem::path(options.out) / "config.json").string()),
                                        config, options.out + "/config.json");
    if (options.resume) requireSameInputs(options, config);
    if (options.conditional) config.conditional = true;
    if (options.augment) config.augment = *options.augment;
    if (options.kimg) config.kimg = *options.kimg;
    if (options.seed) config.seed = *options.seed;
    if (options.tensorboard) config.tensorboard = *options.tensorboard;
    throwProblems(validate(config), "pre-training");
    return config;
}

void runPretrain(PretrainOptions options, const Context& context) {
    options.resume = runGoesOn(context, options.out, options.resume);
    catchSignals();
    if (options.resume && context.first) requireIdleRun(options.out);
    auto config = pretrainConfigOf(options, context);
    ComputeOptions compute = context.compute;
    // A resumed run goes on with its own data, precision and number of threads, whatever the defaults are. Folders of
    // older versions do not name them.
    const auto record = options.resume ? runRecordIfAny(options.out) : std::nullopt;
    if (record) {
        takeOrigin(*record, options.data, nullptr, nullptr);
        takeDevice(*record, compute);
        if (compute.threads == 0) compute.threads = record->environment.threads;
        const auto own = valueOfWord<Precision>(record->environment.precision);
        if (own) config.precision = *own;
    }
    if (context.compute.precision != Precision::Auto) config.precision = context.compute.precision;
    Pretraining run(config, options.data.path, options.data.options, compute, dataProgress(context));
    sayNotes(context, run.data().notes);
    if (options.resume) run.resume(options.out, options.anyway);
    else run.startIn(options.out);
    sayNotes(context, run.notes());
    say(context, "Pre-training on " + run.data().title + ", " + run.computeTitle() + ", into " + options.out);

    using Clock = std::chrono::steady_clock;
    const auto started = Clock::now();
    const auto firstImage = run.images();
    ProgressBar bar(context, "pretrain", config.kimg * 1000 - double(firstImage), "img");
    RunSteering steering(steered(run), interrupted, compute.processes);
    if (!steering.obstacle().empty()) say(context, steering.obstacle());
    double smoothed = -1;
    auto outcome = RunOutcome::Stopped;
    steering.follow([&] {
        while (!run.complete() && steering.goesOn()) {
            if (const auto loss = run.step()) smoothed = smoothed < 0 ? *loss : 0.99 * smoothed + 0.01 * *loss;
            StepMetrics metrics;
            metrics.step = run.steps();
            metrics.kimg = double(run.images()) / 1000;
            if (smoothed >= 0) metrics.loss = smoothed;
            steering.note(metrics);
            sayRemark(context, run.takeRemark());
            if (run.snapshotDue()) run.saveWhatIsDue();
            bar.update(double(run.images() - firstImage), "loss " + fixedNumber(smoothed, 4));
        }
        if (run.complete()) outcome = RunOutcome::Finished;
        run.saveSnapshot();
        steering.end(outcome);
    });
    const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
    const double rate = double(run.images() - firstImage) / std::max(seconds, 1e-9);
    const double kimg = double(run.images()) / 1000;
    const bool wasAsked = outcome == RunOutcome::Stopped && steering.wasStopped();
    if (outcome == RunOutcome::Stopped && !wasAsked)
        throw Error(ErrorCode::Interrupted,
                    "Stopped at " + fixedNumber(kimg, 6) + " kimg; everything is saved in '" + options.out + "'.",
                    "Continue with --resume.");
    const nlohmann::ordered_json result{{"kimg", kimg},
                                        {"loss", smoothed},
                                        {"images_per_second", rate},
                                        {"run", options.out},
                                        {"outcome", wordFor(outcome)}};
    report(context, result,
           (wasAsked ? "Stopped as asked, to go on with --resume: " : "Done: ") + fixedNumber(kimg, 6) +
               " kimg, loss " + fixedNumber(smoothed, 6) + ", in " + options.out);
}

}  // namespace

void addPretrain(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("pretrain", "train an EDM denoiser from scratch");
    auto options = std::make_shared<PretrainOptions>();
    addDataOptions(*verb, options->data);
    verb->add_option("--out", options->out, "run folder to create")->required();
    verb->add_option("--config", options->config, "JSON with any fields of the configuration");
    verb->add_option("--kimg", options->kimg, "length in thousand images");
    verb->add_flag("--conditional", options->conditional, "tell the network the classes of the data");
    verb->add_option("--augment", options->augment,
                     "probability of each of EDM's geometric changes of the images, which the network is told; EDM's "
                     "CIFAR-10: 0.12");
    addTensorboardOption(*verb, options->tensorboard);
    verb->add_option("--seed", options->seed, "seed of weights, data order and noise");
    verb->add_flag("--resume", options->resume,
                   "continue the run in --out with its own data, precision and number of threads");
    verb->add_flag("--resume-anyway", options->anyway,
                   "with --resume: also with other data or another precision; the run folder notes it");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] {
        context.sharing = Context::Sharing::Steps;
        context.run = [options, &context] { runPretrain(*options, context); };
    });
}

}  // namespace thaw::cli
