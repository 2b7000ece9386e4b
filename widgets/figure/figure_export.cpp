// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_export.h"

#include "widgets/figure/figure_sheet.h"
#include "widgets/figure/figure_text.h"

#include <utility>

namespace thaw {
namespace {

// A sheet of one panel.
FigureSheet sheetOf(PanelFigure figure) {
    FigureSheet sheet;
    sheet.panels.push_back({std::move(figure), {}, {}});
    return sheet;
}

}  // namespace

QStringList figureFormats() {
    return {QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv")};
}

QString exportFigure(const HeatmapData& data, const HeatmapStyle& style, const QString& path,
                     const FigureOptions& options) {
    return exportFigure(sheetOf(MapFigure{data, style}), path, options);
}

QString exportFigure(const CurveFigure& figure, const QString& path, const FigureOptions& options) {
    return exportFigure(sheetOf(figure), path, options);
}

QString exportFigure(const SampleFigure& figure, const QString& path, const FigureOptions& options) {
    return exportFigure(sheetOf(figure), path, options);
}

QImage renderFigure(const HeatmapData& data, const HeatmapStyle& style, const FigureOptions& options) {
    return renderFigure(sheetOf(MapFigure{data, style}), options);
}

QImage renderFigure(const CurveFigure& figure, const FigureOptions& options) {
    return renderFigure(sheetOf(figure), options);
}

QImage renderFigure(const SampleFigure& figure, const FigureOptions& options) {
    return renderFigure(sheetOf(figure), options);
}

}  // namespace thaw
