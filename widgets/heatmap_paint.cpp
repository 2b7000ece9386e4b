// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap_paint.h"

#include "widgets/number_text.h"
#include "widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kTickPt = 2.5, kTickGapPt = 2, kLabelGapPt = 3, kBarGapPt = 8, kBarPt = 8, kTitleGapPt = 5, kEdgePt = 2;

QString withUnit(const QString& label, const QString& unit) {
    if (unit.isEmpty()) return label;
    return label.isEmpty() ? unit : QStringLiteral("%1 (%2)").arg(label, unit);
}

// Space around the plot rectangle.
struct Margins {
    double left = 0, top = 0, right = 0, bottom = 0, yNames = 0, barNumbers = 0;
    QStringList captionLines;
};

double firstValue(const HeatmapAxis& axis) { return axis.values.empty() ? 0 : axis.values.front(); }
double stepOf(const HeatmapAxis& axis) { return axis.values.size() > 1 ? axis.values[1] - axis.values[0] : 1; }

std::vector<double> barTickValues(std::pair<double, double> range) {
    return niceTicks(range.first, range.second, 6);
}

double widestText(const QFont& font, const QStringList& texts) {
    double widest = 0;
    for (const QString& text : texts) widest = std::max(widest, textWidth(font, text));
    return widest;
}

QStringList axisTexts(const HeatmapAxis& axis) {
    if (!axis.names.empty()) return {axis.names.begin(), axis.names.end()};
    if (axis.values.empty()) return {};
    return tickTexts(niceTicks(axis.values.front(), axis.values.back() + 1e-9, 8, 1));
}

Margins marginsOf(const HeatmapData& data, std::pair<double, double> range, double width, const FigureInk& ink,
                  const HeatmapParts& parts) {
    const QFont small = ink.small();
    const double line = lineHeight(small), tick = (kTickPt + kTickGapPt) * ink.pt;
    Margins m;
    m.yNames = std::min(widestText(small, axisTexts(data.y)), 0.4 * width);
    m.left = m.yNames + tick;
    if (!data.y.label.isEmpty() && data.y.names.empty()) m.left += line + kLabelGapPt * ink.pt;
    m.top = kEdgePt * ink.pt;
    if (parts.title && !data.title.isEmpty()) m.top += lineHeight(ink.font) + kTitleGapPt * ink.pt;
    // Half a line: the top number of the colour bar is centred on the plot's edge.
    else m.top += line / 2;
    m.barNumbers = widestText(small, tickTexts(barTickValues(range)));
    m.right = (kBarGapPt + kBarPt) * ink.pt + tick + m.barNumbers;
    if (!data.valueLabel.isEmpty() || !data.unit.isEmpty()) m.right += line + kLabelGapPt * ink.pt;
    m.bottom = tick + line + kEdgePt * ink.pt;
    if (!data.x.label.isEmpty()) m.bottom += line + kLabelGapPt * ink.pt;
    if (parts.footLine) {
        m.bottom += line + kTitleGapPt * ink.pt;
    } else if (parts.caption && !data.caption.isEmpty()) {
        m.captionLines = brokenLines(data.caption, small, width - 2 * kEdgePt * ink.pt);
        m.bottom += double(m.captionLines.size()) * line + kTitleGapPt * ink.pt;
    }
    m.left += kEdgePt * ink.pt;
    m.right += kEdgePt * ink.pt;
    return m;
}

std::vector<HeatmapTick> axisTicks(const HeatmapAxis& axis, int cells, double origin, double cell, double perLabel) {
    std::vector<HeatmapTick> ticks;
    const auto centre = [&](double index) { return origin + (index + 0.5) * cell; };
    if (!axis.names.empty()) {
        const int every = std::max(1, int(std::ceil(perLabel / cell)));
        for (int i = 0; i < cells; i += every) ticks.push_back({centre(i), axis.names[std::size_t(i)]});
        return ticks;
    }
    if (axis.values.empty()) return ticks;
    const int most = std::max(1, int(cells * cell / perLabel));
    const auto values = cells == 1 ? std::vector<double>{axis.values[0]}
                                   : niceTicks(axis.values.front(), axis.values.back() + 1e-9, most, stepOf(axis));
    const QStringList texts = tickTexts(values);
    for (std::size_t i = 0; i < values.size(); ++i)
        ticks.push_back({centre((values[i] - firstValue(axis)) / stepOf(axis)), texts[qsizetype(i)]});
    return ticks;
}

// 45° lines at a fixed phase, so that neighbouring boxes join; cut analytically, because SVG has no reliable clip.
void hatch(QPainter& painter, const QRectF& box, double spacing) {
    const double first = std::ceil((box.left() + box.top()) / spacing) * spacing;
    for (double sum = first; sum < box.right() + box.bottom(); sum += spacing) {
        // Points on x + y = sum inside the box.
        const double x0 = std::max(box.left(), sum - box.bottom()), x1 = std::min(box.right(), sum - box.top());
        if (x1 > x0) painter.drawLine(QPointF(x0, sum - x0), QPointF(x1, sum - x1));
    }
}

void hatchMissing(QPainter& painter, const HeatmapData& data, const HeatmapLayout& layout, const FigureInk& ink) {
    QColor stroke = ink.muted;
    stroke.setAlphaF(0.4f);
    painter.setPen(QPen(stroke, ink.hairline()));
    for (int r = 0; r < data.rows; ++r) {
        for (int c = 0; c < data.cols;) {
            int end = c;
            while (end < data.cols && !std::isfinite(data.at(r, end))) ++end;
            if (end > c) hatch(painter, layout.cell(data, r, c).united(layout.cell(data, r, end - 1)), 4 * ink.pt);
            c = std::max(end, c + 1);
        }
    }
}

// A dot in every marked cell, dark or light as the cell asks.
void drawMarks(QPainter& painter, const HeatmapData& data, const HeatmapLayout& layout, const QImage& image, const FigureInk& ink) {
    if (data.marked.empty()) return;
    painter.setPen(Qt::NoPen);
    for (int r = 0; r < data.rows; ++r) {
        for (int c = 0; c < data.cols; ++c) {
            if (!data.marked[std::size_t(r) * std::size_t(data.cols) + std::size_t(c)]) continue;
            const QRectF cell = layout.cell(data, r, c);
            const double radius = std::min(0.8 * ink.pt, 0.2 * std::min(cell.width(), cell.height()));
            painter.setBrush(qGray(image.pixel(c, r)) > 110 ? QColor(0, 0, 0, 150) : QColor(255, 255, 255, 190));
            painter.drawEllipse(cell.center(), radius, radius);
        }
    }
    painter.setBrush(Qt::NoBrush);
}

}  // namespace

QRectF HeatmapLayout::cell(const HeatmapData& data, int row, int col) const {
    const double w = plot.width() / data.cols, h = plot.height() / data.rows;
    return {plot.left() + col * w, plot.top() + row * h, w, h};
}

ColourMap shownMap(const HeatmapData& data, const HeatmapStyle& style) {
    return data.signedValues ? ColourMap::Diverging : style.map;
}

QRgb noValueColour(const FigureInk& ink) { return isDark(ink.palette) ? qRgb(0x25, 0x28, 0x2B) : qRgb(0xF0, 0xF1, 0xF3); }

QImage heatmapImage(const HeatmapData& data, const HeatmapStyle& style, QRgb none) {
    if (data.empty()) return {};
    const auto [low, high] = style.range.value_or(valueRange(data));
    const auto colours = colourTable(shownMap(data, style), 1024);
    const double scale = high > low ? double(colours.size() - 1) / (high - low) : 0;
    QImage image(data.cols, data.rows, QImage::Format_RGB32);
    for (int r = 0; r < data.rows; ++r) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(r));
        for (int c = 0; c < data.cols; ++c) {
            const double value = data.at(r, c);
            const double place = std::clamp((value - low) * scale, 0.0, double(colours.size() - 1));
            line[c] = std::isnan(value) ? none : colours[std::size_t(std::lround(place))];
        }
    }
    return image;
}

HeatmapLayout layOutHeatmap(const HeatmapData& data, const HeatmapStyle& style, const QRectF& area,
                            const FigureInk& ink, const HeatmapParts& parts) {
    HeatmapLayout layout;
    if (data.empty()) return layout;
    layout.range = style.range.value_or(valueRange(data));
    const Margins m = marginsOf(data, layout.range, area.width(), ink, parts);
    const QFont small = ink.small();
    const double line = lineHeight(small), tick = (kTickPt + kTickGapPt) * ink.pt, gap = kLabelGapPt * ink.pt;

    QRectF room = area.adjusted(m.left, m.top, -m.right, -m.bottom);
    room.setSize(room.size().expandedTo(QSizeF(1, 1)));
    double cellWidth = room.width() / data.cols, cellHeight = room.height() / data.rows;
    if (data.squareCells) cellWidth = cellHeight = std::min(cellWidth, cellHeight);
    if (parts.wholeCells) {
        if (cellWidth >= 2) cellWidth = std::floor(cellWidth);
        if (cellHeight >= 2) cellHeight = std::floor(cellHeight);
    }
    layout.plot = QRectF(room.left(), room.top(), cellWidth * data.cols, cellHeight * data.rows);
    // What the square leaves over goes evenly to both sides.
    const double slack = room.width() - layout.plot.width();
    double shift = data.squareCells ? slack / 2 : 0;
    if (parts.wholeCells) shift = std::floor(shift), layout.plot.moveTo(std::round(room.left()), std::round(room.top()));
    layout.plot.translate(shift, 0);

    const QRectF& plot = layout.plot;
    layout.title = QRectF(area.left() + kEdgePt * ink.pt, area.top() + kEdgePt * ink.pt,
                          area.width() - 2 * kEdgePt * ink.pt, lineHeight(ink.font));
    layout.bar = QRectF(plot.right() + kBarGapPt * ink.pt, plot.top(), kBarPt * ink.pt, plot.height());
    layout.barLabel = QRectF(layout.bar.right() + tick + m.barNumbers + gap, plot.top(), line, plot.height());
    layout.yLabel = QRectF(plot.left() - m.left + kEdgePt * ink.pt, plot.top(), line, plot.height());
    // Centred under the plot, but as wide as the figure allows.
    const double half = std::min(plot.center().x() - area.left(), area.right() - plot.center().x());
    layout.xLabel = QRectF(plot.center().x() - half, plot.bottom() + tick + line + gap, 2 * half, line);
    layout.captionLines = m.captionLines;
    const double footLines = parts.footLine ? 1 : double(m.captionLines.size());
    layout.foot = QRectF(area.left() + kEdgePt * ink.pt, area.bottom() - kEdgePt * ink.pt - footLines * line,
                         area.width() - 2 * kEdgePt * ink.pt, footLines * line);

    const double widestNumber = widestText(small, axisTexts(data.x));
    layout.xTicks = axisTicks(data.x, data.cols, plot.left(), cellWidth, widestNumber + 8 * ink.pt);
    layout.yTicks = axisTicks(data.y, data.rows, plot.top(), cellHeight, data.y.names.empty() ? 2 * line : 0.9 * line);
    const auto values = niceTicks(layout.range.first, layout.range.second, std::clamp(int(plot.height() / (2 * line)), 1, 6));
    const QStringList texts = tickTexts(values);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double share = (values[i] - layout.range.first) / (layout.range.second - layout.range.first);
        layout.barTicks.push_back({plot.bottom() - share * plot.height(), texts[qsizetype(i)]});
    }
    return layout;
}

double heatmapHeight(const HeatmapData& data, const HeatmapStyle& style, double width, const FigureInk& ink,
                     const HeatmapParts& parts) {
    if (data.empty()) return width * 0.6;
    const Margins m = marginsOf(data, style.range.value_or(valueRange(data)), width, ink, parts);
    const double plotWidth = std::max(1.0, width - m.left - m.right);
    double plotHeight = 0.62 * plotWidth;
    if (data.squareCells) plotHeight = plotWidth * data.rows / data.cols;
    else if (!data.y.names.empty()) plotHeight = data.rows * lineHeight(ink.small()) * 1.15;
    return m.top + plotHeight + m.bottom;
}

void drawHeatmap(QPainter& painter, const HeatmapData& data, const HeatmapStyle& style, const HeatmapLayout& layout,
                 const QImage& image, const FigureInk& ink) {
    if (data.empty()) return;
    const QFont small = ink.small();
    const double line = lineHeight(small), tick = kTickPt * ink.pt, gap = kTickGapPt * ink.pt;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    if (!data.title.isEmpty() && layout.title.bottom() < layout.plot.top())
        drawLine(painter, layout.title, Qt::AlignLeft, data.title, ink.bold(), ink.text);

    painter.drawImage(layout.plot, image);
    hatchMissing(painter, data, layout, ink);
    drawMarks(painter, data, layout, image, ink);

    // A gradient and not a second picture: smooth at any size, and the file's one image stays the matrix.
    QLinearGradient gradient(layout.bar.bottomLeft(), layout.bar.topLeft());
    const auto colours = colourTable(shownMap(data, style), 33);
    for (std::size_t i = 0; i < colours.size(); ++i)
        gradient.setColorAt(double(i) / double(colours.size() - 1), QColor(colours[i]));
    painter.fillRect(layout.bar, gradient);

    const QPen axis(ink.muted, ink.hairline());
    painter.setPen(axis);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(layout.plot);
    painter.drawRect(layout.bar);
    for (const auto& t : layout.xTicks) {
        painter.setPen(axis);
        painter.drawLine(QPointF(t.at, layout.plot.bottom()), QPointF(t.at, layout.plot.bottom() + tick));
        const double half = textWidth(small, t.text) / 2 + ink.pt;
        drawLine(painter, QRectF(t.at - half, layout.plot.bottom() + tick + gap, 2 * half, line), Qt::AlignHCenter, t.text, small, ink.text);
    }
    const double namesRight = layout.plot.left() - tick - gap;
    const double namesLeft = data.y.names.empty() ? layout.yLabel.right() : layout.yLabel.left();
    for (const auto& t : layout.yTicks) {
        painter.setPen(axis);
        painter.drawLine(QPointF(layout.plot.left() - tick, t.at), QPointF(layout.plot.left(), t.at));
        drawLine(painter, QRectF(namesLeft, t.at - line / 2, namesRight - namesLeft, line), Qt::AlignRight | Qt::AlignVCenter, t.text, small, ink.text);
    }
    for (const auto& t : layout.barTicks) {
        painter.setPen(axis);
        painter.drawLine(QPointF(layout.bar.right(), t.at), QPointF(layout.bar.right() + tick, t.at));
        const double left = layout.bar.right() + tick + gap;
        drawLine(painter, QRectF(left, t.at - line / 2, layout.barLabel.left() - left, line), Qt::AlignVCenter, t.text, small, ink.text);
    }
    drawLine(painter, layout.xLabel, Qt::AlignHCenter, withUnit(data.x.label, data.x.unit), small, ink.muted);
    if (data.y.names.empty()) drawUpwards(painter, layout.yLabel, withUnit(data.y.label, data.y.unit), small, ink.muted);
    drawUpwards(painter, layout.barLabel, withUnit(data.valueLabel, data.unit), small, ink.muted);
    for (qsizetype i = 0; i < layout.captionLines.size(); ++i)
        drawLine(painter, QRectF(layout.foot.left(), layout.foot.top() + double(i) * line, layout.foot.width(), line),
                 Qt::AlignLeft, layout.captionLines[i], small, ink.muted);
    painter.restore();
}

}  // namespace thaw
