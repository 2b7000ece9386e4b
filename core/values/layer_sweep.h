// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/class_choice.h"
#include "core/values/freeze_plan.h"
#include "core/values/spectrum.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// `count` noise levels evenly spaced in log sigma, both ends included.
std::vector<double> logSpacedSigmas(double low = 0.002, double high = 80, int count = 16);

/// Edges of octave bands in cycles per image, {0, 1, 2, 4, 8, ...}, until the corner of a spectrum of R×R pixels is inside:
/// the first band is the constant part, the second the one wave per image, then octaves.
std::vector<double> octaveBandEdges(int resolution);

/// What to measure in a network.
struct LayerSweepRequest {
    std::vector<std::string> blocks;                 ///< ResponseInfo::name; empty = all whole blocks
    std::vector<double> sigmas = logSpacedSigmas();  ///< noise levels of the input; below 80 real images are noised
    int images = 64;                                 ///< per noise level
    std::uint64_t firstSeed = 0;                     ///< seeds firstSeed .. firstSeed + images - 1
    int chunk = 16;                                  ///< images a forward pass
    bool removeMean = false;                         ///< without each map's own mean
    bool hannWindow = false;                         ///< against the cross that zero padding leaves in a spectrum
    std::vector<double> bandEdges;                   ///< cycles per image, rising; empty = octaves
    ClassChoice classes{};                           ///< what a conditional network is told

    bool operator==(const LayerSweepRequest&) const = default;
};

/// Power of the responses over noise level and radial frequency (our own definition: mean over images and channels of
/// |FFT2(h)|²/(H·W), azimuthal mean of linear power). Arrays are row-major, B blocks, S noise levels, K frequencies,
/// M bands; NaN where a block's resolution has no such frequency, and where nothing is measured yet.
struct LayerSweepTable {
    std::string model;  ///< title
    std::vector<std::string> blocks;
    std::vector<int> resolutions, channels;  ///< [B]; 0 before the first piece
    std::vector<double> sigmas;
    std::vector<double> frequencies;      ///< [K] cycles per image, 0, 1, 2, ...
    std::vector<double> power;            ///< [B][S][K]
    std::vector<double> deviation;        ///< [B][S][K] standard deviation over images; NaN below two
    std::vector<double> energy;           ///< [B][S] mean of h² per pixel (all bins, the corners too)
    std::vector<double> energyDeviation;  ///< [B][S] over images
    std::vector<double> centroid;  ///< [B][S] Σ k·R[k] / Σ R[k], k = 1 .. K-1, of the mean profile; cycles per image
    std::vector<double> centroidDeviation;  ///< [B][S] of the images' own centroids
    std::vector<double> slope;              ///< [B][S] of log R over log k, k = 2 .. K-1
    /// [B][S][R/2], R the largest resolution: relative log amplitude d[k] - d[0] along the spectrum's diagonal (Park & Kim
    /// 2022; see LogAmplitude), k = 0 .. H/2 - 1 of a block's own resolution H, which stand for frequencies 0 .. pi.
    std::vector<double> logAmplitude;
    std::vector<double> bandEdges;  ///< [M + 1]
    std::vector<double> bandShare;  ///< [B][S][M] share of the energy in lower <= k < upper; sums to 1 over all bands
    std::vector<std::int64_t> images;  ///< [S] so far
    std::uint64_t firstSeed = 0;

    std::size_t cell(std::size_t block, std::size_t sigma) const { return block * sigmas.size() + sigma; }
    std::size_t cell(std::size_t block, std::size_t sigma, std::size_t frequency) const {
        return cell(block, sigma) * frequencies.size() + frequency;
    }
    std::size_t bands() const { return bandEdges.empty() ? 0 : bandEdges.size() - 1; }
    std::size_t logAmplitudes() const { return energy.empty() ? 0 : logAmplitude.size() / energy.size(); }
    /// The summary of a block: its relative log amplitude at the highest frequency; NaN where it has none.
    double logAmplitudeAtEnd(std::size_t block, std::size_t sigma) const;
    /// One row of the table, without the missing frequencies.
    RadialProfile profile(std::size_t block, std::size_t sigma) const;
    /// All blocks at one noise level.
    LayerTable table(std::size_t sigma) const;
};

/// Every channel of one response at one noise level.
struct ChannelProfiles {
    std::string block;
    double sigma = 0;
    std::vector<double> frequencies;         ///< [K]
    std::vector<std::vector<double>> power;  ///< [channel][K]
    std::int64_t images = 0;
};

/// Frozen against trainable (our own definition): every row's profile, scaled to unit sum so that blocks of different
/// gain count alike, averaged with the share of its weights that the plan freezes, or leaves free, as its weight. Rows
/// without weights are left out. [S][K], NaN where no row has that frequency or that kind of weights.
struct FrozenProfiles {
    std::vector<double> sigmas, frequencies;
    std::vector<double> frozen, trainable;
    double frozenRows = 0, trainableRows = 0;  ///< sums of the shares
};
FrozenProfiles frozenAgainstTrainable(const LayerSweepTable& table, const FreezePlan& plan, const ModelSummary& model);

}  // namespace thaw
