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

SamplePage samplePage(const SampleFigure& figure, const QRectF& area, const FigureInk& ink, const PartWords& words) {
    SamplePage page;
    const double edge = kEdgePt * ink.pt;
    if (words.title && !figure.title.isEmpty()) page.top = lineHeight(ink.font) + 4 * ink.pt;
    if (words.caption) page.captionLines = brokenLines(figure.caption, ink.small(), area.width() - 2 * edge);
    if (!page.captionLines.isEmpty())
        page.foot = double(page.captionLines.size()) * lineHeight(ink.small()) + 4 * ink.pt;
    const int places = int(placesOf(figure.blocks).size());
    const SampleParts parts{.perRow = std::max(1, int(std::ceil(std::sqrt(double(places)))))};
    page.layout = layOutSamples(figure.blocks, places, area.adjusted(edge, edge + page.top, -edge, -edge - page.foot),
                                ink, parts);
    return page;
}

}  // namespace

FigurePart partOf(const HeatmapData& data, const HeatmapStyle& style, const PartWords& words) {
    const HeatmapParts parts{.title = words.title, .caption = words.caption};
    FigurePart part;
    part.heightAt = [=, &data](double width, const FigureInk& ink) {
        return heatmapHeight(data, style, width, ink, parts);
    };
    part.stretches = !data.squareCells;
    part.leastWidth = [=, &data](const FigureInk& ink) { return heatmapLeastWidth(data, style, ink); };
    part.draw = [=, &data](QCPPainter& painter, const QRectF& area, const FigureInk& ink) {
        const HeatmapLayout layout = layOutHeatmap(data, style, area, ink, parts);
        drawHeatmap(painter, data, style, layout, heatmapImage(data, style, noValueColour(ink)), ink);
    };
    return part;
}

FigurePart partOf(const CurveFigure& figure, const PartWords& words) {
    FigurePart part;
    part.heightAt = [=, &figure](double width, const FigureInk& ink) {
        const double edges = 2 * kEdgePt * ink.pt;
        return curveHeight(figure, width - edges, ink, words.title, words.caption) + edges;
    };
    part.leastWidth = curveLeastWidth;
    part.draw = [=, &figure](QCPPainter& painter, const QRectF& area, const FigureInk& ink) {
        const double edge = kEdgePt * ink.pt;
        paintCurves(painter, figure, area.adjusted(edge, edge, -edge, -edge), ink, words.title, words.caption);
    };
    return part;
}

FigurePart partOf(const SampleFigure& figure, const PartWords& words) {
    FigurePart part;
    part.heightAt = [=, &figure](double width, const FigureInk& ink) {
        // Width decides: with all the height in the world, the height used is the height needed.
        const SamplePage page = samplePage(figure, QRectF(0, 0, width, 100 * width), ink, words);
        const double used =
            page.layout.grids.empty() ? 0.2 * width : page.layout.bottom() - page.layout.headings.front().top();
        return 2 * kEdgePt * ink.pt + page.top + used + page.foot;
    };
    part.stretches = false;
    part.leastWidth = [&figure](const FigureInk& ink) { return sampleLeastWidth(figure, ink); };
    part.draw = [=, &figure](QCPPainter& painter, const QRectF& area, const FigureInk& ink) {
        const SamplePage page = samplePage(figure, area, ink, words);
        const double line = lineHeight(ink.small());
        const QRectF inner = area.adjusted(kEdgePt * ink.pt, kEdgePt * ink.pt, -kEdgePt * ink.pt, -kEdgePt * ink.pt);
        if (page.top > 0)
            drawLine(painter, QRectF(inner.left(), inner.top(), inner.width(), page.top), Qt::AlignLeft, figure.title,
                     ink.bold(), ink.text);
        drawSamples(painter, figure, page.layout, ink);
        for (qsizetype i = 0; i < page.captionLines.size(); ++i)
            drawLine(
                painter,
                QRectF(inner.left(), inner.bottom() - double(page.captionLines.size() - i) * line, inner.width(), line),
                Qt::AlignLeft, page.captionLines[i], ink.small(), ink.muted);
    };
    return part;
}

FigurePart emptyPart() {
    FigurePart part;
    part.heightAt = [](double width, const FigureInk&) { return 0.62 * width; };
    part.leastWidth = curveLeastWidth;
    part.draw = [](QCPPainter& painter, const QRectF& area, const FigureInk& ink) {
        const double edge = kEdgePt * ink.pt;
        const QRectF frame = area.adjusted(edge, edge, -edge, -edge);
        QPainter& plain = painter;
        plain.setPen(QPen(ink.line, ink.hairline()));
        plain.setBrush(Qt::NoBrush);
        plain.drawRect(frame);
        drawLine(painter, frame, Qt::AlignHCenter | Qt::AlignVCenter, FigureText::tr("not measured yet"), ink.small(),
                 ink.muted);
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

FigureInk inkOf(const FigureOptions& options, double unitsPerPoint) {
    return paperInk(options.fontFamily, options.fontPt, unitsPerPoint);
}
double layoutWidth(const FigureOptions& options) { return options.widthMm / kMmPerPoint * kLayoutUnitsPerPoint; }
FigureInk layoutInk(const FigureOptions& options) { return inkOf(options, kLayoutUnitsPerPoint); }

FigurePage pageOf(const FigurePart& part, const FigureOptions& options) {
    const FigureInk ink = layoutInk(options);
    double mm = options.heightMm;
    if (mm <= 0)
        mm = std::ceil(part.heightAt(layoutWidth(options), ink) / kLayoutUnitsPerPoint * kMmPerPoint * 10) / 10;
    FigurePage page;
    page.mm = QSizeF(options.widthMm, mm);
    page.dpi = options.dpi;
    page.family = ink.font.family();
    return page;
}

DrawFigure drawingOf(const FigurePart& part, const FigureOptions& options) {
    return [part, options](QPaintDevice& device, const QSizeF& size, double unitsPerPoint) {
        QCPPainter painter;
        if (!painter.begin(&device)) return;
        painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching | QCPPainter::pmNonCosmetic);
        // Without the last a PDF gets pictures as JPEG.
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::LosslessImageRendering);
        part.draw(painter, QRectF(QPointF(), size), inkOf(options, unitsPerPoint));
        painter.end();
    };
}

}  // namespace thaw
