// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/network_part.h"

#include "core/diffusion/noise.h"
#include "core/nn/evaluation_mode.h"
#include "core/nn/responses.h"
#include "core/values/error.h"
#include "core/values/range_check.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {
namespace {

// Apart from the streams of the latents, which begin at the seed itself.
constexpr std::uint64_t kPerturbationStream = 0x70657274;

void requirePart(const NetworkConfig& network, const std::string& block) {
    if (block.empty()) return;
    const auto blocks = blockResponses(network);
    if (std::find(blocks.begin(), blocks.end(), block) == blocks.end())
        throw Error(ErrorCode::Usage, "The model has no block '" + block + "' that makes a map.",
                    "'thaw-cli info' lists the blocks.");
    if (block.ends_with("_aux_residual"))
        throw Error(ErrorCode::Usage, "The block '" + block + "' has two inputs, so it has no transfer function.",
                    "Choose another block.");
}

}  // namespace

NetworkPart networkPart(Denoiser denoiser, const Dataset& data, const TransferRequest& request) {
    const auto& network = denoiser->config();
    requirePart(network, request.block);
    requireSaneProbe({request.sigma}, request.images);
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    check.atLeast("chunk", request.chunk, 1);
    check.positive("strength", request.strength, 1);
    throwProblems(problems, "the transfer function");
    requireFittingData(network, data, {request.sigma});

    const auto images = [=](const ImageRange& range) {
        return noisyInputs(denoiser->config(), data, request.sigma, request.firstSeed + std::uint64_t(range.first),
                           range.count())
            .to(denoiser->parameters().front().device());
    };
    // [1] for one image in many disguises spreads over all of them.
    const auto labels = [=](const torch::Tensor& x, const ImageRange& range) -> torch::Tensor {
        const auto rows = inputLabels(denoiser->config(), data, request.sigma,
                                      request.firstSeed + std::uint64_t(range.first), range.count(), request.classes);
        return rows.defined() ? rows.expand({x.size(0), rows.size(1)}).to(x.device()) : rows;
    };
    if (request.block.empty())
        return {[=](const torch::Tensor& x, const ImageRange& range) mutable {
                    return probe(denoiser, x, request.sigma, {}, labels(x, range));
                },
                images};
    const auto module = [=](const torch::Tensor& x, const ImageRange& range) mutable {
        const torch::NoGradGuard noGrad;
        const EvaluationMode evaluation(*denoiser);
        const auto noise = denoiser->scales(torch::full({x.size(0)}, request.sigma, x.options())).cNoise;
        return denoiser->model->runModule(request.block, x, denoiser->model->embed(noise, {labels(x, range), {}, {}}));
    };
    const auto inputs = [=](const ImageRange& range) mutable {
        torch::Tensor input;
        const auto x = images(range);
        const auto listen = [&](const std::string& name, const torch::Tensor& response) {
            if (name == request.block + ".input") input = response;
        };
        probe(denoiser, x, request.sigma, listen, labels(x, range));
        return input;
    };
    return {module, inputs};
}

torch::Tensor perturbationNoise(const torch::Tensor& x, std::uint64_t seed) {
    return torch::randn(x.sizes(), seededGenerator(seed ^ kPerturbationStream)).to(x.options());
}

torch::Tensor imageRms(const torch::Tensor& x) {
    return x.square().mean(std::vector<std::int64_t>{1, 2, 3}, true).sqrt();
}

}  // namespace thaw
