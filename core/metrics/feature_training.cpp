// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_training.h"

#include "core/diffusion/noise.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace thaw {

FeatureClassifier trainFeatureClassifier(const torch::Tensor& images, const torch::Tensor& labels,
                                         const FeatureClassifierConfig& config, const FeatureTrainingOptions& options,
                                         const Progress& progress) {
    const std::int64_t count = images.size(0), stepsPerEpoch = count / options.batch;
    TORCH_CHECK(images.scalar_type() == torch::kByte && labels.size(0) == count && stepsPerEpoch >= 1,
                "feature training: needs 8-bit images, a label for each, and at least one whole batch");
    FeatureClassifier classifier(config);
    classifier->initialise(options.seed);
    classifier->seed = options.seed;
    classifier->train();
    torch::optim::Adam adam(classifier->parameters(), torch::optim::AdamOptions(options.learningRate));
    auto generator = seededGenerator(options.seed);

    const std::int64_t steps = options.epochs * stepsPerEpoch;
    torch::Tensor order;
    for (std::int64_t step = 0; step < steps; ++step) {
        if (progress && !progress(double(step) / double(steps)))
            throw Error(ErrorCode::Interrupted, "The training of the feature network was interrupted.");
        const std::int64_t place = step % stepsPerEpoch;
        if (place == 0) order = torch::randperm(count, generator, torch::TensorOptions(torch::kLong));
        const auto indices = order.narrow(0, place * options.batch, options.batch);
        auto x = images.index_select(0, indices).to(torch::kFloat) / 127.5 - 1.0;
        if (options.xflip) {
            const auto mirror = torch::rand({options.batch, 1, 1, 1}, generator) < 0.5;
            x = torch::where(mirror, x.flip({3}), x);
        }
        const double rate =
            0.5 * options.learningRate * (1.0 + std::cos(std::numbers::pi * double(step) / double(steps)));
        static_cast<torch::optim::AdamOptions&>(adam.param_groups()[0].options()).lr(rate);
        adam.zero_grad();
        torch::nn::functional::cross_entropy(classifier(x), labels.index_select(0, indices)).backward();
        adam.step();
    }
    classifier->eval();
    roundToStored(classifier);
    return classifier;
}

}  // namespace thaw
