// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"

namespace thaw {

/// Azimuthal mean: power[k] = mean of P[u, v] over the bins with round(sqrt(u² + v²)) = k, where u and v are signed
/// integer frequencies, k = 0 .. floor(min(H, W)/2). The mean is of linear power, before any logarithm; the corners
/// beyond the largest whole ring are left out. `interpolation` is that of the spectrum (zero-padding): ring k then lies
/// at k / interpolation cycles per image.
RadialProfile radialProfile(const Spectrum& spectrum, int interpolation = 1);

}  // namespace thaw
