// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/statistics_file.h"

#include "core/formats/json_text.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/values/error.h"

#include <torch/torch.h>
#include <nlohmann/json.hpp>

namespace thaw {
namespace {

constexpr const char* kProvenance = "provenance.json";

Error damaged(const std::string& path, const std::string& why) {
    return Error(ErrorCode::FileDamaged, "'" + path + "' is damaged: " + why + ".",
                 "Write it again with 'thaw-cli statistics'.");
}

std::string toText(at::IntArrayRef sizes) {
    std::string text = "[";
    for (std::size_t d = 0; d < sizes.size(); ++d) text += (d ? ", " : "") + std::to_string(sizes[d]);
    return text + "]";
}

}  // namespace

ReferenceStatistics readStatistics(const std::string& path) {
    const NpzArchive archive = readNpz(path);
    ReferenceStatistics statistics;
    auto& [mean, covariance, count] = statistics.moments;
    mean = toTensor(archive.at("mu", path)).to(torch::kDouble);
    covariance = toTensor(archive.at("sigma", path)).to(torch::kDouble);
    const bool bands = mean.dim() == 2;
    const auto dimensions = mean.dim() > 0 ? mean.size(-1) : 0;
    auto square = mean.sizes().vec();
    square.push_back(dimensions);
    if ((mean.dim() != 1 && !bands) || mean.numel() == 0 || covariance.sizes() != at::IntArrayRef(square))
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' holds mu " + toText(mean.sizes()) + " and sigma " + toText(covariance.sizes()) +
                        ", not a mean and its covariance.",
                    "Name a file of reference statistics.");
    if (!mean.isfinite().all().item<bool>() || !covariance.isfinite().all().item<bool>())
        throw damaged(path, "mu or sigma holds values that are not finite");
    const auto transposed = covariance.transpose(-2, -1).clone();
    const double asymmetry = (covariance - transposed).abs().max().item<double>();
    if (asymmetry > 1e-5 * covariance.abs().max().item<double>()) throw damaged(path, "sigma is not symmetric");
    covariance = (covariance + transposed) / 2;

    if (const auto text = archive.texts.find(kProvenance); text != archive.texts.end()) {
        try {
            const auto json = nlohmann::json::parse(text->second);
            count = json.value("num", std::int64_t(0));
            statistics.features = json.value("features", "");
            statistics.data = json.value("data", "");
            statistics.resize = json.value("resize", "");
            statistics.images = json.value("images_sha256", "");
        } catch (const nlohmann::json::exception&) {
            throw damaged(path, "its provenance.json cannot be read");
        }
        if (count < 0) throw damaged(path, "it claims to stem from " + std::to_string(count) + " images");
    }
    if (archive.arrays.count("features")) {
        statistics.vectors = toTensor(archive.arrays.at("features")).to(torch::kFloat);
        if (statistics.vectors.dim() != 2 || statistics.vectors.size(1) != dimensions)
            throw damaged(path, "features " + toText(statistics.vectors.sizes()) + " do not belong to mu " +
                                    toText(mean.sizes()));
    }
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
    if (statistics.vectors.defined()) archive.arrays["features"] = toNpy(statistics.vectors.to(torch::kFloat));
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
