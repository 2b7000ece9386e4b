// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"

namespace thaw {

/// EDM's training distribution: ln sigma ~ N(pMean, pStd²).
struct NoiseDistribution {
    double pMean = -1.2;
    double pStd = 1.2;
};

/// E over C,H,W of lambda(sigma)·(D(y + n; sigma) - y)² with lambda = (sigma² + sd²)/(sigma·sd)², averaged over the
/// batch and over pixels (Karras et al. 2022, eq. 2 and table 1). images [N, C, R, R] in [-1, 1]; noise and sigma come
/// from `generator`.
torch::Tensor denoisingLoss(Denoiser& denoiser, const torch::Tensor& images, const NoiseDistribution& distribution,
                            torch::Generator generator, const ForwardMode& mode);

}  // namespace thaw
