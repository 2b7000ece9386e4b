// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_canvas.h"

#include "widgets/base/qcustomplot.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_store.h"
#include "widgets/curves/curve_ticks.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

void setTicker(QCPAxis* axis, bool log) {
    axis->setScaleType(log ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis->setTicker(curveTicker(log));
    axis->ticker()->setTickCount(
        axis->orientation() == Qt::Horizontal ? CurveCanvas::horizontalTicks(axis->parentPlot()->width()) : 4);
}

// Colour is never the only sign: lines have patterns, in multiples of the pen's width, and points have shapes.
QVector<double> dashes(int dash) {
    static const QVector<double> patterns[] = {{}, {5, 2.5}, {1.5, 2}, {6, 2, 1.5, 2}};
    return patterns[dash % 4];
}

QCPScatterStyle::ScatterShape pointShape(int dash) {
    static constexpr QCPScatterStyle::ScatterShape kShapes[] = {
        QCPScatterStyle::ssCircle, QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond};
    return kShapes[dash % 4];
}

// As QCustomPlot draws the shape, for painters of other kinds.
void drawPoint(QPainter& painter, QPointF at, double radius, int dash) {
    switch (dash % 4) {
    case 1: return painter.drawRect(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius));
    case 2:
        return painter.drawPolygon(QPolygonF({at + QPointF(-radius, 0.755 * radius),
                                              at + QPointF(radius, 0.755 * radius), at + QPointF(0, -0.977 * radius)}));
    case 3:
        return painter.drawPolygon(QPolygonF(
            {at + QPointF(-radius, 0), at + QPointF(0, -radius), at + QPointF(radius, 0), at + QPointF(0, radius)}));
    default: return painter.drawEllipse(at, radius, radius);
    }
}

}  // namespace

int CurveCanvas::horizontalTicks(int width) {
    constexpr int kTickWidth = 60;  // pixels a number and its neighbours' air take
    return std::clamp(width / kTickWidth, 2, 6);
}

CurveCanvas::CurveCanvas(QCustomPlot& plot) : plot_(plot) {
    plot_.setAutoAddPlottableToLegend(false);
    // Thick pens are 50 times slower without it (anti-aliased joins); on screen nobody sees the difference.
    plot_.setPlottingHint(QCP::phFastPolylines, true);
    plot_.addLayer(QStringLiteral("references"), plot_.layer(QStringLiteral("grid")), QCustomPlot::limAbove);
    plot_.addLayer(QStringLiteral("marks"), plot_.layer(QStringLiteral("references")), QCustomPlot::limAbove);
    plot_.xAxis2->setVisible(false);
    plot_.yAxis2->setVisible(false);
    setLog(false, false);
}

void CurveCanvas::setStyle(const FigureStyle& style, bool paper) {
    style_ = style;
    paper_ = paper;
    plot_.setPlottingHint(QCP::phFastPolylines, !paper);
    plot_.setBackground(QBrush(style.background));
    styleAxes();
    for (const Series& series : series_) applyStyle(series);
    for (const Label& mark : marks_) applyStyle(mark, true);
    for (const Label& reference : references_) applyStyle(reference, false);
}

void CurveCanvas::styleAxes() {
    const QFont small = style_.small();
    const double pt = style_.pt, line = lineHeight(small);
    for (QCPAxis* axis : {plot_.xAxis, plot_.yAxis}) {
        const QPen pen(paper_ ? style_.muted : style_.line, paper_ ? style_.hairline() : 1);
        axis->setBasePen(pen);
        axis->setTickPen(pen);
        axis->setSubTickPen(pen);
        axis->setTickLength(0, int(2.5 * pt));
        axis->setSubTickLength(0, int(1.5 * pt));
        axis->setSubTicks(paper_);
        axis->setTickLabelFont(small);
        axis->setTickLabelColor(paper_ ? style_.text : style_.muted);
        // On paper numbers and words are as far from the axis as a heatmap's beside it.
        axis->setTickLabelPadding(int((paper_ ? 2 : 2.5) * pt));
        axis->setLabelFont(small);
        axis->setLabelColor(style_.muted);
        axis->setLabelPadding(int((paper_ ? 3 : 2) * pt));
        QColor grid = style_.line;
        grid.setAlphaF(0.55f);
        axis->grid()->setPen(QPen(grid, paper_ ? style_.hairline() / 1.5 : 1));
        axis->grid()->setZeroLinePen(QPen(style_.line, paper_ ? style_.hairline() : 1));
        axis->grid()->setSubGridVisible(false);
    }
    plot_.xAxis->grid()->setVisible(false);
    plot_.yAxis->grid()->setVisible(true);
    // Fixed margins: plots stacked above each other line up, and no axis jumps when a label grows by a digit.
    const double labels = textWidth(small, QStringLiteral("−0.00025")) + 5 * pt;
    const bool yLabel = !plot_.yAxis->label().isEmpty(), xLabel = !plot_.xAxis->label().isEmpty();
    plot_.axisRect()->setAutoMargins(QCP::msNone);
    plot_.axisRect()->setMargins({int(labels + (yLabel ? line + 2 * pt : 0)), int(line / 2 + pt),
                                  int(line * 0.8 + 3 * pt), int(line + 5 * pt + (xLabel ? line + 3 * pt : 0))});
    plot_.axisRect()->setMinimumSize(8, 8);
}

int CurveCanvas::addSeries(const QString& name, CurveKind kind, int colour, int dash) {
    QCPGraph* raw = plot_.addGraph();
    // A band is the space between its upper edge, `smooth`, and its lower one.
    QCPGraph* smooth = kind == CurveKind::Line || kind == CurveKind::Band ? plot_.addGraph() : nullptr;
    series_.push_back({kind, colour, dash, raw, smooth});
    (smooth ? smooth : raw)->setName(name);
    for (QCPGraph* graph : {raw, smooth})
        if (graph) graph->setSelectable(QCP::stNone);
    if (style_.pt > 0) applyStyle(series_.back());
    return int(series_.size()) - 1;
}

void CurveCanvas::removeSeries() {
    for (const Series& s : series_) {
        plot_.removeGraph(s.raw);
        if (s.smooth) plot_.removeGraph(s.smooth);
    }
    series_.clear();
}

void CurveCanvas::setLook(int series, int colour, int dash) {
    Series& s = series_[std::size_t(series)];
    s.colour = colour;
    s.dash = dash;
    if (style_.pt > 0) applyStyle(s);
}

QColor CurveCanvas::colour(int series) const {
    return seriesColour(series_[std::size_t(series)].colour, style_.palette);
}

void CurveCanvas::applyStyle(const Series& series) const {
    const QColor full = seriesColour(series.colour, style_.palette);
    if (series.kind == CurveKind::Ring) {
        series.raw->setLineStyle(QCPGraph::lsNone);
        series.raw->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(full, style_.pt), Qt::NoBrush, 9 * style_.pt));
        return;
    }
    if (series.kind == CurveKind::Dots) {
        series.raw->setLineStyle(QCPGraph::lsNone);
        series.raw->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(style_.background, 0.5 * style_.pt),
                                                    style_.text, 4.5 * style_.pt));
        return;
    }
    if (series.kind == CurveKind::Band) {
        QColor shade = full;
        shade.setAlphaF(isDark(style_.palette) ? 0.22f : 0.16f);
        for (QCPGraph* edge : {series.raw, series.smooth}) edge->setPen(Qt::NoPen);
        series.smooth->setBrush(shade);
        series.smooth->setChannelFillGraph(series.raw);
        return;
    }
    if (series.kind == CurveKind::Points) {
        QColor thin = full;
        thin.setAlphaF(0.6f);
        series.raw->setPen(QPen(thin, 0.75 * style_.pt));
        const double size = 4.5 * style_.pt;
        series.raw->setScatterStyle(
            QCPScatterStyle(pointShape(series.dash), QPen(style_.background, 0.5 * style_.pt), full, size));
        return;
    }
    QColor faint = full;
    faint.setAlphaF(isDark(style_.palette) ? 0.32f : 0.24f);
    series.raw->setPen(QPen(faint, paper_ ? 0.35 * style_.pt : 1));
    QPen pen(full, (paper_ ? 1.0 : 1.4) * style_.pt);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (const auto pattern = dashes(series.dash); !pattern.isEmpty()) pen.setDashPattern(pattern);
    series.smooth->setPen(pen);
}

void CurveCanvas::showSeries(int series, const CurvePoints& raw, const CurvePoints& smooth) {
    const Series& s = series_[std::size_t(series)];
    s.raw->setData(raw.x, raw.y, true);
    if (s.smooth) s.smooth->setData(smooth.x, smooth.y, true);
}

void CurveCanvas::showCurves(const CurveStore& store, std::pair<double, double> xRange) {
    // Two points a pixel column and extreme are enough; what lies between them is under the pen.
    const auto most = std::size_t(std::max(4 * plot_.width(), 1024));
    const auto window = [&](const SeriesPyramid& points) { return points.window(xRange.first, xRange.second, most); };
    for (int i = 0; i < store.count(); ++i) {
        const StoredCurve& curve = store[i];
        if (curve.kind == CurveKind::Band) showSeries(i, window(curve.smooth), window(curve.raw));
        else if (curve.kind != CurveKind::Line) showSeries(i, window(curve.raw), {});
        // Without smoothing the values themselves are the line.
        else if (store.smoothing() <= 0) showSeries(i, {}, window(curve.raw));
        else showSeries(i, window(curve.raw), window(curve.smooth));
    }
}

void CurveCanvas::setSeriesVisible(int series, bool visible) {
    const Series& s = series_[std::size_t(series)];
    s.raw->setVisible(visible);
    if (s.smooth) s.smooth->setVisible(visible);
}

void CurveCanvas::drawSign(QPainter& painter, const QRectF& box, int series) const {
    const Series& s = series_[std::size_t(series)];
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (s.kind == CurveKind::Ring) {
        painter.setPen(QPen(colour(series), style_.pt));
        painter.drawEllipse(box.center(), 3.4 * style_.pt, 3.4 * style_.pt);
    } else if (s.kind == CurveKind::Points || s.kind == CurveKind::Dots) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(s.kind == CurveKind::Dots ? style_.text : colour(series));
        drawPoint(painter, box.center(), 2.2 * style_.pt, s.kind == CurveKind::Dots ? 0 : s.dash);
    } else {
        painter.setPen(s.smooth->pen());
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
    }
    painter.restore();
}

void CurveCanvas::drawReferenceSign(QPainter& painter, const QRectF& box, int reference) const {
    painter.save();
    painter.setPen(references_[std::size_t(reference)].line->pen());
    painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
    painter.restore();
}

void CurveCanvas::setLabels(const QString& x, const QString& y) {
    plot_.xAxis->setLabel(x);
    plot_.yAxis->setLabel(y);
    styleAxes();
}

void CurveCanvas::setLog(bool x, bool y) {
    setTicker(plot_.xAxis, x);
    setTicker(plot_.yAxis, y);
}

}  // namespace thaw
