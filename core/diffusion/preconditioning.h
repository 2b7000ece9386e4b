// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/preconditioning_kind.h"
#include "core/nn/network_config.h"

#include <torch/types.h>

namespace thaw {

/// The four scalings at noise levels sigma [N] (float or double); each [N, 1, 1, 1] but cNoise [N].
struct PreconditioningScales {
    torch::Tensor cSkip, cOut, cIn, cNoise;
};
/// `u` is the table of iDDPM (`iddpmSigmas`), undefined for the others.
PreconditioningScales preconditioningScales(Preconditioning kind, const NetworkConfig& config,
                                            const torch::Tensor& sigma, const torch::Tensor& u = {});

/// iDDPM's noise levels u_0 > ... > u_M = 0, float [M + 1]: u_{j-1} = sqrt((u_j² + 1)/max(a(j-1)/a(j), C1) - 1) with
/// a(j) = sin²(π/2 · j/(M(C2 + 1))).
torch::Tensor iddpmSigmas(const NetworkConfig& config);

/// VP's noise level at time t: sqrt(exp(beta_d·t²/2 + beta_min·t) - 1).
double vpSigma(const NetworkConfig& config, double t);

/// The noise levels a wrapper was made for. The samplers stay inside.
struct SigmaRange {
    double min = 0, max = 0;
};
SigmaRange sigmaRange(Preconditioning kind, const NetworkConfig& config, const torch::Tensor& u = {});

}  // namespace thaw
