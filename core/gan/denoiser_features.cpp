// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/denoiser_features.h"

#include "core/diffusion/noise.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {

DenoiserFeatures::DenoiserFeatures(Denoiser denoiser) : denoiser_(std::move(denoiser)) {
    for (const auto& block : denoiser_->model->blocks())
        if (block.name.rfind("enc.", 0) == 0 && block.name.ends_with("_block0")) {
            names_.push_back(block.name);
            levels_.push_back({block.outChannels, block.resolution});
        }
}

FeatureNoise DenoiserFeatures::drawNoise(const torch::Tensor& like, torch::Generator generator) {
    const double low = std::log(kSigmaMin), high = std::log(kSigmaMax);
    // Drawn on the CPU so that a seed means the same on every device.
    const auto sigma = (torch::rand({like.size(0)}, generator) * (high - low) + low).exp();
    return {uploaded(sigma, like.device()), uploaded(torch::randn(like.sizes(), generator), like.device())};
}

std::vector<torch::Tensor> DenoiserFeatures::maps(const torch::Tensor& images, const FeatureNoise& noise,
                                                  const ForwardMode& mode, const torch::Tensor& labels) {
    const auto scales = denoiser_->scales(noise.sigma);
    const auto x = scales.cIn * (images + noise.sigma.reshape({-1, 1, 1, 1}) * noise.normal);
    const auto outputs = denoiser_->model->encode(x, denoiser_->model->embed(scales.cNoise, {labels, {}, {}}), mode);
    std::vector<torch::Tensor> features;
    for (const auto& [name, response] : outputs)
        if (std::find(names_.begin(), names_.end(), name) != names_.end()) features.push_back(response);
    return features;
}

}  // namespace thaw
