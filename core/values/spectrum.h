// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// A mean 2-D power spectrum, unshifted order (index 0 is DC), row-major [height][width].
/// Unit: power per pixel; without a window the sum over all bins is the mean over maps of the sum of x² (Parseval).
struct Spectrum {
    int height = 0;
    int width = 0;
    std::vector<double> power;
    std::int64_t maps = 0;  ///< number of maps averaged (images × channels)
};

/// Azimuthal mean of a spectrum: ring k holds bins with round(sqrt(u²+v²)) = k.
struct RadialProfile {
    std::vector<double> frequency;  ///< cycles per image, 0..floor(min(H, W)/2)
    std::vector<double> power;      ///< mean of the linear power on the ring (before any logarithm)
};

/// A spectrum in dB for display, frequency 0 in the middle, both ends of each axis shown.
struct SpectrumHeatMap {
    int height = 0, width = 0;
    std::vector<double> level;                   ///< dB, row-major [height][width]
    std::vector<double> frequencyY, frequencyX;  ///< cycles per image
};

/// Mean log amplitude along a spectrum's diagonal relative to its centre; the last value is the summary of a layer.
struct RelativeLogAmplitude {
    std::vector<double> position;   ///< frequency in units of pi, 0 .. 1
    std::vector<double> amplitude;  ///< natural logarithm
    std::int64_t maps = 0;
};

/// The response of one block at one noise level, with all that is needed to name the figure.
struct LayerSpectrum {
    std::string model;  ///< title of the model
    std::string block;  ///< module path, e.g. `dec.14x14_block0`
    double sigma = 0;   ///< noise level of the input
    std::int64_t images = 0;
    std::int64_t channels = 0;
    std::uint64_t firstSeed = 0;
    bool tuned = false;  ///< measured on the fine-tuned generator instead of the original
    Spectrum spectrum;
    RadialProfile profile;
    /// Standard error over images of each bin's level in dB relative to the mean over all bins, in the order of the spectrum;
    /// NaN below two images, empty where it was not measured.
    std::vector<double> levelError;
};

/// Power per block and radial frequency: the overview heatmap. Rows have different lengths (a block's resolution
/// limits its frequencies); missing cells are NaN.
struct LayerTable {
    std::vector<std::string> blocks;
    std::vector<double> frequencies;         ///< cycles per image
    std::vector<std::vector<double>> power;  ///< [block][frequency]
    double sigma = 0;
    std::int64_t images = 0;
};

}  // namespace thaw
