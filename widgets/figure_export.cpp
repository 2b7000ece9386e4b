// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure_export.h"

#include "widgets/curve_paint.h"
#include "widgets/figure_csv.h"
#include "widgets/figure_file.h"
#include "widgets/heatmap_paint.h"
#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

struct FigureText {
    Q_DECLARE_TR_FUNCTIONS(FigureText)
};

constexpr double kEdgePt = 2;
constexpr double kMmPerPoint = 25.4 / 72;

QString badOptions(const FigureOptions& options) {
    const auto outside = [](double value, double low, double high) { return !(value >= low && value <= high); };
    if (outside(options.widthMm, 10, 2000)) return FigureText::tr("A width of %1 mm is not possible; use 10 to 2000 mm.").arg(formatNumber(options.widthMm));
    if (options.heightMm != 0 && outside(options.heightMm, 10, 2000)) return FigureText::tr("A height of %1 mm is not possible; use 10 to 2000 mm, or 0 to let the figure choose.").arg(formatNumber(options.heightMm));
    if (outside(options.fontPt, 3, 72)) return FigureText::tr("A type size of %1 pt is not possible; use 3 to 72 pt.").arg(formatNumber(options.fontPt));
    if (outside(options.dpi, 36, 2400)) return FigureText::tr("A resolution of %1 dpi is not possible; use 36 to 2400 dpi.").arg(options.dpi);
    return {};
}

FigureInk inkFor(const FigureOptions& options, double unitsPerPoint) { return paperInk(options.fontFamily, options.fontPt, unitsPerPoint); }

// The figure's own height is found in fine units and turned into mm, so that every format gets the same page.
FigurePage pageFor(const FigureOptions& options, const QString& title, const QString& subject,
                   const std::function<double(double width, const FigureInk& ink)>& height) {
    constexpr double kUnitsPerPoint = 20;
    FigurePage page;
    const FigureInk ink = inkFor(options, kUnitsPerPoint);
    double mm = options.heightMm;
    if (mm <= 0) mm = std::ceil(height(options.widthMm / kMmPerPoint * kUnitsPerPoint, ink) / kUnitsPerPoint * kMmPerPoint * 10) / 10;
    page.mm = QSizeF(options.widthMm, mm);
    page.dpi = options.dpi;
    page.family = ink.font.family();
    page.title = title;
    page.subject = subject;
    return page;
}

struct Job {
    FigurePage page;
    DrawFigure draw;
};

Job jobFor(const HeatmapData& data, const HeatmapStyle& style, const FigureOptions& options) {
    const HeatmapParts parts{.title = options.title, .caption = options.caption};
    Job job;
    job.page = pageFor(options, data.title, data.caption, [=, &data](double width, const FigureInk& ink) { return heatmapHeight(data, style, width, ink, parts); });
    job.draw = [=, &data](QPaintDevice& device, const QSizeF& size, double unitsPerPoint) {
        const FigureInk ink = inkFor(options, unitsPerPoint);
        const HeatmapLayout layout = layOutHeatmap(data, style, QRectF(QPointF(), size), ink, parts);
        QPainter painter(&device);
        // Without it a PDF gets the matrix as JPEG.
        painter.setRenderHint(QPainter::LosslessImageRendering);
        drawHeatmap(painter, data, style, layout, heatmapImage(data, style, noValueColour(ink)), ink);
    };
    return job;
}

Job jobFor(const CurveFigure& figure, const FigureOptions& options) {
    const auto inner = [](double width, const FigureInk& ink) { return width - 2 * kEdgePt * ink.pt; };
    Job job;
    job.page = pageFor(options, figure.title, figure.caption, [=, &figure](double width, const FigureInk& ink) {
        return curveHeight(figure, inner(width, ink), ink, options.title, options.caption) + 2 * kEdgePt * ink.pt;
    });
    job.draw = [=, &figure](QPaintDevice& device, const QSizeF& size, double unitsPerPoint) {
        const FigureInk ink = inkFor(options, unitsPerPoint);
        const double edge = kEdgePt * ink.pt;
        paintCurves(device, figure, QRectF(QPointF(), size).adjusted(edge, edge, -edge, -edge), ink, options.title, options.caption);
    };
    return job;
}

struct SamplePage {
    SampleLayout layout;
    QStringList captionLines;
    double top = 0;  // under the title
};

SamplePage samplePage(const SampleFigure& figure, const QSizeF& size, const FigureInk& ink, const FigureOptions& options) {
    SamplePage page;
    const double edge = kEdgePt * ink.pt;
    if (options.title && !figure.title.isEmpty()) page.top = lineHeight(ink.font) + 4 * ink.pt;
    if (options.caption) page.captionLines = brokenLines(figure.caption, ink.small(), size.width() - 2 * edge);
    const double foot = page.captionLines.isEmpty() ? 0 : double(page.captionLines.size()) * lineHeight(ink.small()) + 4 * ink.pt;
    const int places = int(placesOf(figure.blocks).size());
    const SampleParts parts{.perRow = std::max(1, int(std::ceil(std::sqrt(double(places)))))};
    page.layout = layOutSamples(figure.blocks, places, QRectF(edge, edge + page.top, size.width() - 2 * edge, size.height() - 2 * edge - page.top - foot), ink, parts);
    return page;
}

Job jobFor(const SampleFigure& figure, const FigureOptions& options) {
    Job job;
    job.page = pageFor(options, figure.title.isEmpty() ? FigureText::tr("Samples") : figure.title, figure.caption, [=, &figure](double width, const FigureInk& ink) {
        // Width decides: with all the height in the world, the height used is the height needed.
        const SamplePage page = samplePage(figure, QSizeF(width, 100 * width), ink, options);
        const double used = page.layout.grids.empty() ? 0.2 * width : page.layout.bottom() - page.layout.headings.front().top();
        const double foot = page.captionLines.isEmpty() ? 0 : double(page.captionLines.size()) * lineHeight(ink.small()) + 4 * ink.pt;
        return 2 * kEdgePt * ink.pt + page.top + used + foot;
    });
    job.draw = [=, &figure](QPaintDevice& device, const QSizeF& size, double unitsPerPoint) {
        const FigureInk ink = inkFor(options, unitsPerPoint);
        const SamplePage page = samplePage(figure, size, ink, options);
        const double edge = kEdgePt * ink.pt, line = lineHeight(ink.small()), width = size.width() - 2 * edge;
        QPainter painter(&device);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setRenderHint(QPainter::LosslessImageRendering);
        if (page.top > 0) drawLine(painter, QRectF(edge, edge, width, page.top), Qt::AlignLeft, figure.title, ink.bold(), ink.text);
        drawSamples(painter, figure, page.layout, ink);
        for (qsizetype i = 0; i < page.captionLines.size(); ++i)
            drawLine(painter, QRectF(edge, size.height() - edge - double(page.captionLines.size() - i) * line, width, line), Qt::AlignLeft, page.captionLines[i], ink.small(), ink.muted);
    };
    return job;
}

bool isEmpty(const CurveFigure& figure) {
    return std::none_of(figure.series.begin(), figure.series.end(), [](const CurveSeries& s) { return s.visible && !s.x.empty(); });
}

bool isEmpty(const SampleFigure& figure) {
    return std::all_of(figure.blocks.begin(), figure.blocks.end(), [](const SampleBlock& b) { return b.samples.images.empty(); });
}

template <typename Figure, typename MakeJob>
QString exportWith(const Figure& figure, bool empty, const QString& path, const FigureOptions& options, MakeJob makeJob) {
    if (empty) return FigureText::tr("There is nothing to export yet.");
    if (figureSuffix(path) == QLatin1String("csv")) return writeWhole(path, csvOf(figure));
    if (const QString problem = badOptions(options); !problem.isEmpty()) return problem;
    const Job job = makeJob();
    return writeFigure(path, job.page, job.draw);
}

QImage renderWith(const FigureOptions& options, const std::function<Job()>& makeJob) {
    if (!badOptions(options).isEmpty()) return {};
    const Job job = makeJob();
    return paintImage(job.page, job.draw);
}

}  // namespace

QStringList figureFormats() { return {QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv")}; }

QString exportFigure(const HeatmapData& data, const HeatmapStyle& style, const QString& path, const FigureOptions& options) {
    return exportWith(data, data.empty(), path, options, [&] { return jobFor(data, style, options); });
}

QString exportFigure(const CurveFigure& figure, const QString& path, const FigureOptions& options) {
    return exportWith(figure, isEmpty(figure), path, options, [&] { return jobFor(figure, options); });
}

QString exportFigure(const SampleFigure& figure, const QString& path, const FigureOptions& options) {
    return exportWith(figure, isEmpty(figure), path, options, [&] { return jobFor(figure, options); });
}

QImage renderFigure(const HeatmapData& data, const HeatmapStyle& style, const FigureOptions& options) {
    return renderWith(options, [&] { return jobFor(data, style, options); });
}

QImage renderFigure(const CurveFigure& figure, const FigureOptions& options) {
    return renderWith(options, [&] { return jobFor(figure, options); });
}

QImage renderFigure(const SampleFigure& figure, const FigureOptions& options) {
    return renderWith(options, [&] { return jobFor(figure, options); });
}

}  // namespace thaw
