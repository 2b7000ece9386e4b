// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace thaw {

/// From this noise level on the input is pure noise: what is left of an image is below a hundredth of the noise.
constexpr double kPureNoiseSigma = 80;

/// Throws Configuration naming every noise level that is not above 0 and at most 1e6, an empty list, and numbers of images
/// outside 1 .. 1000000.
void requireSaneProbe(const std::vector<double>& sigmas, std::int64_t images);

}  // namespace thaw
