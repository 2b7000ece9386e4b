// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_data.h"
#include "widgets/heatmap/heatmap_view.h"
#include "widgets/samples/sample_grid.h"

#include <QString>
#include <QStringList>

namespace thaw {

/// Size and type of a printed figure. Always drawn in the light theme, whatever the screen shows.
struct FigureOptions {
    double widthMm = 83;   ///< 83 = one column of most two-column journals
    double heightMm = 0;   ///< 0 = what the figure asks for at that width
    double fontPt = 8;     ///< at final size
    int dpi = 300;         ///< PNG only
    QString fontFamily{};  ///< empty = the program's sans-serif face
    bool title = true;
    bool caption = true;       ///< the provenance line
    bool visibleOnly = false;  ///< CSV of curves: only what the window along x shows
};

/// Suffixes exportFigure knows for charts: pdf, svg, png, csv.
QStringList figureFormats();

// Each writes `path` in the format of its suffix, whole or not at all, and returns an error for the user, or an empty
// string. PDF: live text with embedded fonts; a heatmap is exactly one image of cols × rows pixels. SVG: size in mm,
// live text in a named face. PNG: with its dpi. CSV: exactly the numbers drawn, C locale, behind a `#` header of
// provenance. Nothing is thrown.

QString exportFigure(const HeatmapData& data, const HeatmapStyle& style, const QString& path,
                     const FigureOptions& options = {});
QString exportFigure(const CurveFigure& figure, const QString& path, const FigureOptions& options = {});
/// PDF, SVG and PNG: every sample is one pixelated image. CSV lists seed and source of every place.
QString exportFigure(const SampleFigure& figure, const QString& path, const FigureOptions& options = {});

/// The figure on paper as a picture, for a preview or the clipboard.
QImage renderFigure(const HeatmapData& data, const HeatmapStyle& style, const FigureOptions& options = {});
QImage renderFigure(const CurveFigure& figure, const FigureOptions& options = {});
QImage renderFigure(const SampleFigure& figure, const FigureOptions& options = {});

}  // namespace thaw
