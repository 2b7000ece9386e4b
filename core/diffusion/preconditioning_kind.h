// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

}  // namespace thaw
