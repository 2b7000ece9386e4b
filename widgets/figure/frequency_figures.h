// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/block_swap.h"
#include "core/values/image_spectrum.h"
#include "core/values/layer_difference.h"
#include "core/values/layer_sweep.h"
#include "core/values/spectrum.h"
#include "core/values/transfer.h"
#include "widgets/curves/curve_data.h"
#include "widgets/heatmap/heatmap_data.h"

#include <QString>

#include <optional>
#include <vector>

namespace thaw {

// Measurements as figures: the same for the screen, for paper and for the numbers beside them. All levels are 10 log10 of a
// power; frequencies are radial, in cycles per image. Empty figures where there is nothing to draw.

/// Every block at one noise level: blocks down, frequency across, each row in dB relative to its own mean over its rings, so
/// that blocks of different gain compare.
HeatmapData blocksHeatmap(const LayerSweepTable& table, std::size_t sigma);
/// Share of each block's energy in each octave band at one noise level, in percent: blocks down, bands across; the shares of a
/// row sum to 100. A band is named by its edges in cycles per image.
HeatmapData bandsHeatmap(const LayerSweepTable& table, std::size_t sigma);
/// One block at every noise level: the highest on top, where sampling begins; dB relative to the mean over all of it.
HeatmapData sigmasHeatmap(const LayerSweepTable& table, std::size_t block);
/// Mean difference A - B of the table in dB. Cells that are not `significant` (LayerDifferenceTable) are marked once the table
/// is complete; before, nothing is, and the caption says so.
HeatmapData blocksHeatmap(const LayerDifferenceTable& table, std::size_t sigma);
HeatmapData sigmasHeatmap(const LayerDifferenceTable& table, std::size_t block);
/// What the output changes when one block gets its other weights: dB relative to the change by all of them at once.
HeatmapData swapHeatmap(const BlockSwapTable& table, std::size_t sigma);
/// Channels down, strongest first, each in dB relative to the mean over all channels.
HeatmapData channelsHeatmap(const ChannelProfiles& profiles);

/// What the dots of a figure of differences mean: the same in every one; or that it is not decided yet.
QString markedText(const LayerDifferenceTable& table);

/// The 2-D spectrum of one response, B - A in dB of the levels relative to each one's own mean; dots where it is not significant
/// (Welch's t-test over images with the levels' errors, adjusted over all bins) or below kSmallestDifferenceDb, once both are
/// measured on all the images that were asked for. Nothing when the shapes differ.
std::optional<HeatmapData> planeDifference(const LayerSpectrum& b, const LayerSpectrum& a, std::int64_t imagesAsked);
/// What its dots mean, or that it is not decided yet; empty where the errors were not measured.
QString planeMarkText(const LayerSpectrum& b, const LayerSpectrum& a, std::int64_t imagesAsked);

/// Noise level of a row of `sigmasHeatmap`, which count from the highest.
std::size_t sigmaOfRow(std::size_t sigmas, int row);

/// One radial profile, with the standard deviation over images where it is known.
struct ProfileLine {
    QString name;
    RadialProfile profile;
    std::vector<double> deviation;  ///< empty, or one a ring
    int colour = 0;                 ///< for seriesColour
    QString provenance;             ///< one line: model, images, seeds
};

/// Log-log, lines with a band of one standard deviation over images; ring 0, the mean, has no place on the axis.
CurveFigure profileFigure(const std::vector<ProfileLine>& lines, const QString& title);
/// Mean difference A - B of one block at one noise level, with a band of two standard errors, and dots as the heatmaps have them
/// where it is not `significant`, once the table is complete.
CurveFigure differenceFigure(const LayerDifferenceTable& table, std::size_t block, std::size_t sigma);
/// Linear response to weak white noise, and coherence where the part keeps its shape; one pair a transfer.
CurveFigure transferFigure(const std::vector<TransferFunction>& transfers, const std::vector<QString>& names);
/// Mean of the frozen and of the trainable blocks, each scaled to unit sum, at one noise level.
CurveFigure frozenFigure(const FrozenProfiles& profiles, std::size_t sigma);

}  // namespace thaw
