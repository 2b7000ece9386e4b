// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

namespace thaw {

/// EDM's training distribution: ln sigma ~ N(pMean, pStd²).
struct NoiseDistribution {
    double pMean = -1.2;
    double pStd = 1.2;
};

/// Per image, the mean over C,H,W of lambda(sigma)·(D(y + n; sigma) - y)² with lambda = (sigma² + sd²)/(sigma·sd)²
/// (Karras et al. 2022, eq. 2 and table 1), [N]. images y [N, C, R, R] in [-1, 1]; ln sigma [N] and then n/sigma
/// [N, C, R, R] are the first normal numbers of `generator`. The published loss is the sum over C,H,W instead, which Adam
/// does not tell from the mean.
torch::Tensor denoisingLosses(Denoiser& denoiser, const torch::Tensor& images, const NoiseDistribution& distribution,
                              torch::Generator generator, const ForwardMode& mode,
                              const Conditioning& conditioning = {});

/// Their mean over the batch.
torch::Tensor denoisingLoss(Denoiser& denoiser, const torch::Tensor& images, const NoiseDistribution& distribution,
                            torch::Generator generator, const ForwardMode& mode, const Conditioning& conditioning = {});

}  // namespace thaw
