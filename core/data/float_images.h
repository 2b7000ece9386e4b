// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <string>

namespace thaw {

/// Floating-point images are in the units of networks: -1 is black, 1 white. Samplers go beyond by a little, and published
/// programs cut that off when they round to 8 bits.

/// Throws WrongKind with the count and the first image where one of `images` float [N, C, H, W] cannot be in these units, so
/// that 8 bits would cut off what it shows: a value beyond ±4, or more than a tenth of its values beyond ±1.25 (0..255, or
/// divided by a deviation); or where no value of all of them is below 0 and one is above (0..1). `path` names them.
void requireImageUnits(const torch::Tensor& images, const std::string& path);

}  // namespace thaw
