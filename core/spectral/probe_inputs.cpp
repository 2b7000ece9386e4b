// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/probe_inputs.h"

#include "core/data/finite_rows.h"
#include "core/diffusion/class_labels.h"
#include "core/diffusion/noise.h"
#include "core/nn/evaluation_mode.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kFirstPicture = 2;  // images of the first piece

std::vector<std::uint64_t> consecutive(std::uint64_t first, int count) {
    std::vector<std::uint64_t> seeds;
    for (int k = 0; k < count; ++k) seeds.push_back(first + std::uint64_t(k));
    return seeds;
}

// Which real images stand behind these seeds.
torch::Tensor realImages(const Dataset& data, const std::vector<std::uint64_t>& seeds) {
    auto indices = torch::empty({std::int64_t(seeds.size())}, torch::kLong);
    for (std::size_t k = 0; k < seeds.size(); ++k)
        indices.data_ptr<std::int64_t>()[k] = std::int64_t(seeds[k] % std::uint64_t(data.count()));
    return indices;
}

bool knowsLabelsOf(const NetworkConfig& network, const Dataset& data) {
    if (!data.labels.defined()) return false;
    return data.hasLabelVectors() ? data.labelDim() == network.labelDim : data.labelDim() <= network.labelDim;
}

}  // namespace

torch::Tensor noisyInputs(const NetworkConfig& network, const Dataset& data, double sigma, std::uint64_t firstSeed,
                          int count) {
    const auto seeds = consecutive(firstSeed, count);
    auto noise = latentsForSeeds(seeds, network.imgChannels, network.imgResolution) * sigma;
    if (sigma >= kPureNoiseSigma) return noise;
    return imageBatch(data, realImages(data, seeds)) + noise;
}

torch::Tensor inputLabels(const NetworkConfig& network, const Dataset& data, double sigma, std::uint64_t firstSeed,
                          int count, const ClassChoice& classes) {
    if (network.labelDim == 0) return {};
    const auto seeds = consecutive(firstSeed, count);
    if (sigma < kPureNoiseSigma && classes.kind != ClassChoice::Kind::One && knowsLabelsOf(network, data))
        return labelBatch(data, realImages(data, seeds), network.labelDim);
    return classLabelsOf(classes, seeds, network.imgChannels, network.imgResolution, network.labelDim);
}

void requireFittingData(const NetworkConfig& config, const Dataset& data, const std::vector<double>& sigmas) {
    if (std::all_of(sigmas.begin(), sigmas.end(), [](double sigma) { return sigma >= kPureNoiseSigma; })) return;
    if (data.images.defined() && !hasErrors(fitOf(shapeOf(config), shapeOf(data), DataUse::Comparison))) return;
    const auto resolution = std::to_string(config.imgResolution);
    throw Error(ErrorCode::WrongKind,
                "Responses below sigma = 80 need real images of " + resolution + "x" + resolution + " with " +
                    std::to_string(config.imgChannels) + " channels.",
                "Open the data set the model was trained on.");
}

torch::Tensor probe(Denoiser& denoiser, const torch::Tensor& inputs, double sigma, const ResponseHook& hook,
                    const torch::Tensor& labels) {
    const torch::NoGradGuard noGrad;
    const EvaluationMode evaluation(*denoiser);
    const auto device = denoiser->parameters().front().device();
    Conditioning conditioning;
    if (labels.defined()) conditioning.classLabels = labels.to(device);
    auto denoised =
        denoiser->forward(inputs.to(device), torch::full({inputs.size(0)}, sigma, device), conditioning, {}, hook);
    if (const auto faults = rowsNotFinite(denoised))
        throw Error(
            ErrorCode::WrongKind,
            "The output of the denoiser at sigma " + shortNumber(sigma) + " is not finite for " + faults.text() + ".",
            "The weights may be damaged, or the run that wrote them diverged.");
    return denoised;
}

std::vector<ImageRange> imageRanges(int images, int chunk) {
    std::vector<ImageRange> ranges;
    for (int first = 0; first < images;) {
        const int last = std::min({images, first == 0 ? kFirstPicture : first + chunk - first % chunk, first + chunk});
        ranges.push_back({first, last});
        first = last;
    }
    return ranges;
}

}  // namespace thaw
