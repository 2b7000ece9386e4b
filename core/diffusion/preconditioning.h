// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/network_config.h"

#include <torch/types.h>

#include <optional>
#include <string>

namespace thaw {

/// Which published wrapper turns the raw network F into a denoiser D(x; sigma) = cSkip·x + cOut·F(cIn·x; cNoise)
/// (Karras et al. 2022, table 1; D2O: Zheng & Yang 2025).
///
/// | wrapper | cSkip          | cOut                       | cIn                  | cNoise              | sigma       |
/// |---------|----------------|----------------------------|----------------------|---------------------|-------------|
/// | VP      | 1              | -sigma                     | 1/sqrt(sigma² + 1)   | (M-1)·t(sigma)      | 0.001 - 152 |
/// | VE      | 1              | sigma                      | 1                    | ln(sigma/2)         | 0.02 - 100  |
/// | iDDPM   | 1              | -sigma                     | 1/sqrt(sigma² + 1)   | M-1-argmin|u-sigma| | u_M-1 - u_0 |
/// | EDM     | sd²/(sigma²+sd²) | sigma·sd/sqrt(sigma²+sd²) | 1/sqrt(sigma²+sd²)  | ln(sigma)/4         | 0 - inf     |
/// | D2O     | sd²/(s²+sd²)   | s·sd/sqrt(sigma²+sd²)      | 1/sqrt(sigma²+sd²)   | ln(sigma)/4         | 0 - inf     |
///
/// with sd = sigma_data, s = sigma - epsilon (so that D(x; epsilon) = x exactly), and for VP
/// t(sigma) = (sqrt(beta_min² + 2·beta_d·ln(1 + sigma²)) - beta_min)/beta_d.
enum class Preconditioning { Vp, Ve, Iddpm, Edm, D2o };

/// `VPPrecond`, `VEPrecond`, `iDDPMPrecond`, `EDMPrecond`, `D2OPrecond`: the `class` of a model file.
std::string className(Preconditioning kind);
std::optional<Preconditioning> preconditioningOf(const std::string& className);

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
/// Its inverse.
double vpTime(const NetworkConfig& config, double sigma);

/// The noise levels a wrapper was made for. The samplers stay inside.
struct SigmaRange {
    double min = 0, max = 0;
};
SigmaRange sigmaRange(Preconditioning kind, const NetworkConfig& config, const torch::Tensor& u = {});

}  // namespace thaw
