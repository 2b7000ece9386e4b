// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/probe_inputs.h"

#include "core/diffusion/noise.h"
#include "core/nn/evaluation_mode.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr int kFirstPicture = 2;  // images of the first piece

}  // namespace

torch::Tensor noisyInputs(const NetworkConfig& network, const Dataset& data, double sigma, std::uint64_t firstSeed,
                          int count) {
    std::vector<std::uint64_t> seeds;
    for (int k = 0; k < count; ++k) seeds.push_back(firstSeed + std::uint64_t(k));
    const auto noise = latentsForSeeds(seeds, network.imgChannels, network.imgResolution) * sigma;
    if (sigma >= kPureNoiseSigma) return noise;
    auto indices = torch::empty({count}, torch::kLong);
    for (int k = 0; k < count; ++k)
        indices.data_ptr<std::int64_t>()[k] = std::int64_t(seeds[std::size_t(k)] % std::uint64_t(data.count()));
    return imageBatch(data, indices) + noise;
}

void requireFittingData(const NetworkConfig& config, const Dataset& data, const std::vector<double>& sigmas) {
    if (std::all_of(sigmas.begin(), sigmas.end(), [](double sigma) { return sigma >= kPureNoiseSigma; })) return;
    if (data.images.defined() && data.count() > 0 && data.images.size(1) == config.imgChannels &&
        data.images.size(2) == config.imgResolution)
        return;
    const auto resolution = std::to_string(config.imgResolution);
    throw Error(ErrorCode::WrongKind,
                "Responses below sigma = 80 need real images of " + resolution + "x" + resolution + " with " +
                    std::to_string(config.imgChannels) + " channels.",
                "Open the data set the model was trained on.");
}

torch::Tensor probe(Denoiser& denoiser, const torch::Tensor& inputs, double sigma, const ResponseHook& hook) {
    const torch::NoGradGuard noGrad;
    const EvaluationMode evaluation(*denoiser);
    const auto device = denoiser->parameters().front().device();
    return denoiser->forward(inputs.to(device), torch::full({inputs.size(0)}, sigma, device), {}, {}, hook);
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
