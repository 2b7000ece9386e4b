// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/npz.h"
#include "core/values/block_swap.h"
#include "core/values/image_spectrum.h"
#include "core/values/layer_difference.h"
#include "core/values/layer_sweep.h"
#include "core/values/transfer.h"

#include <string>
#include <vector>

namespace thaw {

/// The numbers of a measurement as text, one line a cell, with a header. Numbers are the shortest that read back to the
/// same bits; cells without a number are left out, or are empty where others of their line have one. The same value gives
/// the same bytes.
///
///   LayerSweepTable       block,sigma,frequency,power,deviation
///   LayerDifferenceTable  block,sigma,frequency,difference_db,standard_error,t,p,q
///   BlockSwapTable        block,sigma,frequency,power,deviation,share; block `all` is all weights at once
///   TransferFunction      block,sigma,frequency,response_gain,gain,coherence,coherence_line; block `denoiser` is the whole
///   FourierGainMap        block,sigma,vertical,horizontal,gain; signed frequencies in cycles per image
///   ImageSpectrumTable    frequency,power,deviation
///   ChannelProfiles       channel,frequency,power
///   FrozenProfiles        sigma,frequency,frozen,trainable
std::string csvOf(const LayerSweepTable& table);
std::string csvOf(const LayerDifferenceTable& table);
std::string csvOf(const BlockSwapTable& table);
std::string csvOf(const std::vector<TransferFunction>& transfers);
std::string csvOf(const std::vector<FourierGainMap>& maps);
std::string csvOf(const ImageSpectrumTable& table);
std::string csvOf(const ChannelProfiles& profiles);
std::string csvOf(const FrozenProfiles& profiles);

/// The slices of an image spectrum: degrees,frequency,power.
std::string slicesCsvOf(const ImageSpectrumTable& table);

/// Energies, centroid, slope, relative log amplitude at the highest frequency, and bands, one line a block and noise level:
/// block,sigma,energy,energy_deviation,centroid,centroid_deviation,slope,log_amplitude,band_0_1,band_1_2,...
std::string bandsCsvOf(const LayerSweepTable& table);

/// All numbers of a measurement as arrays under the names of the fields (snake_case), in the shapes that the value's
/// header gives; names of blocks, one a line, in blocks.txt, what was measured in provenance.json. NaN where a cell has
/// no number.
NpzArchive npzOf(const LayerSweepTable& table);
NpzArchive npzOf(const LayerDifferenceTable& table);
NpzArchive npzOf(const BlockSwapTable& table);
NpzArchive npzOf(const ImageSpectrumTable& table);
NpzArchive npzOf(const ChannelProfiles& profiles);
NpzArchive npzOf(const FrozenProfiles& profiles);
/// Several parts of one network: arrays over rings are [P][K], P parts in the order of sigmas [P] and blocks.txt; the maps
/// of part i are `real_0`, `gain_0`, ..., each of its own size, where it has them.
NpzArchive npzOf(const std::vector<TransferFunction>& transfers);
NpzArchive npzOf(const std::vector<FourierGainMap>& maps);

}  // namespace thaw
