// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/denoising.h"

#include "core/data/finite_rows.h"
#include "core/device/compute_device.h"
#include "core/diffusion/class_labels.h"
#include "core/diffusion/noise.h"
#include "core/io/npy_tensor.h"
#include "core/io/open_model.h"
#include "core/values/error.h"
#include "core/values/number_text.h"
#include "core/values/shape_text.h"

#include <torch/torch.h>

#include <chrono>
#include <cmath>

namespace thaw {
namespace {

torch::Tensor readInput(const std::string& path, const NetworkConfig& config) {
    auto x = toTensor(readNpy(path)).to(torch::kFloat);
    if (x.dim() != 4 || x.size(1) != config.imgChannels || x.size(2) != config.imgResolution ||
        x.size(3) != config.imgResolution)
        throw Error(ErrorCode::WrongKind,
                    "'" + path + "' has the shape " + shapeText(x.sizes().vec()) + "; the model takes [N, " +
                        std::to_string(config.imgChannels) + ", " + std::to_string(config.imgResolution) + ", " +
                        std::to_string(config.imgResolution) + "].",
                    "Give images of that size.");
    if (x.size(0) == 0) throw Error(ErrorCode::WrongKind, "'" + path + "' holds no images.", "Give at least one.");
    if (const auto faults = rowsNotFinite(x))
        throw Error(ErrorCode::WrongKind, "'" + path + "' holds values that are not finite in " + faults.text() + ".",
                    "Leave such images out, or look for what made them.");
    return x;
}

constexpr double kLeastSigma = 1e-9, kMostSigma = 1e9;  // whose squares, too, are numbers of 32 bits

torch::Tensor noiseLevelsOf(const std::vector<double>& sigmas, std::int64_t images) {
    if (sigmas.size() != 1 && std::int64_t(sigmas.size()) != images)
        throw Error(
            ErrorCode::Configuration,
            "--sigma has " + std::to_string(sigmas.size()) + " values for " + std::to_string(images) + " images.",
            "Give one, or one per image.");
    for (const double s : sigmas)
        if (!(s > 0) || !std::isfinite(s))
            throw Error(ErrorCode::Configuration, "--sigma has " + shortNumber(s) + "; a noise level is above 0.",
                        "Correct --sigma.");
        else if (s < kLeastSigma || s > kMostSigma)
            throw Error(ErrorCode::Configuration,
                        "--sigma has " + shortNumber(s) + "; the network takes " + shortNumber(kLeastSigma) + " to " +
                            shortNumber(kMostSigma) + ".",
                        "Correct --sigma.");
    return torch::tensor(sigmas, torch::kDouble).to(torch::kFloat).expand({images}).contiguous();
}

Conditioning conditioningOf(const DenoisingRequest& request, std::int64_t images, const NetworkConfig& config) {
    Conditioning conditioning;
    if (const auto classes = listedClasses(request.labels, images, config.labelDim); classes.defined())
        conditioning.classLabels = oneHot(classes.expand({images}), config.labelDim);
    if (request.augmentLabels.empty()) return conditioning;
    auto& labels = conditioning.augmentLabels;
    labels = toTensor(readNpy(request.augmentLabels)).to(torch::kFloat);
    if (labels.dim() != 2 || labels.size(0) != images || labels.size(1) != config.augmentDim)
        throw Error(ErrorCode::WrongKind,
                    "'" + request.augmentLabels + "' has the shape " + shapeText(labels.sizes().vec()) +
                        "; the model takes [" + std::to_string(images) + ", " + std::to_string(config.augmentDim) +
                        "].",
                    "Give labels of that shape.");
    return conditioning;
}

}  // namespace

DenoisingResult denoiseImages(const DenoisingRequest& request) {
    const auto compute = chooseCompute(request.compute.device, request.compute.precision, request.compute.threads);
    auto model = openModelFile(request.model);
    const auto x = readInput(request.input, model.denoiser->config());
    const auto sigma = noiseLevelsOf(request.sigmas, x.size(0));
    const auto conditioning = conditioningOf(request, x.size(0), model.denoiser->config());
    model.denoiser->to(compute.device);
    torch::NoGradGuard guard;
    const auto started = std::chrono::steady_clock::now();
    const ForwardMode mode{request.compute.precision == Precision::BFloat16 ? torch::kBFloat16 : torch::kFloat, false};
    std::vector<torch::Tensor> pieces;
    for (std::int64_t first = 0; first < x.size(0); first += request.batch) {
        const auto part = [&](const torch::Tensor& t) {
            return t.defined()
                       ? t.slice(0, first, std::min<std::int64_t>(first + request.batch, x.size(0))).to(compute.device)
                       : t;
        };
        auto given = conditioning;
        given.classLabels = part(conditioning.classLabels);
        given.augmentLabels = part(conditioning.augmentLabels);
        pieces.push_back(model.denoiser->forward(part(x), part(sigma), given, mode).cpu());
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    const auto denoised = torch::cat(pieces);
    requireFiniteImages(rowsNotFinite(denoised), request.model);
    writeNpy(request.out, toNpy(denoised));
    return {x.size(0), seconds};
}

}  // namespace thaw
