// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/block_swap.h"
#include "core/values/figure_recipe.h"
#include "core/values/image_spectrum.h"
#include "core/values/layer_difference.h"
#include "core/values/layer_sweep.h"
#include "core/values/model_summary.h"
#include "core/values/run_stats.h"
#include "core/values/spectrum.h"
#include "core/values/transfer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// What was measured for one panel (PanelRecipe). What its kind does not use, and what has not come yet, is empty.
struct PanelData {
    std::string nameA, nameB;  ///< what a legend calls the two models; empty = "before" and "after"
    std::optional<LayerSpectrum> spectrumA, spectrumB;
    std::optional<LayerSweepTable> sweepA, sweepB;   ///< hold PanelRecipe::sigma among their levels
    std::optional<LayerDifferenceTable> difference;  ///< B - A
    std::optional<ChannelProfiles> channels;
    std::optional<TransferFunction> transferA, transferB;
    std::optional<BlockSwapTable> swap;
    /// By place in PanelRecipe::columns; the real data beside a profile have place 0.
    std::vector<std::pair<std::size_t, ImageSpectrumTable>> images;
    std::vector<SampleColumn> samples;  ///< one a column
    std::optional<ModelSummary> model;  ///< Frozen
    std::vector<RunStats> runs;         ///< one a run folder
};

}  // namespace thaw
