// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_workflow.h"

#include "core/data/open_dataset.h"
#include "core/diffusion/noise.h"
#include "core/io/resources.h"
#include "core/metrics/feature_network.h"
#include "core/metrics/feature_training.h"
#include "core/metrics/finite_features.h"
#include "core/metrics/statistics_file.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {
namespace {

// Images between two questions to the caller.
constexpr std::int64_t kStatisticsPiece = 200;

void requireSane(const FeatureTrainingOptions& options, std::int64_t images) {
    std::string problems;
    const auto refuse = [&](const std::string& problem) { problems += (problems.empty() ? "" : "; ") + problem; };
    if (options.epochs < 1) refuse("epochs is " + std::to_string(options.epochs) + ", at least 1 is needed");
    // Batch normalisation needs company.
    if (options.batch < 8 || options.batch > images)
        refuse("batch is " + std::to_string(options.batch) + ", it must lie between 8 and the " +
               std::to_string(images) + " images");
    if (!(options.learningRate > 0 && options.learningRate < 1))
        refuse("learning_rate is " + shortNumber(options.learningRate) + ", it must lie between 0 and 1");
    if (!problems.empty())
        throw Error(ErrorCode::Configuration, "The feature network cannot be trained: " + problems + ".",
                    "Correct these options.");
}

void requireLabels(const Dataset& data) {
    if (!data.labels.defined())
        throw Error(
            ErrorCode::WrongKind, "'" + data.path + "' has no labels, and the feature network learns from them.",
            "IDX files have them in *-labels-idx1-ubyte.gz beside the images; zips and folders in a dataset.json.");
    if (data.hasLabelVectors())
        throw Error(ErrorCode::WrongKind,
                    "The labels of '" + data.path + "' are vectors, and the feature network learns from classes.",
                    "Use data with one class an image.");
    if (data.labels.min().item<std::int64_t>() < 0)
        throw Error(ErrorCode::FileDamaged, "'" + data.path + "' has negative labels.", "Check the labels file.");
}

// Data of one part are their own test images: a tenth of them, drawn at random, is held out instead. An accuracy on images
// that were learned from would say nothing.
void holdOut(Dataset& train, Dataset& test) {
    if (train.images.sizes() != test.images.sizes() || !train.images.equal(test.images)) return;
    const auto count = train.count(), held = std::max<std::int64_t>(1, count / 10);
    const auto order = torch::randperm(count, seededGenerator(0), torch::TensorOptions(torch::kLong));
    const auto take = [&](Dataset& part, const torch::Tensor& chosen) {
        part.images = part.images.index_select(0, chosen);
        part.labels = part.labels.index_select(0, chosen);
    };
    take(test, order.slice(0, 0, held));
    take(train, order.slice(0, held));
}

// "Fashion-MNIST" of "Fashion-MNIST train".
std::string withoutPart(std::string title) {
    for (const std::string part : {" train", " test"})
        if (title.ends_with(part)) title.resize(title.size() - part.size());
    return title;
}

}  // namespace

FeatureTrainingResult trainFeatures(const std::string& data, const std::string& out,
                                    const FeatureTrainingOptions& options, const Progress& progress) {
    auto train = openDataset(data, "train"), test = openDataset(data, "t10k");
    requireLabels(train);
    requireLabels(test);
    holdOut(train, test);
    requireSane(options, train.count());
    FeatureClassifierConfig config;
    config.imgChannels = int(train.images.size(1));
    config.imgResolution = int(train.images.size(2));
    config.classes = int(train.labels.max().item<std::int64_t>()) + 1;
    if (test.images.sizes().slice(1) != train.images.sizes().slice(1))
        throw Error(ErrorCode::WrongKind, "The training and test images of '" + data + "' differ in size.",
                    "Take both from the same data set.");

    auto classifier = trainFeatureClassifier(train.images, train.labels, config, options, progress);
    classifier->trainedOn = withoutPart(train.title);
    classifier->testAccuracy = classifier->accuracy(test.images, test.labels);
    writeFeatureClassifier(out, classifier);
    return {classifier->title(), classifier->testAccuracy, train.count(), test.count()};
}

StatisticsResult measureStatistics(const StatisticsRequest& request, const Progress& progress) {
    const auto data = openDataset(request.data, request.part);
    const auto network =
        openFeatureNetwork(request.features, torch::Device(request.device),
                           {int(data.images.size(1)), int(data.images.size(2)), request.data == kBuiltinFeatures});
    network->requireFits(data.images.size(1), data.images.size(2), data.images.size(3), "'" + data.path + "'");
    const std::int64_t num = request.num > 0 ? request.num : data.count();
    if (data.count() < 2)
        throw Error(
            ErrorCode::WrongKind,
            "'" + request.data + "' holds " + std::to_string(data.count()) + " image; statistics need at least 2.",
            "Name more images.");
    if (num < 2 || num > data.count())
        throw Error(ErrorCode::Configuration,
                    "num is " + std::to_string(num) + ", it must lie between 2 and the " +
                        std::to_string(data.count()) + " images.",
                    "Choose fewer images.");
    FeatureStatistics statistics;
    FiniteFeatures finite;
    for (std::int64_t first = 0; first < num; first += kStatisticsPiece) {
        if (progress && !progress(double(first) / double(num)))
            throw Error(ErrorCode::Interrupted, "The measurement of the statistics was interrupted.");
        const auto batch = network->extract(data.images.slice(0, first, std::min(first + kStatisticsPiece, num)));
        finite.add(batch);
        if (finite.hopeless()) break;
        if (!finite.anyFault()) statistics.add(batch.features);
    }
    finite.require(*network, "'" + request.data + "'");
    const std::string title = data.title + ", " + countedImages(num);
    writeStatistics(request.out, {statistics.moments(), network->title(), title, network->resizing(), {}, {}});
    auto notes = network->notes();
    notes.insert(notes.end(), data.notes.begin(), data.notes.end());
    return {num, network->title(), title, notes};
}

std::string builtinFeatures() { return resourceFile("models/fashion-mnist/features.safetensors"); }

}  // namespace thaw
