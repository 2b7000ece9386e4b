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

QVector<double> dashes(int series) {
    // Colour is never the only sign: every other line is dashed, in multiples of the pen's width.
    static const QVector<double> patterns[] = {{}, {5, 2.5}, {1.5, 2}, {6, 2, 1.5, 2}};
    return patterns[series % 4];
}

QVector<qreal> referenceDashes(std::size_t reference) {
    static const QVector<qreal> patterns[] = {{1.5, 2.5}, {7, 3}, {7, 2.5, 1.5, 2.5}};
    return patterns[reference % 3];
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

int CurveCanvas::addSeries(const QString& name, CurveKind kind, int colour) {
    QCPGraph* raw = plot_.addGraph();
    // A band is the space between its upper edge, `smooth`, and its lower one.
    QCPGraph* smooth = kind == CurveKind::Line || kind == CurveKind::Band ? plot_.addGraph() : nullptr;
    series_.push_back({kind, colour, raw, smooth});
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
            QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(style_.background, 0.5 * style_.pt), full, size));
        return;
    }
    QColor faint = full;
    faint.setAlphaF(isDark(style_.palette) ? 0.32f : 0.24f);
    series.raw->setPen(QPen(faint, paper_ ? 0.35 * style_.pt : 1));
    QPen pen(full, (paper_ ? 1.0 : 1.4) * style_.pt);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    const auto index =
        std::count_if(series_.data(), &series, [](const Series& s) { return s.kind != CurveKind::Band; });
    if (const auto pattern = dashes(int(index)); !pattern.isEmpty()) pen.setDashPattern(pattern);
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
        painter.drawEllipse(box.center(), 2.2 * style_.pt, 2.2 * style_.pt);
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

CurveCanvas::Label CurveCanvas::addLabel(const QString& layer) {
    Label label{new QCPItemStraightLine(&plot_), new QCPItemText(&plot_)};
    for (QCPAbstractItem* item :
         {static_cast<QCPAbstractItem*>(label.line), static_cast<QCPAbstractItem*>(label.text)}) {
        item->setSelectable(false);
        item->setLayer(layer);
        item->setClipToAxisRect(true);
    }
    return label;
}

void CurveCanvas::removeAll(QCustomPlot& plot, std::vector<Label>& labels) {
    for (const Label& label : labels) {
        plot.removeItem(label.line);
        plot.removeItem(label.text);
    }
    labels.clear();
}

void CurveCanvas::setMarks(const std::vector<CurveMark>& marks) {
    removeAll(plot_, marks_);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        Label label = addLabel(QStringLiteral("marks"));
        for (QCPItemPosition* end : {label.line->point1, label.line->point2})
            end->setTypeY(QCPItemPosition::ptAxisRectRatio);
        label.line->point1->setCoords(marks[i].x, 0);
        label.line->point2->setCoords(marks[i].x, 1);
        label.text->setText(QLatin1Char(' ') + marks[i].text);
        label.text->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        label.text->position->setTypeX(QCPItemPosition::ptPlotCoords);
        label.text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        // Neighbours stand on different lines, so that two marks close together can both be read.
        label.text->position->setCoords(marks[i].x, 0.01 + 0.09 * double(i % 3));
        applyStyle(label, true);
        // The label would be cut at the edge and name a moment that is not shown.
        const auto showWithin = [text = label.text, x = marks[i].x](const QCPRange& range) {
            text->setVisible(range.contains(x));
        };
        showWithin(plot_.xAxis->range());
        QObject::connect(plot_.xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), label.text, showWithin);
        marks_.push_back(label);
    }
}

void CurveCanvas::setReferences(const std::vector<CurveReference>& references) {
    removeAll(plot_, references_);
    for (const CurveReference& reference : references) {
        Label label = addLabel(QStringLiteral("references"));
        for (QCPItemPosition* end : {label.line->point1, label.line->point2})
            end->setTypeX(QCPItemPosition::ptAxisRectRatio);
        label.line->point1->setCoords(0, reference.y);
        label.line->point2->setCoords(1, reference.y);
        label.text->setText(reference.text);
        label.text->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
        label.text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        label.text->position->setTypeY(QCPItemPosition::ptPlotCoords);
        label.text->position->setCoords(1, reference.y);
        applyStyle(label, false);
        if (paper_) {
            QPen pen = label.line->pen();
            pen.setDashPattern(referenceDashes(references_.size()));
            label.line->setPen(pen);
        }
        references_.push_back(label);
    }
}

void CurveCanvas::applyStyle(const Label& label, bool mark) const {
    QPen pen(mark ? style_.muted : style_.text, (paper_ ? 0.5 : 0.7) * style_.pt);
    pen.setCapStyle(Qt::FlatCap);
    if (mark) pen.setDashPattern({4, 3});
    else pen.setDashPattern({1.5, 2.5});
    label.line->setPen(pen);
    label.text->setFont(style_.small());
    label.text->setColor(mark ? style_.muted : style_.text);
    const int pad = int(1.5 * style_.pt);
    label.text->setPadding({pad, pad / 2, pad, pad / 2});
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

void CurveCanvas::placeLabels() {
    for (const Label& reference : references_) {
        // Above its line, but under it where the plot ends.
        const double top = plot_.axisRect()->top(), line = reference.line->point1->pixelPosition().y();
        const bool below = line - top < lineHeight(style_.small()) + 2 * style_.pt;
        reference.text->setPositionAlignment(Qt::AlignRight | (below ? Qt::AlignTop : Qt::AlignBottom));
    }
}

}  // namespace thaw
