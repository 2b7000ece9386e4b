// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/block_swap.h"
#include "core/values/image_spectrum.h"
#include "core/values/layer_difference.h"
#include "core/values/layer_sweep.h"
#include "core/values/transfer.h"

#include <string>
#include <vector>

namespace thaw::cli {

/// Each writes `.csv` and `.npz` as core/io/spectrum_file.h says, or a picture of the same numbers as `.png`.

/// A heatmap for each noise level side by side, every row in dB relative to its own mean over frequencies, so that blocks
/// of different gain compare.
void writeLayerFigure(const std::string& path, const LayerSweepTable& table);
/// Shares of the bands over block and noise level, a heatmap a band.
void writeBandFigure(const std::string& path, const LayerSweepTable& table);
/// Every channel in dB relative to its own mean over frequencies, one heatmap.
void writeChannelFigure(const std::string& path, const ChannelProfiles& profiles);
/// Mean profiles of frozen and of trainable blocks in dB, a panel a noise level.
void writeFrozenFigure(const std::string& path, const FrozenProfiles& profiles, const std::string& model);
/// Mean difference in dB, a heatmap a noise level; cells without significance (q > 0.05) are hatched.
void writeDifferenceFigure(const std::string& path, const LayerDifferenceTable& table);
/// Change of the output in dB per block and frequency, a heatmap a noise level.
void writeSwapFigure(const std::string& path, const BlockSwapTable& table);
/// Curves over radial frequency: response gain, cross-spectral gain, coherence.
void writeTransferFigure(const std::string& path, const std::vector<TransferFunction>& parts);
/// Gain over the plane of frequencies, 0 in the middle, a panel a part of the size of the first.
void writeProbeFigure(const std::string& path, const std::vector<FourierGainMap>& maps);
/// The two-dimensional spectrum in dB with frequency 0 in the middle.
void writeImageFigure(const std::string& path, const ImageSpectrumTable& table);

/// "%g"
std::string numberText(double number);

}  // namespace thaw::cli
