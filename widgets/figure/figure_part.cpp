// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_part.h"

#include "widgets/base/number_text.h"
#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_paint.h"
#include "widgets/figure/figure_file.h"
#include "widgets/figure/figure_text.h"
#include "widgets/heatmap/heatmap_paint.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kMmPerPoint = kMmPerInch / 72;
// A figure's own height is found in fine units and turned into mm, so that every format gets the same page.
constexpr double kLayoutUnitsPerPoint = 20;

}  // namespace

FigurePart partOf(const HeatmapData& data, const HeatmapStyle& options) {
    FigurePart part;
    part.roomAt = [=, &data](double width, const FigureStyle& style) {
        const auto [above, below] = heatmapRoom(data, options, width, style);
        return PartRoom{above, below};
    };
    part.frameAt = [=, &data](double width, const FigureStyle& style) {
        return heatmapPlotHeight(data, options, width, style);
    };
    if (data.squareCells)
        part.widthAt = [=, &data](double frame, double, const FigureStyle& style) {
            return heatmapWidthAt(data, options, frame, style);
        };
    part.leastWidth = [=, &data](const FigureStyle& style) { return heatmapLeastWidth(data, options, style); };
    part.draw = [=, &data](QCPPainter& painter, const QRectF& area, const PartRoom& room, const FigureStyle& style) {
        const HeatmapParts parts{.title = false, .caption = false, .above = room.above, .below = room.below};
        const HeatmapLayout layout = layOutHeatmap(data, options, area, style, parts);
        drawHeatmap(painter, data, options, layout, heatmapImage(data, options, noValueColour(style)), style);
    };
    return part;
}

FigurePart partOf(const CurveFigure& figure) {
    FigurePart part;
    part.roomAt = [&figure](double width, const FigureStyle& style) {
        const double edge = kEdgePt * style.pt;
        const auto [above, below] = curveRoom(figure, width - 2 * edge, style);
        return PartRoom{above + edge, below + edge};
    };
    part.frameAt = [&figure](double width, const FigureStyle& style) {
        return curvePlotHeight(figure, width - 2 * kEdgePt * style.pt, style);
    };
    part.leastWidth = [&figure](const FigureStyle& style) {
        return curveLeastWidth(figure, style) + 2 * kEdgePt * style.pt;
    };
    part.draw = [&figure](QCPPainter& painter, const QRectF& area, const PartRoom& room, const FigureStyle& style) {
        const double edge = kEdgePt * style.pt;
        paintCurves(painter, figure, area.adjusted(edge, edge, -edge, -edge), room.above - edge, room.below - edge,
                    style);
    };
    return part;
}

FigurePart partOf(const SampleFigure& figure) {
    FigurePart part;
    const auto inner = [](double width, const FigureStyle& style) { return width - 2 * kEdgePt * style.pt; };
    part.roomAt = [=, &figure](double width, const FigureStyle& style) {
        const double edge = kEdgePt * style.pt;
        return PartRoom{sampleHeadings(figure, inner(width, style), style) + edge, edge};
    };
    part.frameAt = [=, &figure](double width, const FigureStyle& style) {
        const double own = inner(width, style);
        return sampleHeight(figure, own, samplesPerRow(figure, own, style), style);
    };
    part.widthAt = [=, &figure](double frame, double usual, const FigureStyle& style) {
        return sampleWidth(figure, frame, samplesPerRow(figure, inner(usual, style), style), style) +
               2 * kEdgePt * style.pt;
    };
    part.leastWidth = [&figure](const FigureStyle& style) { return sampleLeastWidth(figure, style); };
    part.draw = [&figure](QCPPainter& painter, const QRectF& area, const PartRoom& room, const FigureStyle& style) {
        const double edge = kEdgePt * style.pt;
        const QRectF within = area.adjusted(edge, edge, -edge, -room.below);
        drawSamples(painter, figure, layOutSamplesOnPaper(figure, within, room.above - edge, style), style);
    };
    return part;
}

FigurePart emptyPart() {
    FigurePart part;
    part.roomAt = [](double, const FigureStyle& style) { return PartRoom{kEdgePt * style.pt, kEdgePt * style.pt}; };
    part.frameAt = [](double width, const FigureStyle&) { return 0.5 * width; };
    part.leastWidth = [](const FigureStyle& style) { return 10.0 * style.font.pixelSize(); };
    part.draw = [](QCPPainter& painter, const QRectF& area, const PartRoom& room, const FigureStyle& style) {
        const double edge = kEdgePt * style.pt;
        const QRectF frame = area.adjusted(edge, room.above, -edge, -room.below);
        QPainter& plain = painter;
        plain.setPen(QPen(style.line, style.hairline()));
        plain.setBrush(Qt::NoBrush);
        plain.drawRect(frame);
        drawLine(painter, frame, Qt::AlignHCenter | Qt::AlignVCenter, FigureText::tr("not measured yet"), style.small(),
                 style.muted);
    };
    return part;
}

bool isEmpty(const CurveFigure& figure) {
    return std::none_of(figure.series.begin(), figure.series.end(),
                        [](const CurveSeries& s) { return s.visible && !s.x.empty(); });
}

bool isEmpty(const SampleFigure& figure) {
    return std::all_of(figure.blocks.begin(), figure.blocks.end(),
                       [](const SampleBlock& b) { return b.samples.images.empty(); });
}

QString problemWith(const FigureOptions& options) {
    const auto outside = [](double value, double low, double high) { return !(value >= low && value <= high); };
    if (outside(options.widthMm, 10, 2000))
        return FigureText::tr("A width of %1 mm is not possible; use 10 to 2000 mm.")
            .arg(formatNumber(options.widthMm));
    if (options.heightMm != 0 && outside(options.heightMm, 10, 2000))
        return FigureText::tr("A height of %1 mm is not possible; use 10 to 2000 mm, or 0 to let the figure choose.")
            .arg(formatNumber(options.heightMm));
    if (outside(options.fontPt, 3, 72))
        return FigureText::tr("A type size of %1 pt is not possible; use 3 to 72 pt.")
            .arg(formatNumber(options.fontPt));
    if (outside(options.dpi, 36, 2400))
        return FigureText::tr("A resolution of %1 dpi is not possible; use 36 to 2400 dpi.").arg(options.dpi);
    return {};
}

FigureStyle styleOf(const FigureOptions& options, double unitsPerPoint) {
    return paperStyle(options.fontFamily, options.fontPt, unitsPerPoint);
}
double layoutWidth(const FigureOptions& options) { return options.widthMm / kMmPerPoint * kLayoutUnitsPerPoint; }
FigureStyle layoutStyle(const FigureOptions& options) { return styleOf(options, kLayoutUnitsPerPoint); }

}  // namespace thaw
