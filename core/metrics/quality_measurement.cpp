// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/quality_measurement.h"

#include "core/metrics/frechet_distance.h"
#include "core/metrics/frechet_wavelet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/metrics/precision_recall.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {
namespace {

// Fewer images than Inception has features: published comparisons never do that.
constexpr std::int64_t kFewImages = 2048;
constexpr int kDensityNeighbours = 5;

void warnOfFewImages(Quality& quality, std::int64_t images, std::int64_t referenceImages, std::int64_t dimensions) {
    const auto warn = [&](std::int64_t count, const std::optional<std::int64_t>& rank, const std::string& whose) {
        if (count > 0 && count <= dimensions)
            quality.warnings.push_back(
                "Only " + std::to_string(count) + whose + " images for " + std::to_string(dimensions) + " features" +
                (rank ? " (rank " + std::to_string(*rank) + ")" : "") + ": the distance is biased upwards.");
        else if (count > 0 && count < kFewImages)
            quality.warnings.push_back("Only " + std::to_string(count) + whose +
                                       " images: the distance is biased upwards; published ones take 50000.");
    };
    warn(images, quality.rank, "");
    warn(referenceImages, quality.referenceRank, " reference");
}

void measureFrechetDistance(Quality& quality, const FeatureMoments& generated, const FeatureMoments& reference,
                            const FeatureNetwork& network) {
    if (network.bandCount() > 1) {
        const auto result = frechetWaveletDistance(generated, reference);
        quality.fid = result.total;
        quality.bands = result.bands;
        return warnOfFewImages(quality, generated.count, reference.count, network.featureCount());
    }
    const auto result = measureFrechet(generated, reference);
    quality.fid = result.distance;
    quality.rank = result.rankA;
    quality.referenceRank = result.rankB;
    warnOfFewImages(quality, generated.count, reference.count, network.featureCount());
}

void measureKernelDistance(Quality& quality, const torch::Tensor& generated, const torch::Tensor& reference) {
    const KernelSubsets subsets;
    const auto result = kernelDistance(generated, reference, subsets);
    quality.kid = result.mean;
    quality.kidStd = result.std;
    if (std::min(generated.size(0), reference.size(0)) < subsets.subsetSize)
        quality.warnings.push_back("The kernel distance takes subsets of " + std::to_string(subsets.subsetSize) +
                                   " images and there are fewer: its spread (kid_std) says little.");
}

void measureScore(Quality& quality, const InceptionScore::Value& score, const FeatureNetwork& network) {
    quality.inceptionScore = score.mean;
    quality.inceptionScoreStd = score.std;
    if (network.kind() != MeasureKind::Inception)
        quality.warnings.push_back("inception_score is the score of '" + network.title() +
                                   "': compare it with no published Inception score.");
    if (score.splits > 1 && score.lastSplit < 5000)
        quality.warnings.push_back("The last split of the score has " + std::to_string(score.lastSplit) +
                                   " images, not 5000: it lowers the mean; use a multiple of 5000.");
}

void measureNeighbours(Quality& quality, const Metrics& metrics, const torch::Tensor& reference,
                       const torch::Tensor& generated, int neighbours, const Progress& progress) {
    if (metrics.has("precision") || metrics.has("recall")) {
        const auto measured = measureCoverage(reference, generated, neighbours, progress);
        quality.neighbours = neighbours;
        if (metrics.has("precision")) quality.precision = measured.precision;
        if (metrics.has("recall")) quality.recall = measured.recall;
    }
    if (metrics.has("density") || metrics.has("coverage")) {
        const auto measured = measureCoverage(reference, generated, kDensityNeighbours, progress);
        quality.densityNeighbours = kDensityNeighbours;
        if (metrics.has("density")) quality.density = measured.density;
        if (metrics.has("coverage")) quality.coverage = measured.coverage;
    }
}

}  // namespace

void FeatureCollector::add(const std::function<torch::Tensor()>& images) {
    for (const auto& batch : sharedFeatures(network_, processes_, images)) {
        finite_.add(batch);
        if (finite_.anyFault()) continue;
        moments_.add(batch.features);
        if (scores_) score_.add(batch.logits);
        if (keep_) vectors_.push_back(batch.features);
    }
}

torch::Tensor FeatureCollector::vectors() const { return vectors_.empty() ? torch::Tensor() : torch::cat(vectors_); }

Quality measureQuality(const Metrics& metrics, const FeatureCollector& generated, const ReferenceStatistics& reference,
                       const FeatureNetwork& network, int neighbours, torch::Device device, const Progress& progress) {
    Quality quality;
    quality.measure = {network.kind(), network.title(), generated.count(), reference.data, reference.moments.count};
    if (metrics.has("fid")) measureFrechetDistance(quality, generated.moments(), reference.moments, network);
    const auto vectors = metrics.needVectors() ? generated.vectors() : torch::Tensor();
    if (metrics.has("kid")) measureKernelDistance(quality, vectors, reference.vectors);
    if (metrics.has("is")) measureScore(quality, generated.score(), network);
    requireFiniteValue("Fréchet distance", quality.fid);
    requireFiniteValue("kernel distance", quality.kid);
    requireFiniteValue("class score", quality.inceptionScore);
    if (metrics.needVectors())
        measureNeighbours(quality, metrics, reference.vectors.to(device), vectors.to(device), neighbours, progress);
    return quality;
}

}  // namespace thaw
