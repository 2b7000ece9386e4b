// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/denoiser_features.h"

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

std::vector<torch::Tensor> DenoiserFeatures::operator()(const torch::Tensor& images, torch::Generator generator,
                                                        const ForwardMode& mode) {
    const double low = std::log(kSigmaMin), high = std::log(kSigmaMax);
    const auto sigma =
        (torch::rand({images.size(0)}, generator) * (high - low) + low).exp().to(images.device());
    const auto noise = torch::randn(images.sizes(), generator).to(images.device());
    const auto scales = denoiser_->scales(sigma);
    const auto x = scales.cIn * (images + sigma.reshape({-1, 1, 1, 1}) * noise);
    const auto outputs = denoiser_->model->encode(x, denoiser_->model->embed(scales.cNoise, {}), mode);
    std::vector<torch::Tensor> features;
    for (const auto& [name, response] : outputs)
        if (std::find(names_.begin(), names_.end(), name) != names_.end()) features.push_back(response);
    return features;
}

}  // namespace thaw
