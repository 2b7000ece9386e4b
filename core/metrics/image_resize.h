// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_sidecar.h"

#include <torch/types.h>

namespace thaw {

/// Float images [N, C, H, W] -> [N, C, size, size] in the same units. Feature values depend on this choice, which is why
/// it is part of a network's title (Parmar, Zhang and Zhu 2022). `Resize::None` changes nothing.
torch::Tensor resized(const torch::Tensor& images, int size, FeatureSidecar::Resize how);

}  // namespace thaw
