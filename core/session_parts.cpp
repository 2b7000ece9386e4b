// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session_parts.h"

#include "core/diffusion/noise.h"
#include "core/metrics/frechet_distance.h"
#include "core/resources.h"

#include <torch/torch.h>

namespace thaw {
namespace {

constexpr std::int64_t kPiece = 100;              // images between two looks at the person's wishes
constexpr std::int64_t kReferenceImages = 10000;

}  // namespace

FidReference openFidReference(const Dataset& data) {
    FidReference reference;
    reference.classifier = readFeatureClassifier(resourceFile("models/fashion-mnist/features.safetensors"));
    const auto& config = reference.classifier->config();
    if (data.images.size(1) != config.imgChannels || data.images.size(2) != config.imgResolution)
        throw Error(ErrorCode::Configuration,
                    "The built-in feature network takes " + std::to_string(config.imgChannels) + "-channel images of " +
                        std::to_string(config.imgResolution) + " pixels; '" + data.title + "' has " +
                        std::to_string(data.images.size(1)) + " channels of " + std::to_string(data.images.size(2)) + ".",
                    "Train one for this data with 'thaw-cli train-features'.");
    if (data.path == "builtin") {
        const auto path = resourceFile("models/fashion-mnist/reference.npz");
        reference.statistics = readStatistics(path);
        requireSameFeatures(reference.statistics, path, reference.classifier->title(), reference.classifier->featureCount());
        return reference;
    }
    FeatureStatistics statistics;
    // A random part, not the first images: many data sets are sorted by class.
    auto part = data;
    DatasetOptions options;
    options.maxImages = kReferenceImages;
    keepChosen(part, options);
    if (part.count() < 2)
        throw Error(ErrorCode::Configuration, "'" + data.title + "' has fewer than 2 images, too few for a Fréchet distance.", "Open more images.");
    for (const auto& piece : part.images.split(500)) statistics.add(reference.classifier->features(piece));
    reference.statistics = {statistics.moments(), reference.classifier->title(), data.title + ", " + std::to_string(part.count()) + " images", {}, {}};
    return reference;
}

FidMeasurement::FidMeasurement(Denoiser generator, const FidReference& reference, const Compute& compute, double sigma,
                               int images)
    : generator_(std::move(generator)), reference_(reference), compute_(compute), sigma_(sigma), images_(images) {
    const auto& makes = generator_->config();
    const auto& takes = reference.classifier->config();
    if (makes.imgChannels != takes.imgChannels || makes.imgResolution != takes.imgResolution)
        throw Error(ErrorCode::Configuration,
                    "The feature network takes " + std::to_string(takes.imgChannels) + "-channel images of " +
                        std::to_string(takes.imgResolution) + " pixels; the model makes " + std::to_string(makes.imgChannels) +
                        " channels of " + std::to_string(makes.imgResolution) + ".",
                    "Measure with 'thaw-cli evaluate --features' and a network for such images.");
}

bool FidMeasurement::advance() {
    std::vector<std::uint64_t> seeds;
    for (; done_ < images_ && std::int64_t(seeds.size()) < kPiece; ++done_) seeds.push_back(std::uint64_t(done_));
    if (!seeds.empty()) {
        auto classifier = reference_.classifier;  // a handle; its forward pass is not const
        statistics_.add(classifier->features(quantise(sampleSeeds(generator_, seeds, oneStepSampler(sigma_), compute_)).cpu()));
    }
    return done_ >= images_;
}

double FidMeasurement::value() const { return frechetDistance(statistics_.moments(), reference_.statistics.moments); }

torch::Tensor sampleSeeds(Denoiser& denoiser, const std::vector<std::uint64_t>& seeds, const SamplerConfig& sampler,
                          const Compute& compute, SampleContext context) {
    const auto& config = denoiser->config();
    SeedStreams streams(seeds);
    const auto z = streams.latents(config.imgChannels, config.imgResolution).to(compute.device);
    if (config.labelDim > 0) {
        // Drawn also where labels are given: the churn noise follows the class in each stream.
        const auto classes = streams.classes(config.labelDim);
        if (!context.conditioning.classLabels.defined()) context.conditioning.classLabels = oneHot(classes, config.labelDim).to(compute.device);
    }
    context.noise = [&](const torch::Tensor& x) { return streams.randnLike(x); };
    return sample(denoiser, z, sampler, context);
}

std::vector<Image> toImages(const torch::Tensor& samples) {
    const auto bytes = quantise(samples).permute({0, 2, 3, 1}).contiguous().cpu();
    const auto size = std::size_t(bytes.numel() / std::max<std::int64_t>(bytes.size(0), 1));
    std::vector<Image> images;
    for (std::int64_t n = 0; n < bytes.size(0); ++n) {
        const auto* first = bytes.data_ptr<std::uint8_t>() + std::size_t(n) * size;
        images.push_back({int(bytes.size(2)), int(bytes.size(1)), int(bytes.size(3)), {first, first + size}});
    }
    return images;
}

}  // namespace thaw
