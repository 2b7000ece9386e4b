// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/fid_measurement.h"

#include "core/data/open_dataset.h"
#include "core/diffusion/noise.h"
#include "core/diffusion/seed_sampling.h"
#include "core/io/resources.h"
#include "core/metrics/frechet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/metrics/precision_recall.h"
#include "core/values/error.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr std::int64_t kGeneratedPiece = 100;  // images between two looks at whether the user has cancelled
constexpr std::int64_t kReferenceImages = 10000;
constexpr int kNeighbours = 3;

}  // namespace

FidReference::FidReference(const Dataset& data) {
    classifier = readFeatureClassifier(resourceFile("models/fashion-mnist/features.safetensors"));
    const auto& config = classifier->config();
    if (data.images.size(1) != config.imgChannels || data.images.size(2) != config.imgResolution)
        throw Error(ErrorCode::Configuration,
                    "The built-in feature network takes " + std::to_string(config.imgChannels) + "-channel images of " +
                        std::to_string(config.imgResolution) + " pixels; '" + data.title + "' has " +
                        std::to_string(data.images.size(1)) + " channels of " + std::to_string(data.images.size(2)) +
                        ".",
                    "Train one for this data with 'thaw-cli train-features'.");
    if (data.path == "builtin") {
        const auto path = resourceFile("models/fashion-mnist/reference.npz");
        statistics = readStatistics(path);
        requireSameFeatures(statistics, path, classifier->title(), classifier->featureCount());
        images_ = openDataset("builtin", "t10k").images;
        return;
    }
    // A random part, not the first images: many data sets are sorted by class.
    auto part = data;
    DatasetOptions options;
    options.maxImages = kReferenceImages;
    keepChosen(part, options);
    if (part.count() < 2)
        throw Error(ErrorCode::Configuration,
                    "'" + data.title + "' has fewer than 2 images, too few for a Fréchet distance.",
                    "Open more images.");
    images_ = part.images;
    FeatureStatistics measured;
    for (const auto& piece : images_.split(500)) measured.add(classifier->features(piece));
    statistics = {
        measured.moments(), classifier->title(), data.title + ", " + std::to_string(part.count()) + " images", {}, {}};
}

const torch::Tensor& FidReference::vectors(std::int64_t count) {
    count = std::min(count, images_.size(0));
    if (!vectors_.defined() || vectors_.size(0) != count) {
        const auto generator = seededGenerator(0);
        vectors_ = classifier->features(
            images_.index_select(0, torch::randperm(images_.size(0), generator).slice(0, 0, count)));
    }
    return vectors_;
}

FidMeasurement::FidMeasurement(Denoiser generator, FidReference& reference, const ComputeDevice& compute,
                               const FidOptions& options)
    : generator_(std::move(generator)), reference_(reference), compute_(compute), options_(options) {
    const auto& makes = generator_->config();
    const auto& takes = reference.classifier->config();
    if (makes.imgChannels != takes.imgChannels || makes.imgResolution != takes.imgResolution)
        throw Error(ErrorCode::Configuration,
                    "The feature network takes " + std::to_string(takes.imgChannels) + "-channel images of " +
                        std::to_string(takes.imgResolution) + " pixels; the model makes " +
                        std::to_string(makes.imgChannels) + " channels of " + std::to_string(makes.imgResolution) + ".",
                    "Measure with 'thaw-cli evaluate --features' and a network for such images.");
}

bool FidMeasurement::advance() {
    std::vector<std::uint64_t> seeds;
    for (; done_ < options_.images && std::int64_t(seeds.size()) < kGeneratedPiece; ++done_)
        seeds.push_back(std::uint64_t(done_));
    if (!seeds.empty()) {
        const auto images = quantise(sampleSeeds(generator_, seeds, options_.sampler, compute_)).cpu();
        const auto features = reference_.classifier->features(images);
        statistics_.add(features);
        if (options_.kid || options_.coverage) vectors_.push_back(features);
    }
    return done_ >= options_.images;
}

FidPoint FidMeasurement::point(double kimg) const {
    FidPoint point;
    point.kimg = kimg;
    point.fid = frechetDistance(statistics_.moments(), reference_.statistics.moments);
    point.num = done_;
    point.features = reference_.statistics.features;
    point.reference = reference_.statistics.data;
    if (vectors_.empty()) return point;
    const auto made = torch::cat(vectors_);
    const auto& real = reference_.vectors(made.size(0));
    if (std::min(made.size(0), real.size(0)) <= kNeighbours || !made.isfinite().all().item<bool>()) return point;
    if (options_.kid) point.kid = kernelDistance(made, real);
    if (options_.coverage) {
        const auto measured = measureCoverage(real, made, kNeighbours);
        point.precision = measured.precision;
        point.recall = measured.recall;
    }
    return point;
}

}  // namespace thaw
