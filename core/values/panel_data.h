// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/measurement_job.h"
#include "core/values/model_summary.h"
#include "core/values/panel_kinds.h"
#include "core/values/run_stats.h"
#include "core/values/study_report.h"

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
    std::optional<FourierGainMap> probe;
    std::optional<BlockSwapTable> swap;
    /// By place in PanelRecipe::columns; the real data beside a profile have place 0.
    std::vector<std::pair<std::size_t, ImageSpectrumTable>> images;
    std::vector<SampleColumn> samples;  ///< one a column
    std::optional<ModelSummary> model;  ///< A, where the panel looks into a network
    std::vector<RunStats> runs;         ///< one a run folder
    std::optional<ReportChart> chart;   ///< of a study
    std::string studyTitle;             ///< ... of that title

    /// Takes what was measured for a part of the panel (panelParts) to its place.
    void keep(const PanelPart& part, MeasuredValue value);
};

}  // namespace thaw
