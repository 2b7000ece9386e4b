// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <string>
#include <vector>

namespace thaw::cli {

/// One matrix of a heatmap figure; row 0 is at the top, NaN cells are hatched.
struct HeatmapPanel {
    std::string title;
    std::vector<std::vector<double>> values;
};

/// Matrices of one size side by side, with one colour bar for all.
struct HeatmapFigure {
    std::string title;
    std::string caption;  ///< provenance in one line
    std::string xLabel, yLabel;
    std::string valueLabel;             ///< quantity and unit of the colour bar, e.g. "dB re row mean"
    std::vector<double> columns;        ///< coordinate of each column
    std::vector<double> rows;           ///< coordinate of each row; empty where rows have names
    std::vector<std::string> rowNames;  ///< name of each row
    std::vector<HeatmapPanel> panels;
};

/// Viridis, whole pixels a cell, axes labelled; the colour range is that of all finite values.
Image drawHeatmap(const HeatmapFigure& figure);

}  // namespace thaw::cli
