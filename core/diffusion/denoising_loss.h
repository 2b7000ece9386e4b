// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

namespace thaw {

/// EDM's training distribution: ln sigma ~ N(pMean, pStd²).
struct NoiseDistribution {
    double pMean = -1.2;
    double pStd = 1.2;
};

/// The random numbers of a batch, drawn ahead so that its parts see the same as the whole.
struct NoisedLevels {
    torch::Tensor sigma;  ///< [N] on the CPU
    torch::Tensor noise;  ///< n/sigma, [N, C, R, R] on the CPU
    NoisedLevels slice(std::int64_t first, std::int64_t last) const {
        return {sigma.slice(0, first, last), noise.slice(0, first, last)};
    }
};
/// For images of these sizes [N, C, R, R]: ln sigma [N] and then n/sigma are the first normal numbers of `generator`, which
/// is on the CPU so that a seed means the same on every device.
NoisedLevels drawLevels(at::IntArrayRef sizes, const NoiseDistribution& distribution, torch::Generator generator);

/// Per image, the mean over C,H,W of lambda(sigma)·(D(y + n; sigma) - y)² with lambda = (sigma² + sd²)/(sigma·sd)²
/// (Karras et al. 2022, eq. 2 and table 1), [N]. images y [N, C, R, R] in [-1, 1]. The published loss is the sum over C,H,W instead, which Adam
/// does not tell from the mean.
torch::Tensor denoisingLosses(Denoiser& denoiser, const torch::Tensor& images, const NoisedLevels& levels,
                              const ForwardMode& mode, const Conditioning& conditioning = {});

/// Their mean over a batch whose numbers come from `generator`.
torch::Tensor denoisingLoss(Denoiser& denoiser, const torch::Tensor& images, const NoiseDistribution& distribution,
                            torch::Generator generator, const ForwardMode& mode, const Conditioning& conditioning = {});

}  // namespace thaw
