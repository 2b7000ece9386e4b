// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"

namespace thaw {

/// Slices of a square spectrum from its centre, as StyleGAN3's figures have them (Karras et al. 2021); `interpolation` is
/// that of the spectrum. Linear power.
///   0°:  the row through the centre, frequencies 0 .. S/2 cycles per image
///   45°: the diagonal, frequencies 0 .. S/sqrt(2)
/// with S the size of the images. Throws std::invalid_argument where the spectrum is not square.
RadialProfile sliceAt0(const Spectrum& spectrum, int interpolation = 1);
RadialProfile sliceAt45(const Spectrum& spectrum, int interpolation = 1);

/// A spectrum for a heat map, in dB with frequency 0 in the middle: 10·log10, fftshift, the first row and column appended
/// at the end (so that both ends show the highest frequency), smoothed by a Gaussian of `interpolation`·1.25 bins cut at
/// four standard deviations. A spectrum is periodic, so the smoothing goes around its ends (our choice; it needs no rule for
/// borders). [H' + 1][W' + 1], and its frequencies in cycles per image.
SpectrumHeatMap styleGan3HeatMap(const Spectrum& spectrum, int interpolation);

}  // namespace thaw
