// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs train-features and statistics.
#include "app/cli/verbs.h"

#include "core/compute.h"
#include "core/metrics/feature_workflow.h"

#include <memory>

namespace thaw::cli {
namespace {

struct TrainOptions {
    std::string data = "builtin", out;
    FeatureTrainingOptions training;
};

void runTraining(const TrainOptions& options, const Context& context) {
    chooseCompute("cpu", Precision::Float32, context.compute.threads);
    ProgressBar bar(context, "features", 100, "%");
    const auto result = trainFeatures(options.data, options.out, options.training, [&](double share) {
        bar.update(share * 100);
        return !interrupted();
    });
    report(context,
           {{"features", result.features}, {"test_accuracy", result.testAccuracy}, {"images", result.images},
            {"test_images", result.testImages}},
           result.features + ": " + std::to_string(result.testAccuracy * 100) + " % of the test images right");
}

}  // namespace

void addTrainFeatures(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("train-features", "train the small classifier whose features serve FID");
    auto options = std::make_shared<TrainOptions>();
    verb->add_option("--data", options->data, "folder of IDX files with train and t10k parts, or builtin");
    verb->add_option("--out", options->out, "file to write (.safetensors)")->required();
    verb->add_option("--epochs", options->training.epochs, "passes over the images")->capture_default_str();
    verb->add_option("--batch", options->training.batch, "images a step")->capture_default_str();
    verb->add_option("--seed", options->training.seed, "seed of weights, order and mirroring")->capture_default_str();
    addCommonOptions(*verb, context);
    verb->callback([options, &context] { context.run = [options, &context] { runTraining(*options, context); }; });
}

void addStatistics(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("statistics", "mean and covariance of the features of real images");
    auto request = std::make_shared<StatisticsRequest>();
    verb->add_option("--data", request->data, "IDX file, folder of IDX files, or builtin")->capture_default_str();
    verb->add_option("--part", request->part, "train or t10k, where the data have both")->check(CLI::IsMember({"train", "t10k"}));
    verb->add_option("--features", request->features, "builtin, or a file of train-features")->capture_default_str();
    verb->add_option("--num", request->num, "the first N images, 0 = all")->check(CLI::NonNegativeNumber);
    verb->add_option("--out", request->out, "file to write (.npz)")->required();
    addCommonOptions(*verb, context);
    verb->callback([request, &context] {
        context.run = [request, &context] {
            chooseCompute("cpu", Precision::Float32, context.compute.threads);
            ProgressBar bar(context, "statistics", 100, "%");
            const auto result = measureStatistics(*request, [&](double share) {
                bar.update(share * 100);
                return !interrupted();
            });
            report(context, {{"num", result.num}, {"features", result.features}, {"data", result.data}},
                   std::to_string(result.num) + " images of " + result.data + ", " + result.features);
        };
    });
}

}  // namespace thaw::cli
