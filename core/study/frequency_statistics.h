// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_result.h"
#include "core/study/study_statistics.h"
#include "core/values/freeze_plan.h"

#include <string>
#include <vector>

namespace thaw {

// Numbers of the frequency study. All are our own definitions: the paper's quantity is not public.

/// What training did to the responses, over networks of several seeds. A cell is a block, a noise level and a frequency;
/// its change d = 10·log10(R_after) - 10·log10(R_before), dB, R the mean power over the same images. Cells without power in
/// either network are left out.
///
/// The replicate is the seed of training, unlike LayerDifferenceTable's, which is the image: a changed cell says what
/// training does whatever its seed.
struct ResponseChange {
    int seeds = 0;
    std::vector<double> mean;  ///< [B][S][K] of d over the seeds; NaN where there is no such cell
    std::vector<double> p;     ///< of "the mean is 0", pairedTest with n = seeds; NaN below two
    std::vector<double> q;     ///< p adjusted over all cells (Benjamini-Hochberg)
    /// Share of the cells with q <= kSignificanceLevel and |mean| >= kSmallestDifferenceDb; NaN below two seeds.
    double changedShare = 0;
    // Root of the mean square of d over cells, dB: one value a seed, then mean and deviation over the seeds.
    Spread all;
    /// Over the cells of blocks, each weighted with the share of the block's weights that is frozen, or is not; responses
    /// without weights (the denoised image) are left out. Nothing where the shares are all 0.
    Spread frozen, trainable;
    std::vector<Spread> bySigma;  ///< [S]
    std::vector<Spread> byBlock;  ///< [B]
};

/// `shares` [B] as frozenShares has them. Networks with other cells than `before` are left out.
ResponseChange responseChange(const ResponsesResult& before, const std::vector<const ResponsesResult*>& after,
                              const std::vector<double>& shares);

/// [B] share of a block's weights that the plan freezes; NaN where it has none.
std::vector<double> frozenShares(const std::vector<std::string>& blocks, const FreezePlan& plan,
                                 const ModelSummary& model);

/// How far the level of images lies from that of others: root of the mean square over frequencies of the difference in dB.
struct PowerGap {
    double all = 0;   ///< k >= 1
    double high = 0;  ///< k above half of the largest
};
PowerGap powerGap(const ImagePowerResult& images, const ImagePowerResult& others);

/// The `all` of two sets of N such images to expect by chance: sqrt(mean over k >= 1 of 2·(10/ln 10)²·deviation²/(N·power²)).
double chanceGap(const ImagePowerResult& images);

/// How far the spectral centroid of one block moves from the smallest noise level to the largest.
struct CentroidMove {
    std::string block;
    double atSmallest = 0, atLargest = 0;  ///< cycles per image
    /// (atLargest - atSmallest) / sqrt((s² + l²)/2), s and l the deviations over images at both.
    double deviations = 0;
};
/// Of all responses but the denoised image, where both centroids are known.
std::vector<CentroidMove> centroidMoves(const ResponsesResult& responses);

}  // namespace thaw
