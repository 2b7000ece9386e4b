// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/class_choice.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// Which part of a denoiser to look through, and how.
struct TransferRequest {
    std::string block;  ///< a top-level module, from its own input to its output; empty = the whole denoiser, x to D(x)
    double sigma = 80;  ///< noise level of the input
    int images = 64;
    std::uint64_t firstSeed = 0;
    int chunk = 16;          ///< images a forward pass
    double strength = 0.01;  ///< rms of a perturbation relative to that of the input it is added to
    ClassChoice classes{};   ///< what a conditional network is told

    bool operator==(const TransferRequest&) const = default;
};

/// What a part of a network does to each frequency. Unshifted order, [H][W] row-major of the input's size; frequencies in
/// cycles per image. The cross-spectral values compare channel c of the output with channel c of the input, and are empty
/// where the part changes the number of channels or the resolution. Channels without power in the input at a frequency are
/// left out of its means; NaN where none is left.
struct TransferFunction {
    std::string model, block;
    double sigma = 0;
    std::int64_t images = 0;
    std::uint64_t firstSeed = 0;
    int height = 0, width = 0;
    int channels = 0;  ///< compared

    std::vector<double> real,
        imaginary;                  ///< [H][W] mean over channels of H = <F_y F_x*>/<|F_x|²>, averages over images
    std::vector<double> gain;       ///< [H][W] root of the mean over channels of |H|²
    std::vector<double> coherence;  ///< [H][W] mean over channels of |<F_y F_x*>|²/(<|F_x|²> <|F_y|²>), 0 .. 1

    std::vector<double> frequencies;    ///< [K] rings
    std::vector<double> ringGain;       ///< [K] root of the mean of gain² on the ring
    std::vector<double> ringCoherence;  ///< [K] mean of the coherence on the ring
    /// What independent signals would show at this number of images, 1/images: coherence near it means nothing.
    double coherenceFloor = 0;
    /// [K] linear response sqrt(R_{f(x+n)-f(x)}[k] / R_n[k]) to weak white noise n, R of |F/(H·W)|², so that parts which only
    /// resample have gain 1. Exists for every part.
    std::vector<double> responseGain;
};

/// Fourier-basis probing (after Yin et al. 2019): gain[u, v] = mean over images of rms(f(x + r·e·U_uv) - f(x)) / rms(r·e·U_uv),
/// U_uv the real basis image of that frequency, r = +1 or -1 per channel. [H][W], unshifted; NaN where not yet measured.
struct FourierGainMap {
    std::string model, block;
    double sigma = 0;
    std::int64_t images = 0;
    std::uint64_t firstSeed = 0;
    int height = 0, width = 0;
    std::vector<double> gain;
};

/// The name of a part in tables: `denoiser` where no block is named, that is, for the whole.
template <class Part>
std::string partName(const Part& part) {
    return part.block.empty() ? "denoiser" : part.block;
}

}  // namespace thaw
