// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_data.h"
#include "widgets/heatmap/heatmap_data.h"
#include "widgets/samples/sample_figure.h"

#include <QByteArray>

namespace thaw {

// The numbers of a figure as CSV: UTF-8, comma, decimal point, every number with the digits that give it back exactly;
// above it lines of provenance that start with '#'.

/// First row: the x axis; first column: the y axis; "nan" where there is no value.
QByteArray csvOf(const HeatmapData& data);
/// All points, or those inside xRange with `visibleOnly`; smoothed values stand on all of them either way.
/// One row a point: series, kind (line, points), x, value, smoothed value (empty for points), note.
QByteArray csvOf(const CurveFigure& figure);
/// One row an image: block, place, seed, generator, steps, kimg.
QByteArray csvOf(const SampleFigure& figure);

/// JSON without the white space between its words, numbers and strings left as they are.
QByteArray onOneLine(const QByteArray& json);

}  // namespace thaw
