// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_export.h"

#include "widgets/figure/figure_csv.h"
#include "widgets/figure/figure_part.h"
#include "widgets/figure/figure_text.h"

namespace thaw {
namespace {

PartWords wordsOf(const FigureOptions& options) { return {options.title, options.caption}; }

template <typename Figure>
QString exportWith(const Figure& figure, bool empty, const FigurePart& part, const QString& title, const QString& path,
                   const FigureOptions& options) {
    if (empty) return FigureText::tr("There is nothing to export yet.");
    if (figureSuffix(path) == QLatin1String("csv")) return writeWhole(path, csvOf(figure));
    if (const QString problem = problemWith(options); !problem.isEmpty()) return problem;
    FigurePage page = pageOf(part, options);
    page.title = title;
    page.subject = figure.caption;
    return writeFigure(path, page, drawingOf(part, options));
}

QImage renderWith(const FigurePart& part, const FigureOptions& options) {
    if (!problemWith(options).isEmpty()) return {};
    return paintImage(pageOf(part, options), drawingOf(part, options));
}

}  // namespace

QStringList figureFormats() {
    return {QStringLiteral("pdf"), QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("csv")};
}

QString exportFigure(const HeatmapData& data, const HeatmapStyle& style, const QString& path,
                     const FigureOptions& options) {
    return exportWith(data, data.empty(), partOf(data, style, wordsOf(options)), data.title, path, options);
}

QString exportFigure(const CurveFigure& figure, const QString& path, const FigureOptions& options) {
    return exportWith(figure, isEmpty(figure), partOf(figure, wordsOf(options)), figure.title, path, options);
}

QString exportFigure(const SampleFigure& figure, const QString& path, const FigureOptions& options) {
    const QString title = figure.title.isEmpty() ? FigureText::tr("Samples") : figure.title;
    return exportWith(figure, isEmpty(figure), partOf(figure, wordsOf(options)), title, path, options);
}

QImage renderFigure(const HeatmapData& data, const HeatmapStyle& style, const FigureOptions& options) {
    return renderWith(partOf(data, style, wordsOf(options)), options);
}

QImage renderFigure(const CurveFigure& figure, const FigureOptions& options) {
    return renderWith(partOf(figure, wordsOf(options)), options);
}

QImage renderFigure(const SampleFigure& figure, const FigureOptions& options) {
    return renderWith(partOf(figure, wordsOf(options)), options);
}

}  // namespace thaw
