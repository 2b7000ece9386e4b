// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs train-features and statistics.
#include "app/cli/data_options.h"
#include "app/cli/output.h"
#include "app/cli/verbs.h"

#include "core/device/devices.h"
#include "core/metrics/feature_workflow.h"
#include "core/values/number_text.h"

#include <memory>

namespace thaw::cli {
namespace {

struct TrainOptions {
    std::string data = "builtin", out;
    FeatureTrainingOptions training;
    bool force = false;
};

void runTraining(const TrainOptions& options, const Context& context) {
    requireOutput({options.out, {".safetensors"}, options.force});
    prepareDevice("cpu", context.compute.threads);
    ProgressBar bar(context, "features", 100, "%");
    const auto result = trainFeatures(options.data, options.out, options.training, [&](double share) {
        bar.update(share * 100);
        return !interrupted();
    });
    report(context,
           {{"features", result.features},
            {"test_accuracy", result.testAccuracy},
            {"images", result.images},
            {"test_images", result.testImages}},
           result.features + ": " + fixedNumber(result.testAccuracy * 100, 2) + " % of the test images right");
}

}  // namespace

void addTrainFeatures(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand(
        "train-features", "train a small classifier whose features serve the Fréchet distance of such images");
    auto options = std::make_shared<TrainOptions>();
    verb->add_option("--data", options->data, "data set with classes; without a test part a tenth is held out");
    verb->add_option("--out", options->out, "file to write (.safetensors)")->required();
    verb->add_option("--epochs", options->training.epochs, "passes over the images")->capture_default_str();
    verb->add_option("--batch", options->training.batch, "images a step")->capture_default_str();
    verb->add_option("--seed", options->training.seed, "seed of weights, order and mirroring")->capture_default_str();
    verb->add_flag("--force", options->force, "replace the file");
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runTraining(*options, context); }; });
}

void addStatistics(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("statistics", "mean and covariance of the features of real images");
    auto request = std::make_shared<StatisticsRequest>();
    auto force = std::make_shared<bool>(false);
    verb->add_option("--data", request->data, kDataHelp)->capture_default_str();
    verb->add_option("--part", request->part, "train or t10k, where the data have both")
        ->check(oneOfWords({"train", "t10k"}));
    verb->add_option("--features", request->features,
                     "auto, builtin, fwd (wavelets, without a network), a file of train-features, or a TorchScript "
                     "network (.pt)")
        ->capture_default_str();
    verb->add_option("--num", request->num, "the first N images, 0 = all")->check(atLeast(0));
    verb->add_option("--out", request->out, "file to write (.npz)")->required();
    verb->add_flag("--force", *force, "replace the file");
    addCommonOptions(*verb, context);
    verb->callback([request, force, &context] {
        context.run = [request, force, &context] {
            requireOutput({request->out, {".npz"}, *force});
            request->device = prepareDevice(context.compute.device, context.compute.threads);
            ProgressBar bar(context, "statistics", 100, "%");
            const auto result = measureStatistics(*request, [&](double share) {
                bar.update(share * 100);
                return !interrupted();
            });
            for (const auto& note : result.notes) say(context, note);
            report(
                context,
                {{"num", result.num}, {"features", result.features}, {"data", result.data}, {"warnings", result.notes}},
                std::to_string(result.num) + " images of " + result.data + ", " + result.features);
        };
    });
}

}  // namespace thaw::cli
