// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"

#include <string>

namespace thaw {

/// How the spectrum of images is to be taken.
struct ImageSpectrumOptions {
    /// StyleGAN3's: whitened with the data set's mean and deviation, Kaiser window with beta 8, zero-padded four times.
    bool styleGan3 = false;
    double mean = 0,
           std = 1;  ///< for StyleGAN3's whitening, in the units of the images; best those of the real data for all
    int chunk = 64;  ///< images a piece

    int interpolation() const { return styleGan3 ? 4 : 1; }
};

/// The spectrum of a set of images, with all that is drawn of it.
struct ImageSpectrumTable {
    std::string title;
    std::int64_t images = 0;
    Spectrum spectrum;  ///< mean power, unshifted, `interpolation` times the size of the images
    int interpolation = 1;
    RadialProfile profile;          ///< azimuthal mean
    std::vector<double> deviation;  ///< of each ring's power over images (channels averaged); NaN below two
    RadialProfile slice0, slice45;  ///< through the centre along the rows, and along the diagonal
    RelativeLogAmplitude logAmplitude;
    double slope = 0;     ///< of log power over log frequency, from 2 cycles per image on
    double centroid = 0;  ///< cycles per image
};

}  // namespace thaw
