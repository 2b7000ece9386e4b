// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_part.h"

#include "widgets/base/number_text.h"
#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_paint.h"
#include "widgets/figure/figure_text.h"
#include "widgets/heatmap/heatmap_paint.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kMmPerPoint = kMmPerInch / 72;
// A figure's own height is found in fine units and turned into mm, so that every format gets the same page.
constexpr double kLayoutUnitsPerPoint = 20;

struct SamplePage {
    SampleLayout layout;
    QStringList captionLines;
    double top = 0;   // the title
    double foot = 0;  // the caption
};

SamplePage samplePage(const SampleFigure& figure, const QRectF& area, const FigureStyle& style,
                      const PartWords& words) {
    SamplePage page;
    const double edge = kEdgePt * style.pt;
    if (words.title && !figure.title.isEmpty()) page.top = lineHeight(style.font) + 4 * style.pt;
    if (words.caption) page.captionLines = brokenLines(figure.caption, style.small(), area.width() - 2 * edge);
    if (!page.captionLines.isEmpty())
        page.foot = double(page.captionLines.size()) * lineHeight(style.small()) + 4 * style.pt;
    const int places = int(placesOf(figure).size());
    const SampleParts parts{.perRow = std::max(1, int(std::ceil(std::sqrt(double(places)))))};
    page.layout = layOutSamples(figure.blocks, places, area.adjusted(edge, edge + page.top, -edge, -edge - page.foot),
                                style, parts);
    return page;
}

}  // namespace

FigurePart partOf(const HeatmapData& data, const HeatmapStyle& options, const PartWords& words) {
    const HeatmapParts parts{.title = words.title, .caption = words.caption};
    FigurePart part;
    part.heightAt = [=, &data](double width, const FigureStyle& style) {
        return heatmapHeight(data, options, width, style, parts);
    };
    part.stretches = !data.squareCells;
    part.leastWidth = [=, &data](const FigureStyle& style) { return heatmapLeastWidth(data, options, style); };
    part.draw = [=, &data](QCPPainter& painter, const QRectF& area, const FigureStyle& style) {
        const HeatmapLayout layout = layOutHeatmap(data, options, area, style, parts);
        drawHeatmap(painter, data, options, layout, heatmapImage(data, options, noValueColour(style)), style);
    };
    return part;
}

FigurePart partOf(const CurveFigure& figure, const PartWords& words) {
    FigurePart part;
    part.heightAt = [=, &figure](double width, const FigureStyle& style) {
        const double edges = 2 * kEdgePt * style.pt;
        return curveHeight(figure, width - edges, style, words.title, words.caption) + edges;
    };
    part.leastWidth = curveLeastWidth;
    part.draw = [=, &figure](QCPPainter& painter, const QRectF& area, const FigureStyle& style) {
        const double edge = kEdgePt * style.pt;
        paintCurves(painter, figure, area.adjusted(edge, edge, -edge, -edge), style, words.title, words.caption);
    };
    return part;
}

FigurePart partOf(const SampleFigure& figure, const PartWords& words) {
    FigurePart part;
    part.heightAt = [=, &figure](double width, const FigureStyle& style) {
        // Width decides: with all the height in the world, the height used is the height needed.
        const SamplePage page = samplePage(figure, QRectF(0, 0, width, 100 * width), style, words);
        const double used =
            page.layout.grids.empty() ? 0.2 * width : page.layout.bottom() - page.layout.headings.front().top();
        return 2 * kEdgePt * style.pt + page.top + used + page.foot;
    };
    part.stretches = false;
    part.leastWidth = [&figure](const FigureStyle& style) { return sampleLeastWidth(figure, style); };
    part.draw = [=, &figure](QCPPainter& painter, const QRectF& area, const FigureStyle& style) {
        const SamplePage page = samplePage(figure, area, style, words);
        const double line = lineHeight(style.small());
        const QRectF inner =
            area.adjusted(kEdgePt * style.pt, kEdgePt * style.pt, -kEdgePt * style.pt, -kEdgePt * style.pt);
        if (page.top > 0)
            drawLine(painter, QRectF(inner.left(), inner.top(), inner.width(), page.top), Qt::AlignLeft, figure.title,
                     style.bold(), style.text);
        drawSamples(painter, figure, page.layout, style);
        for (qsizetype i = 0; i < page.captionLines.size(); ++i)
            drawLine(
                painter,
                QRectF(inner.left(), inner.bottom() - double(page.captionLines.size() - i) * line, inner.width(), line),
                Qt::AlignLeft, page.captionLines[i], style.small(), style.muted);
    };
    return part;
}

FigurePart emptyPart() {
    FigurePart part;
    part.heightAt = [](double width, const FigureStyle&) { return 0.62 * width; };
    part.leastWidth = curveLeastWidth;
    part.draw = [](QCPPainter& painter, const QRectF& area, const FigureStyle& style) {
        const double edge = kEdgePt * style.pt;
        const QRectF frame = area.adjusted(edge, edge, -edge, -edge);
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

FigurePage pageOf(const FigurePart& part, const FigureOptions& options) {
    const FigureStyle style = layoutStyle(options);
    double mm = options.heightMm;
    if (mm <= 0)
        mm = std::ceil(part.heightAt(layoutWidth(options), style) / kLayoutUnitsPerPoint * kMmPerPoint * 10) / 10;
    FigurePage page;
    page.mm = QSizeF(options.widthMm, mm);
    page.dpi = options.dpi;
    page.family = style.font.family();
    return page;
}

DrawFigure drawingOf(const FigurePart& part, const FigureOptions& options) {
    return [part, options](QPaintDevice& device, const QSizeF& size, double unitsPerPoint) {
        QCPPainter painter;
        if (!painter.begin(&device)) return;
        painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching | QCPPainter::pmNonCosmetic);
        // Without the last a PDF gets pictures as JPEG.
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::LosslessImageRendering);
        part.draw(painter, QRectF(QPointF(), size), styleOf(options, unitsPerPoint));
        painter.end();
    };
}

}  // namespace thaw
