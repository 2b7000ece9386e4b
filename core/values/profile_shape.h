// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"

namespace thaw {

/// Slope of log R over log k by least squares, k from 2 cycles per image to the last ring; natural images have about -2.
/// Rings without power are left out; NaN with fewer than two left.
double logLogSlope(const RadialProfile& profile);

/// Spectral centroid Σ k·R[k] / Σ R[k] in cycles per image, over k > 0: the constant part has no frequency and would only
/// pull the centroid to 0. NaN without power.
double spectralCentroid(const RadialProfile& profile);

}  // namespace thaw
