// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/fid_measurement.h"

#include "core/data/open_dataset.h"
#include "core/diffusion/noise.h"
#include "core/diffusion/seed_sampling.h"
#include "core/io/content_hash.h"
#include "core/io/resources.h"
#include "core/metrics/finite_features.h"
#include "core/metrics/frechet_distance.h"
#include "core/metrics/frechet_wavelet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/metrics/precision_recall.h"
#include "core/metrics/shared_features.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <filesystem>
#include <optional>

namespace thaw {
namespace {

constexpr std::int64_t kGeneratedPiece = 100;  // images between two looks at whether the user has cancelled
constexpr std::int64_t kRealPiece = 500;       // images whose features are held at once
constexpr std::int64_t kReferenceImages = 10000;
constexpr int kNeighbours = 3;
constexpr std::int64_t kTrialImages = 32;

std::unique_ptr<FeatureNetwork> networkFor(const MeasureChoice& choice, const Dataset& data,
                                           const ComputeDevice& compute) {
    auto network = openFeatureNetwork(choice.features, compute.device, measuredImages(data));
    network->requireFits(data.images.size(1), data.images.size(2), data.images.size(3), "'" + data.title + "'");
    return network;
}

ReferenceStatistics statisticsOf(const std::string& file, const FeatureNetwork& network) {
    auto statistics = readStatistics(file);
    requireSameFeatures(statistics, file, network.title(), network.featureCount(), network.bandCount());
    if (statistics.data.empty()) statistics.data = file;
    return statistics;
}

std::string everyPixelHash(const torch::Tensor& images) {
    ContentHash hash;
    for (const auto size : images.sizes()) hash.add(std::to_string(size) + " ");
    const auto bytes = images.contiguous();
    hash.add(bytes.data_ptr(), std::size_t(bytes.nbytes()));
    return hash.hex();
}

// What a file holds of these images; nothing where it does not exist, cannot be read or is of others.
std::optional<ReferenceStatistics> keptStatistics(const std::string& file, const std::string& hash,
                                                  const std::string& features) {
    if (file.empty() || !std::filesystem::exists(file)) return {};
    try {
        auto found = readStatistics(file);
        if (found.images == hash && found.features == features) return found;
    } catch (const Error&) {
        // It is measured again.
    }
    return {};
}

}  // namespace

MeasuredImages measuredImages(const Dataset& data) {
    return {int(data.images.size(1)), int(data.images.size(2)), data.path == "builtin"};
}

void requireMeasurable(const MeasureChoice& choice, const Dataset& data, const ComputeDevice& compute) {
    if (!missingMeasure(choice.features, measuredImages(data)).empty()) return;
    const auto network = networkFor(choice, data, compute);
    auto part = data;
    DatasetOptions options;
    options.maxImages = kTrialImages;
    keepChosen(part, options);
    FiniteFeatures finite;
    finite.add(network->extract(part.images));
    finite.require(*network, "a random part of '" + data.title + "'");
    if (!choice.reference.empty()) statisticsOf(choice.reference, *network);
}

FidReference::FidReference(const Dataset& data, const MeasureChoice& choice, const ComputeDevice& compute,
                           const std::string& kept)
    : choice_(choice), network_(networkFor(choice, data, compute)) {
    const auto images = measuredImages(data);
    if (!choice.reference.empty()) {
        statistics_ = statisticsOf(choice.reference, *network_);
    } else if (images.builtin && chosenFeatures(choice.features, images) == kBuiltinFeatures) {
        statistics_ = statisticsOf(resourceFile("models/fashion-mnist/reference.npz"), *network_);
        images_ = openDataset("builtin", "t10k").images;
    } else {
        measure(data, kept, !kept.empty() && isFirst(compute.processes));
    }
}

void FidReference::measure(const Dataset& data, const std::string& kept, bool keeps) {
    // A random part, not the first images: many data sets are sorted by class.
    auto part = data.path == "builtin" ? openDataset("builtin", "t10k") : data;
    DatasetOptions options;
    options.maxImages = kReferenceImages;
    keepChosen(part, options);
    if (part.count() < 2)
        throw Error(ErrorCode::Configuration,
                    "'" + data.title + "' has fewer than 2 images, too few for a Fréchet distance.",
                    "Open more images.");
    images_ = part.images;
    const auto hash = everyPixelHash(images_);
    if (auto found = keptStatistics(kept, hash, network_->title())) {
        statistics_ = std::move(*found);
        return;
    }
    FeatureStatistics measured;
    FiniteFeatures finite;
    for (const auto& piece : images_.split(kRealPiece)) {
        const auto batch = network_->extract(piece);
        finite.add(batch);
        if (finite.hopeless()) break;
        if (!finite.anyFault()) measured.add(batch.features);
    }
    finite.require(*network_, "'" + part.title + "'");
    statistics_ = {measured.moments(),
                   network_->title(),
                   part.title + ", " + countedImages(part.count()),
                   network_->resizing(),
                   {},
                   hash};
    if (keeps) writeStatistics(kept, statistics_);
}

const torch::Tensor& FidReference::vectors(std::int64_t count) {
    if (!images_.defined() || network_->bandCount() > 1) return vectors_;
    count = std::min(count, images_.size(0));
    if (!vectors_.defined() || vectors_.size(0) != count) {
        const auto generator = seededGenerator(0);
        const auto batch =
            network_->extract(images_.index_select(0, torch::randperm(images_.size(0), generator).slice(0, 0, count)));
        FiniteFeatures finite;
        finite.add(batch);
        finite.require(*network_, "the reference, in random order");
        vectors_ = batch.features;
    }
    return vectors_;
}

void FidReference::keep(const std::string& file) const {
    if (!statistics_.images.empty() && !std::filesystem::exists(file)) writeStatistics(file, statistics_);
}

namespace {

torch::Tensor noImages(const NetworkConfig& makes) {
    return torch::empty({0, makes.imgChannels, makes.imgResolution, makes.imgResolution}, torch::kByte);
}

}  // namespace

FidMeasurement::FidMeasurement(Denoiser generator, std::shared_ptr<FidReference> reference,
                               const ComputeDevice& compute, const FidOptions& options)
    : generator_(std::move(generator)), reference_(std::move(reference)), compute_(compute), options_(options) {
    const auto& makes = generator_->config();
    reference_->network().requireFits(makes.imgChannels, makes.imgResolution, makes.imgResolution, "the model");
}

bool FidMeasurement::keepsVectors() const {
    return (options_.kid || options_.coverage) && reference_->network().bandCount() == 1;
}

bool FidMeasurement::advance() {
    if (done_ >= options_.images) return true;
    // Each process takes the piece after the one of the process before it.
    const auto processes = compute_.processes;
    const auto first = done_ + (processes ? processes->rank() : 0) * kGeneratedPiece;
    const auto from = "the samples of seeds from " + std::to_string(done_);
    const auto makeOwn = [&] {
        std::vector<std::uint64_t> seeds;
        for (auto seed = first; seed < std::min(first + kGeneratedPiece, std::int64_t(options_.images)); ++seed)
            seeds.push_back(std::uint64_t(seed));
        if (seeds.empty()) return noImages(generator_->config());
        const auto images = sampleSeeds(generator_, seeds, options_.sampler, compute_);
        if (const auto faults = rowsNotFinite(images))
            throw Error(ErrorCode::WrongKind,
                        "The generator makes images that are not finite: " + faults.text() +
                            ", of the samples of seeds from " + std::to_string(first) + ".",
                        "Look at samples; the run may have diverged, or the weights are damaged.");
        return quantise(images).cpu();
    };
    for (const auto& batch : sharedFeatures(reference_->network(), processes, makeOwn)) {
        FiniteFeatures finite;
        finite.add(batch);
        finite.require(reference_->network(), from);
        statistics_.add(batch.features);
        if (keepsVectors()) vectors_.push_back(batch.features);
    }
    done_ = std::min<std::int64_t>(done_ + countOf(processes) * kGeneratedPiece, options_.images);
    return done_ >= options_.images;
}

FidPoint FidMeasurement::point(double kimg) const {
    const auto& reference = reference_->statistics();
    FidPoint point;
    point.kimg = kimg;
    point.num = done_;
    point.features = reference_->network().title();
    point.kind = reference_->network().kind();
    point.reference = reference.data;
    point.referenceNum = reference.moments.count;
    if (reference_->network().bandCount() > 1) {
        auto measured = frechetWaveletDistance(statistics_.moments(), reference.moments);
        point.fid = measured.total;
        point.bands = std::move(measured.bands);
    } else {
        point.fid = frechetDistance(statistics_.moments(), reference.moments);
    }
    requireFiniteValue("Fréchet distance", point.fid);
    if (vectors_.empty()) return point;
    const auto made = torch::cat(vectors_);
    const auto& real = reference_->vectors(made.size(0));
    if (!real.defined() || std::min(made.size(0), real.size(0)) <= kNeighbours) return point;
    if (options_.kid) point.kid = kernelDistance(made, real);
    requireFiniteValue("kernel distance", point.kid);
    if (options_.coverage) {
        const auto measured = measureCoverage(real, made, kNeighbours);
        point.precision = measured.precision;
        point.recall = measured.recall;
    }
    return point;
}

}  // namespace thaw
