// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/denoising_loss.h"

#include "core/nn/upload.h"

#include <torch/torch.h>

namespace thaw {

torch::Tensor denoisingLosses(Denoiser& denoiser, const torch::Tensor& images, const NoiseDistribution& distribution,
                              torch::Generator generator, const ForwardMode& mode, const Conditioning& conditioning) {
    // Drawn on the CPU so that a seed means the same on every device.
    const auto level = (torch::randn({images.size(0)}, generator) * distribution.pStd + distribution.pMean).exp();
    const auto sigma = uploaded(level, images.device());
    const auto noise = uploaded(torch::randn(images.sizes(), generator), images.device());
    const double sd = denoiser->config().sigmaData;
    const auto s = sigma.reshape({-1, 1, 1, 1});
    const auto weight = (s * s + sd * sd) / (s * sd).square();
    const auto denoised = denoiser->forward(images + s * noise, sigma, conditioning, mode);
    return (weight * (denoised - images).square()).flatten(1).mean(1);
}

torch::Tensor denoisingLoss(Denoiser& denoiser, const torch::Tensor& images, const NoiseDistribution& distribution,
                            torch::Generator generator, const ForwardMode& mode, const Conditioning& conditioning) {
    return denoisingLosses(denoiser, images, distribution, std::move(generator), mode, conditioning).mean();
}

}  // namespace thaw
