// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/quality.h"

#include "core/metrics/frechet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/metrics/precision_recall.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <cmath>
#include <cstdarg>
#include <sstream>

namespace thaw::cli {
namespace {

constexpr const char* kMetrics[] = {"fid", "kid", "is", "precision", "recall", "density", "coverage"};
// Fewer images than Inception has features: published comparisons never do that.
constexpr std::int64_t kFewImages = 2048;
constexpr int kDensityNeighbours = 5;

__attribute__((format(printf, 2, 3))) void append(std::string& text, const char* format, ...) {
    char part[200];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(part, sizeof part, format, arguments);
    va_end(arguments);
    text += (text.empty() ? "" : ", ") + std::string(part);
}

void measureFrechetDistance(Quality& quality, const FeatureMoments& generated, const FeatureMoments& reference,
                            const FeatureNetwork& network) {
    const auto result = measureFrechet(generated, reference);
    quality.values["fid"] = result.distance;
    quality.values["rank"] = result.rankA;
    quality.values["reference_rank"] = result.rankB;
    const std::string name = network.isInception() ? "FID" : "Fréchet distance";
    append(quality.text, "%s %.4g", name.c_str(), result.distance);
    const auto dimensions = network.featureCount();
    const auto small = [&](std::int64_t count, std::int64_t rank, const std::string& whose) {
        if (count > 0 && count <= dimensions)
            quality.warnings.push_back("Only " + std::to_string(count) + whose + " images for " +
                                       std::to_string(dimensions) + " features (rank " + std::to_string(rank) +
                                       "): the distance is biased upwards.");
        else if (count > 0 && count < kFewImages)
            quality.warnings.push_back("Only " + std::to_string(count) + whose +
                                       " images: the distance is biased upwards; published ones take 50000.");
    };
    small(generated.count, result.rankA, "");
    small(reference.count, result.rankB, " reference");
}

void measureKernelDistance(Quality& quality, const torch::Tensor& generated, const torch::Tensor& reference,
                           const FeatureNetwork& network) {
    const KernelSubsets subsets;
    const auto result = kernelDistance(generated, reference, subsets);
    quality.values["kid"] = result.mean;
    quality.values["kid_std"] = result.std;
    append(quality.text, "%s %.5f ± %.5f", network.isInception() ? "KID" : "kernel distance", result.mean, result.std);
    if (std::min(generated.size(0), reference.size(0)) < subsets.subsetSize)
        quality.warnings.push_back("The kernel distance takes subsets of " + std::to_string(subsets.subsetSize) +
                                   " images and there are fewer: its spread (kid_std) says little.");
}

void measureScore(Quality& quality, const InceptionScore::Value& score, const FeatureNetwork& network) {
    quality.values["inception_score"] = score.mean;
    quality.values["inception_score_std"] = score.std;
    append(quality.text, "%s %.4g", network.isInception() ? "Inception score" : "classifier score (not Inception's)",
           score.mean);
    if (!network.isInception())
        quality.warnings.push_back("inception_score is the score of '" + network.title() +
                                   "': compare it with no published Inception score.");
    if (score.splits > 1 && score.lastSplit < 5000)
        quality.warnings.push_back("The last split of the score has " + std::to_string(score.lastSplit) +
                                   " images, not 5000: it lowers the mean; use a multiple of 5000.");
}

void measureNeighbours(Quality& quality, const Metrics& metrics, const torch::Tensor& reference,
                       const torch::Tensor& generated, int neighbours, const Progress& progress) {
    const auto say = [&](const std::string& name, double value) {
        if (!metrics.has(name)) return;
        quality.values[name] = value;
        append(quality.text, "%s %.4f", name.c_str(), value);
    };
    if (metrics.has("precision") || metrics.has("recall")) {
        const auto measured = measureCoverage(reference, generated, neighbours, progress);
        quality.values["precision_k"] = neighbours;
        say("precision", measured.precision);
        say("recall", measured.recall);
    }
    if (metrics.has("density") || metrics.has("coverage")) {
        const auto measured = measureCoverage(reference, generated, kDensityNeighbours, progress);
        quality.values["density_k"] = kDensityNeighbours;
        say("density", measured.density);
        say("coverage", measured.coverage);
    }
}

}  // namespace

bool Metrics::needVectors() const {
    for (const auto* name : {"kid", "precision", "recall", "density", "coverage"})
        if (has(name)) return true;
    return false;
}

bool Metrics::needReference() const { return has("fid") || needVectors(); }

Metrics parseMetrics(const std::string& text) {
    Metrics metrics;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        if (std::find(std::begin(kMetrics), std::end(kMetrics), part) == std::end(kMetrics))
            throw Error(ErrorCode::Configuration,
                        "--metrics has '" + part + "'; it knows fid, kid, is, precision, recall, density and coverage.",
                        "Use --metrics fid,kid,is,precision,recall.");
        metrics.names.insert(part);
    }
    if (metrics.names.empty()) throw Error(ErrorCode::Usage, "--metrics is empty.", "Use --metrics fid.");
    return metrics;
}

void FeatureCollector::add(const torch::Tensor& images) {
    const auto batch = network_.extract(images);
    moments_.add(batch.features);
    if (scores_) score_.add(batch.logits);
    if (keep_) vectors_.push_back(batch.features);
}

torch::Tensor FeatureCollector::vectors() const { return vectors_.empty() ? torch::Tensor() : torch::cat(vectors_); }

Quality measureQuality(const Metrics& metrics, const FeatureCollector& generated, const ReferenceStatistics& reference,
                       const FeatureNetwork& network, int neighbours, torch::Device device, const Progress& progress) {
    Quality quality;
    for (const auto* key : {"fid", "kid", "inception_score", "precision", "recall", "density", "coverage", "kid_std",
                            "inception_score_std", "rank", "reference_rank", "precision_k", "density_k"})
        quality.values[key] = nullptr;
    if (metrics.has("fid")) measureFrechetDistance(quality, generated.moments(), reference.moments, network);
    const auto vectors = metrics.needVectors() ? generated.vectors() : torch::Tensor();
    if (metrics.has("kid")) measureKernelDistance(quality, vectors, reference.vectors, network);
    if (metrics.has("is")) measureScore(quality, generated.score(), network);
    if (metrics.needVectors())
        measureNeighbours(quality, metrics, reference.vectors.to(device), vectors.to(device), neighbours, progress);
    return quality;
}

}  // namespace thaw::cli
