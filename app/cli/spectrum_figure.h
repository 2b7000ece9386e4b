// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/spectrum.h"

#include <string>
#include <vector>

namespace thaw::cli {

/// Power per block, noise level and radial frequency.
struct LayerFigureData {
    std::string model;
    std::vector<double> sigmas;
    std::vector<LayerTable> tables;  ///< one a noise level, of the same blocks
    std::uint64_t firstSeed = 0;
};

/// `.png`: a heatmap for each noise level side by side, every row in dB relative to its own mean over frequencies, so that
/// blocks of different gain compare. `.csv`: block, sigma, frequency, power. `.npz`: power [blocks, sigmas, frequencies],
/// sigmas, frequencies and the texts blocks.txt and provenance.json. Power is raw: per pixel, linear.
void writeLayerFigure(const std::string& path, const LayerFigureData& data);

/// The mean power spectrum of a set of images.
struct ImageFigureData {
    std::string title;
    Spectrum spectrum;
    RadialProfile profile;
    std::int64_t images = 0;  ///< maps: images times channels
};

/// `.png`: the two-dimensional spectrum in dB with frequency 0 in the middle. `.csv`: the radial profile. `.npz`: power
/// [H, W] in unshifted order, frequencies, profile.
void writeImageFigure(const std::string& path, const ImageFigureData& data);

/// "%g"
std::string numberText(double number);

}  // namespace thaw::cli
