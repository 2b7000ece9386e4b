// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_paint.h"

#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_canvas.h"
#include "widgets/curves/curve_range.h"
#include "widgets/curves/series_pyramid.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr std::size_t kMostPoints = 8000;  // per line: a printed column has fewer columns of dots

struct Window {
    std::pair<double, double> x, y;
};

Window windowOf(const CurveFigure& figure) {
    RangeFit x(figure.logX), y(figure.logY);
    bool onlyPoints = true;
    for (const auto& series : figure.series) {
        if (!series.visible) continue;
        onlyPoints = onlyPoints && series.kind != CurveKind::Line && series.kind != CurveKind::Band;
        for (const double value : series.x) x.add(value);
        for (const double value : series.y) y.add(value);
        for (const double value : series.low) y.add(value);
    }
    for (const auto& reference : figure.references) y.add(reference.y);
    Window window;
    window.x = figure.xRange.value_or(x.empty() ? x.range(0) : fittedX(x.low(), x.high(), figure.logX));
    window.y = figure.yRange.value_or(fittedY(y, figure.logY, onlyPoints));
    return window;
}

CurvePoints thinned(const std::vector<double>& x, const std::vector<double>& y, const Window& window) {
    SeriesPyramid pyramid;
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) pyramid.append(x[i], y[i]);
    return pyramid.window(window.x.first, window.x.second, kMostPoints);
}

void fill(CurveCanvas& canvas, const CurveFigure& figure, const Window& window) {
    const auto cut = [&](const std::vector<double>& x, const std::vector<double>& y) {
        return clippedLine(thinned(x, y, window), window.x, window.y, figure.logX, figure.logY);
    };
    int number = 0;  // hidden ones count too: a line looks the same whatever is hidden beside it
    for (const auto& series : figure.series) {
        const int own = series.kind == CurveKind::Band ? number : number++;
        if (!series.visible) continue;
        const int id = canvas.addSeries(series.name, series.kind, series.colour, series.dash >= 0 ? series.dash : own);
        if (series.kind == CurveKind::Band) {
            canvas.showSeries(id, thinned(series.x, series.low, window), thinned(series.x, series.y, window));
        } else if (series.kind != CurveKind::Line) {
            canvas.showSeries(id,
                              clippedPoints({QList<double>(series.x.begin(), series.x.end()),
                                             QList<double>(series.y.begin(), series.y.end())},
                                            window.x, window.y),
                              {});
        } else if (figure.smoothing > 0) {
            canvas.showSeries(id, cut(series.x, series.y), cut(series.x, debiasedEma(series.y, figure.smoothing)));
        } else {
            canvas.showSeries(id, {}, cut(series.x, series.y));
        }
    }
    std::vector<CurveMark> marks;
    for (const auto& mark : figure.marks)
        if (mark.x >= window.x.first && mark.x <= window.x.second) marks.push_back(mark);
    std::vector<CurveReference> references;
    for (const auto& reference : figure.references)
        if (reference.y >= window.y.first && reference.y <= window.y.second) references.push_back(reference);
    canvas.setMarks(marks);
    canvas.setReferences(references);
}

QStringList captionLines(const CurveFigure& figure, double width, const FigureStyle& style, bool caption) {
    return caption ? brokenLines(figure.caption, style.small(), width) : QStringList();
}

double titleHeight(const CurveFigure& figure, const FigureStyle& style, bool title) {
    return title && !figure.title.isEmpty() ? lineHeight(style.font) + 2 * style.pt : 0;
}

struct LegendItem {
    int series;
    QString name;
    QRectF sign, text;
};

struct Legend {
    std::vector<LegendItem> items;
    double height = 0;
};

// Rows above the plot, where no curve can be under them. A single series is named by the title and the axis.
Legend legendOf(const CurveFigure& figure, double width, const FigureStyle& style) {
    Legend legend;
    const QFont font = style.small();
    const double line = lineHeight(font), sign = 16 * style.pt, gap = 4 * style.pt, between = 10 * style.pt;
    double x = 0, y = 0;
    for (std::size_t i = 0, shown = 0; i < figure.series.size(); ++i) {
        const auto& series = figure.series[i];
        if (!series.visible) continue;
        const int id = int(shown++);
        if (series.kind == CurveKind::Band) continue;
        const double text = textWidth(font, series.name);
        if (x > 0 && x + sign + gap + text > width) x = 0, y += line;
        legend.items.push_back({id, series.name, QRectF(x, y, sign, line), QRectF(x + sign + gap, y, text, line)});
        x += sign + gap + text + between;
    }
    if (legend.items.size() < 2) return {};
    legend.height = y + line + 2 * style.pt;
    return legend;
}

double captionHeight(const QStringList& lines, const FigureStyle& style) {
    return lines.isEmpty() ? 0 : double(lines.size()) * lineHeight(style.small()) + 4 * style.pt;
}

constexpr double kLeastWidthEm = 13, kLeastPlotEm = 6.5;

QString labelOf(QString label, const QFont& font, double room, qsizetype& lines) {
    const QStringList broken = evenLines(label, font, room);
    lines = broken.size();
    return broken.join(QLatin1Char('\n'));
}

// As many numbers along x as have room; beside y the room its numbers take, but so much at least that plots of everyday
// numbers line up; labels in as many lines as they need.
void fitMargins(QCustomPlot& plot, const CurveFigure& figure, const FigureStyle& style, const QSizeF& size) {
    const QFont small = style.small();
    const double line = lineHeight(small), pt = style.pt;
    QVector<double> ticks;
    QVector<QString> texts;
    plot.yAxis->ticker()->generate(plot.yAxis->range(), QLocale(), QLatin1Char('g'), 6, ticks, nullptr, &texts);
    double widest = textWidth(small, QStringLiteral("−0.00"));
    for (qsizetype i = 0; i < std::min(ticks.size(), texts.size()); ++i)
        if (plot.yAxis->range().contains(ticks[i])) widest = std::max(widest, textWidth(small, texts[i]));
    QMargins margins = plot.axisRect()->margins();
    qsizetype lines = 0;
    plot.yAxis->setLabel(labelOf(figure.yLabel, small, size.height() - margins.bottom() + margins.top(), lines));
    margins.setLeft(int(widest + 5.5 * pt + (lines ? double(lines) * line + 2 * pt : 0)));
    const double width = size.width() - margins.left() - margins.right();
    // A label is centred under the plot, and the right edge is nearer than the left one.
    plot.xAxis->setLabel(labelOf(figure.xLabel, small, width + 2 * margins.right(), lines));
    margins.setBottom(int(line + 5 * pt + (lines ? double(lines) * line + 3 * pt : 0)));
    plot.axisRect()->setMargins(margins);
    plot.xAxis->ticker()->setTickCount(std::clamp(int(width / (4.4 * small.pixelSize())), 2, 6));
    plot.yAxis->ticker()->setTickCount(
        std::clamp(int((size.height() - margins.top() - margins.bottom()) / (2 * line)), 2, 4));
}

}  // namespace

double curveHeight(const CurveFigure& figure, double width, const FigureStyle& style, bool title, bool caption) {
    // A narrow plot keeps the height its numbers need.
    const double line = lineHeight(style.small()),
                 least = kLeastPlotEm * style.font.pixelSize() +
                         double(3 + brokenLines(figure.xLabel, style.small(), 0.7 * width).size()) * line;
    return titleHeight(figure, style, title) + legendOf(figure, width, style).height + std::max(0.62 * width, least) +
           captionHeight(captionLines(figure, width, style, caption), style);
}

double curveLeastWidth(const FigureStyle& style) { return kLeastWidthEm * style.font.pixelSize(); }

void paintCurves(QCPPainter& painter, const CurveFigure& figure, const QRectF& area, const FigureStyle& style,
                 bool title, bool caption) {
    const Window window = windowOf(figure);
    QCustomPlot plot;
    plot.setBufferDevicePixelRatio(1);
    CurveCanvas canvas(plot);
    canvas.setStyle(style, true);
    canvas.setLog(figure.logX, figure.logY);
    canvas.setLabels(figure.xLabel, figure.yLabel);
    fill(canvas, figure, window);
    for (int i = 0; i < plot.graphCount(); ++i) plot.graph(i)->setAdaptiveSampling(false);
    plot.xAxis->setRange(window.x.first, window.x.second);
    plot.yAxis->setRange(window.y.first, window.y.second);

    const QStringList lines = captionLines(figure, area.width(), style, caption);
    const Legend legend = legendOf(figure, area.width(), style);
    const double titleBottom = titleHeight(figure, style, title), top = titleBottom + legend.height,
                 bottom = captionHeight(lines, style);
    if (titleBottom > 0)
        drawLine(painter, QRectF(area.left(), area.top(), area.width(), titleBottom), Qt::AlignLeft, figure.title,
                 style.bold(), style.text);
    const double line = lineHeight(style.small());
    for (qsizetype i = 0; i < lines.size(); ++i)
        drawLine(painter, QRectF(area.left(), area.bottom() - double(lines.size() - i) * line, area.width(), line),
                 Qt::AlignLeft, lines[i], style.small(), style.muted);
    for (const LegendItem& item : legend.items) {
        const QPointF origin(area.left(), area.top() + titleBottom);
        canvas.drawSign(painter, item.sign.translated(origin), item.series);
        drawLine(painter, item.text.translated(origin), Qt::AlignLeft, item.name, style.small(), style.text);
    }
    painter.save();
    painter.translate(area.left(), area.top() + top);
    const QSize size(int(area.width()), int(std::max(1.0, area.height() - top - bottom)));
    fitMargins(plot, figure, style, size);
    plot.setViewport(QRect(QPoint(), size));
    plot.plotLayout()->setOuterRect(plot.viewport());
    for (const auto phase : {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
        plot.plotLayout()->update(phase);
    canvas.placeLabels();
    plot.toPainter(&painter, size.width(), size.height());
    painter.restore();
}

}  // namespace thaw
