// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/class_choice.h"
#include "core/values/not_a_number.h"

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
/// where the part changes the number of channels or the resolution. X and Y are the transforms of input and output less their
/// means over the images: what is the same in every image says nothing of what follows what, so an output that never changes
/// has gain and coherence 0. Channels whose input does not vary at a frequency are left out of its means; NaN where none is
/// left. H needs two images, the coherence three; NaN below.
struct TransferFunction {
    std::string model, block;
    double sigma = 0;
    std::int64_t images = 0;
    std::uint64_t firstSeed = 0;
    int height = 0, width = 0;
    int channels = 0;  ///< compared

    std::vector<double> real, imaginary;  ///< [H][W] mean over channels of H = <Y X*>/<|X|²>, averages over images
    std::vector<double> gain;             ///< [H][W] root of the mean over channels of |H|²
    /// [H][W] mean over channels of |<Y X*>|²/(<|X|²> <|Y|²>), debiased (core/values/significance.h) for N - 1 repetitions,
    /// since centring costs one of N images: 1 = the output follows linearly, and 0 in expectation = not at all. Not clipped,
    /// so that means stay unbiased: values of independent signals scatter about 0.
    std::vector<double> coherence;

    std::vector<double> frequencies;    ///< [K] rings
    std::vector<double> ringGain;       ///< [K] root of the mean of gain² on the ring
    std::vector<double> ringCoherence;  ///< [K] mean of the coherence on the ring
    /// 95 % point of independent signals for one frequency of one channel, 1 - 0.05^(1/(n-1)) with n = N - 1, debiased as the
    /// coherence is. Means over rings and channels scatter less. NaN below three images.
    double coherenceLine = kNan;
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
