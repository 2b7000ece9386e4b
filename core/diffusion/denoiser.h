// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/song_unet.h"

namespace thaw {

/// Which published wrapper turns the raw network F into a denoiser D.
enum class Preconditioning {
    Edm,  ///< EDMPrecond (Karras et al. 2022, table 1)
    D2o,  ///< D2OPrecond: as EDM with the boundary shift eps = 0.002, so that D(x; eps) = x exactly
};
/// `EDMPrecond`, `D2OPrecond`: the `class` of a model file.
std::string className(Preconditioning kind);

/// The four scalings at noise levels sigma [N]; each [N, 1, 1, 1] but cNoise [N]. With s = sigma (EDM) or
/// sigma - 0.002 (D2O): cSkip = sd²/(s² + sd²), cOut = s·sd/sqrt(sigma² + sd²), cIn = 1/sqrt(sigma² + sd²),
/// cNoise = ln(sigma)/4.
struct PreconditioningScales {
    torch::Tensor cSkip, cOut, cIn, cNoise;
};
PreconditioningScales preconditioningScales(Preconditioning kind, const torch::Tensor& sigma, double sigmaData);

/// D(x; sigma) = cSkip·x + cOut·F(cIn·x; cNoise). The module tree is EDM's: everything below `model.`.
class DenoiserImpl : public torch::nn::Module {
public:
    DenoiserImpl(const NetworkConfig& config, Preconditioning kind);

    /// x [N, C, R, R] any float type, sigma [N] or [1] -> float [N, C, R, R].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& sigma, const Conditioning& conditioning = {},
                          const ForwardMode& mode = {}, const ResponseHook& hook = {});

    SongUNet model{nullptr};
    Preconditioning kind() const { return kind_; }
    const NetworkConfig& config() const { return model->config(); }

private:
    Preconditioning kind_;
};
TORCH_MODULE(Denoiser);

/// A new denoiser with the same weights, maybe under another wrapper; both share nothing.
Denoiser cloneDenoiser(const Denoiser& original, Preconditioning kind);

}  // namespace thaw
