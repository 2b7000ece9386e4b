// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/base/figure_style.h"
#include "widgets/heatmap/heatmap_data.h"
#include "widgets/heatmap/heatmap_style.h"

#include <QImage>

#include <utility>
#include <vector>

namespace thaw {

inline constexpr double kHeatmapTickPt = 2.5, kHeatmapTickGapPt = 2;

struct HeatmapParts {
    bool title = true;
    bool caption = true;    ///< wrapped lines of provenance under the figure
    bool footLine = false;  ///< instead: room for one line (the screen's read-out)
    bool wholeCells =
        false;  ///< cells of a whole number of units where there is room, so that a screen shows them even
    /// On paper: at least this room above and below the plot, so that panels side by side have one upper and one lower edge.
    double above = 0, below = 0;
};

struct HeatmapTick {
    double at;  ///< painter units along the axis
    QString text;
};

/// Where everything of a heatmap goes.
struct HeatmapLayout {
    QRectF title;  ///< none where another draws it
    QRectF plot, bar, xLabel, yLabel, barLabel, foot;
    QStringList captionLines;
    QStringList xLabelLines, yLabelLines, barLabelLines;  ///< several where the figure is too small for one
    std::vector<HeatmapTick> xTicks, yTicks, barTicks;
    std::pair<double, double> range{0, 1};

    QRectF cell(const HeatmapData& data, int row, int col) const;
};

/// Map actually used: signed data is always diverging.
ColourMap shownMap(const HeatmapData& data, const HeatmapStyle& options);
/// cols × rows pixels, opaque; cells without a value get `none`.
QImage heatmapImage(const HeatmapData& data, const HeatmapStyle& options, QRgb none);
QRgb noValueColour(const FigureStyle& style);

HeatmapLayout layOutHeatmap(const HeatmapData& data, const HeatmapStyle& options, const QRectF& area,
                            const FigureStyle& style, const HeatmapParts& parts);
/// Room above and below the plot of a heatmap of that width, without title and caption.
std::pair<double, double> heatmapRoom(const HeatmapData& data, const HeatmapStyle& options, double width,
                                      const FigureStyle& style);
/// Height of the plot at which a heatmap of that width looks as it should.
double heatmapPlotHeight(const HeatmapData& data, const HeatmapStyle& options, double width, const FigureStyle& style);
/// Width at which square cells fill a plot of that height.
double heatmapWidthAt(const HeatmapData& data, const HeatmapStyle& options, double plot, const FigureStyle& style);
/// Width below which its names or numbers are cut.
double heatmapLeastWidth(const HeatmapData& data, const HeatmapStyle& options, const FigureStyle& style);
void drawHeatmap(QPainter& painter, const HeatmapData& data, const HeatmapStyle& options, const HeatmapLayout& layout,
                 const QImage& image, const FigureStyle& style);

}  // namespace thaw
