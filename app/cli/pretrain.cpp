// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/image_input.h"

#include "core/formats/config_json.h"
#include "core/io/atomic_file.h"
#include "core/io/run_folder.h"
#include "core/train/pretrainer.h"
#include "core/values/config_problem.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <ostream>

namespace thaw::cli {
namespace {

struct PretrainOptions {
    DataChoice data;
    std::string out, config;
    std::optional<double> kimg;
    std::optional<std::uint64_t> seed;
    bool resume = false;
};

PretrainConfig pretrainConfigOf(const PretrainOptions& options, const Context& context) {
    PretrainConfig config;
    config.precision = context.compute.precision;
    if (!options.config.empty()) config = pretrainConfigFromJson(readTextFile(options.config), config, options.config);
    if (options.resume)
        config = pretrainConfigFromJson(readTextFile((std::filesystem::path(options.out) / "config.json").string()),
                                        config, options.out + "/config.json");
    if (options.kimg) config.kimg = *options.kimg;
    if (options.seed) config.seed = *options.seed;
    throwProblems(validate(config), "pre-training");
    return config;
}

std::string dataFile(const PretrainOptions& options) {
    return (std::filesystem::path(options.out) / "data.json").string();
}

void runPretrain(PretrainOptions options, const Context& context) {
    // A resumed run goes on with the data it began with, whatever the default is.
    if (options.resume && std::filesystem::exists(dataFile(options))) takeOrigin(dataFile(options), options.data);
    const auto config = pretrainConfigOf(options, context);
    const auto compute = chooseCompute(context.compute.device, config.precision, context.compute.threads);
    const auto data = openData(options.data, context);
    Pretrainer trainer(config, data, compute);
    if (options.resume) {
        trainer.load(options.out);
    } else {
        claimRunFolder(options.out);
        writeFileAtomically((std::filesystem::path(options.out) / "config.json").string(),
                            [&](std::ostream& stream) { stream << toJson(config) << '\n'; });
        writeFileAtomically(dataFile(options),
                            [&](std::ostream& stream) { stream << toJson(options.data).dump(2) << '\n'; });
    }
    say(context, "Pre-training on " + data.title + ", " + compute.title() + ", into " + options.out);

    using Clock = std::chrono::steady_clock;
    const auto started = Clock::now();
    const auto firstImage = trainer.images();
    ProgressBar bar(context, "pretrain", config.kimg * 1000 - double(firstImage), "img");
    double smoothed = -1, sum = 0;
    std::int64_t nextSnapshot = trainer.images() + std::int64_t(config.snapshotEveryKimg * 1000), count = 0;
    const auto secondsSoFar = [&] { return std::chrono::duration<double>(Clock::now() - started).count(); };
    while (!trainer.complete() && !interrupted()) {
        const double loss = trainer.step();
        smoothed = smoothed < 0 ? loss : 0.99 * smoothed + 0.01 * loss;
        sum += loss;
        if (++count == 50 || trainer.complete()) {
            nlohmann::ordered_json line{{"step", trainer.steps()},
                                        {"kimg", double(trainer.images()) / 1000},
                                        {"loss", sum / double(count)},
                                        {"learning_rate", trainer.learningRate()},
                                        {"seconds", secondsSoFar()}};
            appendStats(options.out, line.dump());
            sum = 0;
            count = 0;
        }
        if (config.snapshotEveryKimg > 0 && trainer.images() >= nextSnapshot) {
            trainer.save(options.out);
            nextSnapshot += std::int64_t(config.snapshotEveryKimg * 1000);
        }
        char detail[48];
        std::snprintf(detail, sizeof detail, "loss %.4f", smoothed);
        bar.update(double(trainer.images() - firstImage), detail);
    }
    trainer.save(options.out);
    const double rate = double(trainer.images() - firstImage) / std::max(secondsSoFar(), 1e-9);
    const double kimg = double(trainer.images()) / 1000;
    if (!trainer.complete())
        throw Error(ErrorCode::Interrupted,
                    "Stopped at " + std::to_string(kimg) + " kimg; everything is saved in '" + options.out + "'.",
                    "Continue with --resume.");
    report(context, {{"kimg", kimg}, {"loss", smoothed}, {"images_per_second", rate}, {"run", options.out}},
           "Done: " + std::to_string(kimg) + " kimg, loss " + std::to_string(smoothed) + ", in " + options.out);
}

}  // namespace

void addPretrain(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("pretrain", "train an EDM denoiser from scratch");
    auto options = std::make_shared<PretrainOptions>();
    addDataOptions(*verb, options->data);
    verb->add_option("--out", options->out, "run folder to create")->required();
    verb->add_option("--config", options->config, "JSON with any fields of the configuration");
    verb->add_option("--kimg", options->kimg, "length in thousand images");
    verb->add_option("--seed", options->seed, "seed of weights, data order and noise");
    verb->add_flag("--resume", options->resume, "continue the run in --out");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runPretrain(*options, context); }; });
}

}  // namespace thaw::cli
