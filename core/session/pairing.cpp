// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/pairing.h"

#include "core/data/float_images.h"
#include "core/data/image_files.h"
#include "core/device/compute_device.h"
#include "core/diffusion/seed_batches.h"
#include "core/io/open_model.h"
#include "core/metrics/feature_network.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <cmath>
#include <memory>

namespace thaw {
namespace {

// uint8 [N, C, R, R].
torch::Tensor imagesOfSide(const SampledModel& side, const PairingRequest& request, const ComputeDevice& compute,
                           const Progress& progress) {
    if (!side.images.empty()) {
        const auto count = std::int64_t(request.seeds.size());
        const auto images = readImages(side.images, count);
        if (images.size(0) < count)
            throw Error(ErrorCode::Configuration,
                        "'" + side.images + "' has " + std::to_string(images.size(0)) + " images for " +
                            std::to_string(count) + " seeds.",
                        "Make them anew.");
        return images.scalar_type() == torch::kByte ? images : quantise(images);
    }
    auto model = openModelFile(side.model);
    const SeedBatches how{side.sampler, {}, request.batch, request.compute.precision, request.classes};
    std::vector<torch::Tensor> batches;
    sampleBatches(
        model.denoiser, compute, how, {request.seeds},
        [&](const torch::Tensor& images) { batches.push_back(quantise(images)); }, progress);
    return torch::cat(batches);
}

// Of rows a [N, D] and b [N, D], in double: Euclidean distances times `unit`. In strips, since N² of them are many.
PairDistances distancesOf(const torch::Tensor& a, const torch::Tensor& b, double unit) {
    constexpr std::int64_t kStrip = 256;
    const auto count = a.size(0);
    std::vector<torch::Tensor> same;
    double sum = 0;
    std::int64_t matched = 0;
    for (std::int64_t first = 0; first < count; first += kStrip) {
        const auto strip = std::min(kStrip, count - first);
        // The plain way: the one by matrix products loses the digits of small distances.
        const auto all = torch::cdist(a.narrow(0, first, strip), b, 2, /*compute_mode=*/2) * unit;  // [strip, N]
        const auto own = all.diagonal(first);
        same.push_back(own);
        sum += (all.sum() - own.sum()).item<double>();
        matched += (own == std::get<0>(all.min(1))).sum().item<std::int64_t>();
    }
    const auto own = torch::cat(same);
    return {own.mean().item<double>(), own.std().item<double>(), sum / (double(count) * double(count - 1)),
            double(matched) / double(count)};
}

std::unique_ptr<FeatureNetwork> networkOf(const PairingRequest& request, const torch::Tensor& images,
                                          const ComputeDevice& compute) {
    const MeasuredImages kind{int(images.size(1)), int(images.size(2)), request.builtinData};
    const auto chosen = chosenFeatures(request.features, kind);
    if (chosen == kNoFeatures || chosen == kWaveletFeatures) return {};
    auto network = openFeatureNetwork(chosen, compute.device, kind);
    network->requireFits(images.size(1), images.size(2), images.size(3), "these models");
    return network;
}

torch::Tensor featuresOfImages(FeatureNetwork& network, const torch::Tensor& images) {
    constexpr std::int64_t kPiece = 500;
    std::vector<torch::Tensor> rows;
    for (const auto& piece : images.split(kPiece)) rows.push_back(network.extract(piece).features.to(torch::kDouble));
    return torch::cat(rows);
}

}  // namespace

PairingResult measurePairing(const PairingRequest& request, const Progress& progress) {
    requireSane(request.a.sampler);
    requireSane(request.b.sampler);
    if (request.seeds.size() < 2)
        throw Error(ErrorCode::Configuration,
                    "A pairing of " + std::to_string(request.seeds.size()) +
                        " seeds has no other seed to compare with; it must have at least 2.",
                    "Use 1000.");
    const torch::NoGradGuard noGrad;
    const auto compute = chooseCompute(request.compute.device, request.compute.precision, request.compute.threads);
    const auto costs = [](const SampledModel& side) {
        return side.images.empty() ? double(networkEvaluations(side.sampler)) : 0.01;
    };
    const double part = costs(request.a) / (costs(request.a) + costs(request.b));
    const auto a =
        imagesOfSide(request.a, request, compute, [&](double share) { return !progress || progress(share * part); });
    const auto b = imagesOfSide(request.b, request, compute,
                                [&](double share) { return !progress || progress(part + share * (1 - part)); });
    if (a.sizes() != b.sizes())
        throw Error(ErrorCode::Configuration,
                    "'" + request.a.model + "' makes images of another size than '" + request.b.model + "'.",
                    "Pair models of the same data.");
    PairingResult result;
    result.images = a.size(0);
    const auto pixels = [](const torch::Tensor& images) { return images.flatten(1).to(torch::kDouble); };
    result.pixels = distancesOf(pixels(a), pixels(b), 1 / 127.5 / std::sqrt(double(a[0].numel())));
    if (const auto network = networkOf(request, a, compute)) {
        result.features = distancesOf(featuresOfImages(*network, a), featuresOfImages(*network, b), 1);
        result.featureTitle = network->title();
    }
    return result;
}

}  // namespace thaw
