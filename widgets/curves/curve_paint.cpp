// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_paint.h"

#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_canvas.h"
#include "widgets/curves/curve_sight.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

void fill(CurveCanvas& canvas, const CurveFigure& figure, const CurveSight& window) {
    const auto cut = [&](const std::vector<double>& x, const std::vector<double>& y) {
        return seenLine(x, y, figure, window);
    };
    int number = 0;  // hidden ones count too: a line looks the same whatever is hidden beside it
    for (const auto& series : figure.series) {
        const int own = series.kind == CurveKind::Band ? number : number++;
        if (!series.visible) continue;
        const int id = canvas.addSeries(series.name, series.kind, series.colour, series.dash >= 0 ? series.dash : own);
        if (series.kind == CurveKind::Band) {
            canvas.showSeries(id, seenPoints(series.x, series.low, window), seenPoints(series.x, series.y, window));
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
    // The legend has their names.
    for (const auto& reference : figure.references)
        if (window.shows(reference)) references.push_back({reference.y, {}});
    canvas.setMarks(marks);
    canvas.setReferences(references);
}

// Of a series among those that are drawn.
int idOf(const CurveFigure& figure, int series) {
    return int(std::count_if(figure.series.begin(), figure.series.begin() + series,
                             [](const CurveSeries& s) { return s.visible; }));
}

int seenBefore(const CurveFigure& figure, const CurveSight& window, int reference) {
    return int(std::count_if(figure.references.begin(), figure.references.begin() + reference,
                             [&](const CurveReference& r) { return window.shows(r); }));
}

void drawLegend(QCPPainter& painter, const CurveCanvas& canvas, const CurveFigure& figure, const CurveSight& window,
                const QRectF& area, const FigureStyle& style) {
    const double line = lineHeight(style.small());
    for (const LegendEntry& entry : curveLegend(figure, area.width(), style).entries) {
        const QRectF sign = entry.sign.translated(area.topLeft()), text = entry.text.translated(area.topLeft());
        if (entry.series >= 0) canvas.drawSign(painter, sign, idOf(figure, entry.series));
        else canvas.drawReferenceSign(painter, sign, seenBefore(figure, window, entry.reference));
        for (qsizetype i = 0; i < entry.lines.size(); ++i)
            drawLine(painter, QRectF(text.left(), text.top() + double(i) * line, text.width(), line), Qt::AlignLeft,
                     entry.lines[i], style.small(), style.text);
    }
}

constexpr double kLeastWidthEm = 13, kLeastPlotEm = 7;

QString joinedLines(const QStringList& lines) { return lines.join(QLatin1Char('\n')); }

double roomAtTop(const FigureStyle& style) { return lineHeight(style.small()) / 2 + style.pt; }

// The words of the x axis: centred under a plot that is at least that much narrower than the figure.
QStringList xLabelLines(const CurveFigure& figure, double width, const FigureStyle& style) {
    const QFont small = style.small();
    const double beside = textWidth(small, QStringLiteral("−0.00025")) + 2 * lineHeight(small) + 5 * style.pt;
    return evenLines(figure.xLabel, small, std::max(1.0, width - beside));
}

// As many numbers along x as have room; beside y the room its numbers take, but so much at least that plots of everyday
// numbers line up; labels in as many lines as they need.
void fitMargins(QCustomPlot& plot, const CurveFigure& figure, const FigureStyle& style, const QSizeF& size,
                std::pair<int, int> topAndBottom) {
    const QFont small = style.small();
    const double line = lineHeight(small), pt = style.pt,
                 height = size.height() - topAndBottom.first - topAndBottom.second;
    plot.yAxis->ticker()->setTickCount(std::clamp(int(height / (2 * line)), 2, 4));
    QVector<double> ticks;
    QVector<QString> texts;
    plot.yAxis->ticker()->generate(plot.yAxis->range(), QLocale(), QLatin1Char('g'), 6, ticks, nullptr, &texts);
    double widest = textWidth(small, QStringLiteral("−0.00"));
    for (qsizetype i = 0; i < std::min(ticks.size(), texts.size()); ++i)
        if (plot.yAxis->range().contains(ticks[i])) widest = std::max(widest, textWidth(small, texts[i]));
    QMargins margins = plot.axisRect()->margins();
    const QStringList yLines = evenLines(figure.yLabel, small, height + 2 * roomAtTop(style));
    plot.yAxis->setLabel(joinedLines(yLines));
    margins.setLeft(int(widest + 5.5 * pt + (yLines.isEmpty() ? 0 : double(yLines.size()) * line + 2 * pt)));
    plot.xAxis->setLabel(joinedLines(xLabelLines(figure, size.width(), style)));
    margins.setTop(topAndBottom.first);
    margins.setBottom(topAndBottom.second);
    plot.axisRect()->setMargins(margins);
    const double width = size.width() - margins.left() - margins.right();
    plot.xAxis->ticker()->setTickCount(std::clamp(int(width / (4.4 * small.pixelSize())), 2, 6));
}

}  // namespace

std::pair<double, double> curveRoom(const CurveFigure& figure, double width, const FigureStyle& style) {
    const double line = lineHeight(style.small());
    const auto words = double(xLabelLines(figure, width, style).size());
    return {curveLegend(figure, width, style).height + roomAtTop(style),
            line + 5 * style.pt + (words > 0 ? words * line + 3 * style.pt : 0)};
}

double curvePlotHeight(const CurveFigure& figure, double width, const FigureStyle& style) {
    // A narrow plot keeps the height its numbers need.
    const double besides = roomAtTop(style) + curveRoom(figure, width, style).second;
    return std::max(0.62 * width - besides, kLeastPlotEm * style.font.pixelSize());
}

double curveLeastWidth(const CurveFigure& figure, const FigureStyle& style) {
    double widest = kLeastWidthEm * style.font.pixelSize();
    for (const LegendEntry& entry : curveLegend(figure, 1e6, style).entries) {
        // A sentence may take two lines, a name stays on one.
        const double text = (entry.series >= 0 ? 1 : 0.6) * entry.text.width();
        widest = std::max(widest, text + entry.sign.width() + 6 * style.pt);
    }
    return widest;
}

void paintCurves(QCPPainter& painter, const CurveFigure& figure, const QRectF& area, double above, double below,
                 const FigureStyle& style) {
    const CurveSight window = curveSight(figure);
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

    // The plot is laid out in whole units; the frame begins and ends where its neighbours' do.
    const std::pair<int, int> margins{int(above), int(below)};
    const double frame = std::max(1.0, area.height() - above - below);
    const QSize size(int(area.width()), int(std::lround(frame)) + margins.first + margins.second);
    painter.save();
    painter.translate(area.left(), area.top() + above - margins.first);
    fitMargins(plot, figure, style, size, margins);
    plot.setViewport(QRect(QPoint(), size));
    plot.plotLayout()->setOuterRect(plot.viewport());
    for (const auto phase : {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
        plot.plotLayout()->update(phase);
    canvas.placeLabels();
    plot.toPainter(&painter, size.width(), size.height());
    painter.restore();
    // After the plot, whose ground reaches under it.
    drawLegend(painter, canvas, figure, window, area, style);
}

}  // namespace thaw
