// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/statistics_file.h"

#include "core/data/finite_rows.h"
#include "core/formats/json_text.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/values/error.h"
#include "core/values/number_text.h"
#include "core/values/shape_text.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace thaw {
namespace {

constexpr const char* kProvenance = "provenance.json";
constexpr const char* kVectors = "features";

Error damaged(const std::string& path, const std::string& why) {
    return Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: " + why + ".",
                 "Write it again with 'thaw-cli statistics'.");
}

// "3 of its 4096 values are not finite, the first at [0, 17]"
void requireFinite(const torch::Tensor& values, const char* name, const std::string& path) {
    const auto found = values.isfinite().logical_not().nonzero();
    if (found.size(0) == 0) return;
    std::vector<std::int64_t> first;
    for (std::int64_t d = 0; d < found.size(1); ++d) first.push_back(found[0][d].item<std::int64_t>());
    throw damaged(path, std::to_string(found.size(0)) + " of the " + std::to_string(values.numel()) + " values of " +
                            name + " are not finite, the first at " + shapeText(first));
}

void readMoments(const NpzReader& archive, const std::string& path, FeatureMoments& moments) {
    if (!archive.holds("mu") && archive.holds("mean") && (archive.holds("cov") || archive.holds("covariance")))
        throw Error(ErrorCode::WrongKind, "'" + path + "' names its statistics mean and cov.",
                    "Save them as mu and sigma, as statistics of FID are named: in Python, numpy.savez('FILE.npz', "
                    "mu=MEAN, sigma=COVARIANCE).");
    auto& [mean, covariance, count] = moments;
    mean = toTensor(archive.array("mu")).to(torch::kDouble);
    covariance = toTensor(archive.array("sigma")).to(torch::kDouble);
    const bool bands = mean.dim() == 2;
    auto square = mean.sizes().vec();
    square.push_back(mean.dim() > 0 ? mean.size(-1) : 0);
    if ((mean.dim() != 1 && !bands) || mean.numel() == 0 || covariance.sizes() != at::IntArrayRef(square))
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' holds mu " + shapeText(mean.sizes().vec()) + " and sigma " +
                        shapeText(covariance.sizes().vec()) + ", not a mean and its covariance.",
                    "Name a file of reference statistics.");
    requireFinite(mean, "mu", path);
    requireFinite(covariance, "sigma", path);
    const auto transposed = covariance.transpose(-2, -1).clone();
    const double asymmetry = (covariance - transposed).abs().max().item<double>();
    if (asymmetry > 1e-5 * covariance.abs().max().item<double>()) throw damaged(path, "sigma is not symmetric");
    covariance = (covariance + transposed) / 2;
}

void readProvenance(const std::string& text, const std::string& path, ReferenceStatistics& statistics) {
    auto& count = statistics.moments.count;
    try {
        const auto json = nlohmann::json::parse(text);
        count = json.value("num", std::int64_t(0));
        statistics.features = json.value("features", "");
        statistics.data = json.value("data", "");
        statistics.resize = json.value("resize", "");
        statistics.images = json.value("images_sha256", "");
    } catch (const nlohmann::json::exception&) {
        throw damaged(path, "its provenance.json cannot be read");
    }
    if (count < 0) throw damaged(path, "it claims to stem from " + countedImages(count));
}

// Other programs may keep anything under that name, their network's title for example; of our own files it is the vectors.
void readVectors(const NpzReader& archive, const std::string& path, bool ours, ReferenceStatistics& statistics) {
    const auto& mean = statistics.moments.mean;
    torch::Tensor vectors;
    try {
        vectors = toTensor(archive.array(kVectors));
    } catch (const Error&) {
        if (ours) throw;
        return;
    }
    if (!vectors.is_floating_point() || vectors.dim() != 2 || vectors.size(1) != mean.size(-1)) {
        if (!ours) return;
        throw damaged(path, "features " + shapeText(vectors.sizes().vec()) + " do not belong to mu " +
                                shapeText(mean.sizes().vec()));
    }
    if (const auto faults = rowsNotFinite(vectors))
        throw damaged(path, "its features are not finite for " + faults.text());
    statistics.vectors = vectors.to(torch::kFloat);
}

}  // namespace

ReferenceStatistics readStatistics(const std::string& path) {
    const NpzReader archive(path);
    ReferenceStatistics statistics;
    readMoments(archive, path, statistics.moments);
    const bool ours = archive.holdsText(kProvenance);
    if (ours) readProvenance(archive.text(kProvenance), path, statistics);
    if (archive.holds(kVectors)) readVectors(archive, path, ours, statistics);
    return statistics;
}

void writeStatistics(const std::string& path, const ReferenceStatistics& statistics) {
    nlohmann::ordered_json provenance = {{"num", statistics.moments.count},
                                         {"features", statistics.features},
                                         {"data", statistics.data},
                                         {"resize", statistics.resize}};
    if (!statistics.images.empty()) provenance["images_sha256"] = statistics.images;
    NpzArchive archive;
    archive.arrays["mu"] = toNpy(statistics.moments.mean.to(torch::kDouble));
    archive.arrays["sigma"] = toNpy(statistics.moments.covariance.to(torch::kDouble));
    if (statistics.vectors.defined()) archive.arrays[kVectors] = toNpy(statistics.vectors.to(torch::kFloat));
    archive.texts[kProvenance] = jsonText(provenance, 2) + "\n";
    writeNpz(path, archive);
}

void requireSameFeatures(const ReferenceStatistics& statistics, const std::string& path, const std::string& features,
                         std::int64_t dimensions, std::int64_t bands) {
    const std::string hint = "Compare like with like: make it again with 'thaw-cli statistics'.";
    if (!statistics.features.empty() && statistics.features != features)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' was made with '" + statistics.features + "', not with '" + features + "'.", hint);
    const auto& mean = statistics.moments.mean;
    if (const auto own = mean.dim() == 2 ? mean.size(0) : 1; own != bands)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' has " + std::to_string(own) + (own == 1 ? " band" : " bands") +
                        " of features, but '" + features + "' gives " + std::to_string(bands) + ".",
                    hint);
    if (mean.size(-1) != dimensions)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' has " + std::to_string(mean.size(-1)) + " features, but '" + features + "' gives " +
                        std::to_string(dimensions) + ".",
                    hint);
    if (bands > 1 && statistics.features.empty())
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' does not say which wavelet packets it holds, and in which order.", hint);
}

}  // namespace thaw
