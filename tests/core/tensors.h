// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/noise.h"
#include "core/io/safetensors.h"

#include <torch/torch.h>

/// Small helpers over tensors that several tests share.
namespace thaw::testing {

/// Largest absolute difference of two tensors of one shape.
inline double worst(const torch::Tensor& a, const torch::Tensor& b) { return (a - b).abs().max().item<double>(); }

/// Standard normal numbers in double precision that depend on the seed alone.
inline torch::Tensor noise(at::IntArrayRef shape, std::uint64_t seed = 3) {
    return torch::randn(shape, seededGenerator(seed), torch::kDouble);
}

/// Spectra of NumPy and SciPy in double precision, with the 8-bit images that they belong to.
inline const SafeTensors& goldenSpectra() {
    static const SafeTensors content = readSafeTensors(std::string(THAW_GOLDEN) + "/spectra.io.safetensors");
    return content;
}

}  // namespace thaw::testing
