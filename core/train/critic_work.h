// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/values/convolution_shape.h"
#include "core/values/train_config.h"

namespace thaw {

/// The convolutions of D's heads as this run has them, on features of this frozen denoiser. Of direct heads alone: those
/// of a projected discriminator are left out.
std::vector<ConvolutionShape> criticConvolutions(const FinetuneConfig& config, const Denoiser& frozen,
                                                 torch::Device device);

}  // namespace thaw
