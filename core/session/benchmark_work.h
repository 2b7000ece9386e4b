// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/convolutions.h"
#include "core/values/freeze_plan.h"

#include <string>
#include <vector>

namespace thaw {

/// The convolutions of a workload, each with how often an image passes through it: 1 forward, and 1 more for the gradient
/// of its input and of its weight, which cost the same operations.
struct ConvolutionWork {
    std::vector<ConvolutionShape> shapes;
    std::vector<double> passes;  ///< [shapes]
};

/// A network evaluated so many times an image.
ConvolutionWork forwardConvolutions(const NetworkConfig& network, double evaluations);
/// Forward, input gradient and weight gradient.
ConvolutionWork pretrainConvolutions(const NetworkConfig& network);
/// A D2O step of the GAN loss with the denoiser's own encoder as D's features and these heads on them. G: forward, input
/// gradient, and weight gradient where the plan thaws; its look through D: encoder and heads forward and back. D: G
/// forward, the encoder over fakes and reals, the heads over both and back, with their weights. R1 every `interval` steps:
/// all of D forward, back, and both again for the second derivative, with the heads' weights.
ConvolutionWork finetuneConvolutions(const NetworkConfig& network, const FreezePlan& freeze, int interval,
                                     const std::vector<ConvolutionShape>& heads);

/// Seconds an image, from timing each distinct convolution forward, channels last, at that batch size, on the device
/// (`cpu`, `cuda:0`), in float or bfloat16.
double secondsPerImage(const ConvolutionWork& work, int batch, const std::string& device, bool bfloat16);

}  // namespace thaw
