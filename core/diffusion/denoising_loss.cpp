// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/denoising_loss.h"

#include "core/nn/upload.h"

#include <torch/torch.h>

namespace thaw {

NoisedLevels drawLevels(at::IntArrayRef sizes, const NoiseDistribution& distribution, torch::Generator generator) {
    NoisedLevels levels;
    levels.sigma = (torch::randn({sizes[0]}, generator) * distribution.pStd + distribution.pMean).exp();
    levels.noise = torch::randn(sizes, generator);
    return levels;
}

torch::Tensor denoisingLosses(Denoiser& denoiser, const torch::Tensor& images, const NoisedLevels& levels,
                              const ForwardMode& mode, const Conditioning& conditioning) {
    const auto sigma = uploaded(levels.sigma, images.device()), noise = uploaded(levels.noise, images.device());
    const double sd = denoiser->config().sigmaData;
    const auto s = sigma.reshape({-1, 1, 1, 1});
    const auto weight = (s * s + sd * sd) / (s * sd).square();
    const auto denoised = denoiser->forward(images + s * noise, sigma, conditioning, mode);
    return (weight * (denoised - images).square()).flatten(1).mean(1);
}

torch::Tensor denoisingLoss(Denoiser& denoiser, const torch::Tensor& images, const NoiseDistribution& distribution,
                            torch::Generator generator, const ForwardMode& mode, const Conditioning& conditioning) {
    const auto levels = drawLevels(images.sizes(), distribution, std::move(generator));
    return denoisingLosses(denoiser, images, levels, mode, conditioning).mean();
}

}  // namespace thaw
