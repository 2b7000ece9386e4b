// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap/heatmap_paint.h"

#include "widgets/base/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// 45° lines at a fixed phase, so that neighbouring boxes join; cut analytically, because SVG has no reliable clip.
void hatch(QPainter& painter, const QRectF& box, double spacing) {
    const double first = std::ceil((box.left() + box.top()) / spacing) * spacing;
    const int lines = std::max(0, int(std::ceil((box.right() + box.bottom() - first) / spacing)));
    for (int line = 0; line < lines; ++line) {
        const double sum = first + line * spacing;
        // Points on x + y = sum inside the box.
        const double x0 = std::max(box.left(), sum - box.bottom()), x1 = std::min(box.right(), sum - box.top());
        if (x1 > x0) painter.drawLine(QPointF(x0, sum - x0), QPointF(x1, sum - x1));
    }
}

void hatchMissing(QPainter& painter, const HeatmapData& data, const HeatmapLayout& layout, const FigureStyle& style) {
    QColor stroke = style.muted;
    stroke.setAlphaF(0.4f);
    painter.setPen(QPen(stroke, style.hairline()));
    for (int r = 0; r < data.rows; ++r) {
        for (int c = 0; c < data.cols;) {
            int end = c;
            while (end < data.cols && !std::isfinite(data.at(r, end))) ++end;
            if (end > c) hatch(painter, layout.cell(data, r, c).united(layout.cell(data, r, end - 1)), 4 * style.pt);
            c = std::max(end, c + 1);
        }
    }
}

// A dot in every marked cell, dark or light as the cell asks.
void drawMarks(QPainter& painter, const HeatmapData& data, const HeatmapLayout& layout, const QImage& image,
               const FigureStyle& style) {
    if (data.marked.empty()) return;
    painter.setPen(Qt::NoPen);
    for (int r = 0; r < data.rows; ++r) {
        for (int c = 0; c < data.cols; ++c) {
            if (!data.marked[std::size_t(r) * std::size_t(data.cols) + std::size_t(c)]) continue;
            const QRectF cell = layout.cell(data, r, c);
            const double radius = std::min(0.8 * style.pt, 0.2 * std::min(cell.width(), cell.height()));
            painter.setBrush(qGray(image.pixel(c, r)) > 110 ? QColor(0, 0, 0, 150) : QColor(255, 255, 255, 190));
            painter.drawEllipse(cell.center(), radius, radius);
        }
    }
    painter.setBrush(Qt::NoBrush);
}

}  // namespace

ColourMap shownMap(const HeatmapData& data, const HeatmapStyle& options) {
    return data.signedValues ? ColourMap::Diverging : options.map;
}

QRgb noValueColour(const FigureStyle& style) {
    return isDark(style.palette) ? qRgb(0x25, 0x28, 0x2B) : qRgb(0xF0, 0xF1, 0xF3);
}

QImage heatmapImage(const HeatmapData& data, const HeatmapStyle& options, QRgb none) {
    if (data.empty()) return {};
    const auto [low, high] = options.range.value_or(valueRange(data));
    const auto colours = colourTable(shownMap(data, options), 1024);
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

void drawHeatmap(QPainter& painter, const HeatmapData& data, const HeatmapStyle& options, const HeatmapLayout& layout,
                 const QImage& image, const FigureStyle& style) {
    if (data.empty()) return;
    const QFont small = style.small();
    const double line = lineHeight(small), tick = kHeatmapTickPt * style.pt, gap = kHeatmapTickGapPt * style.pt;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    if (!data.title.isEmpty() && !layout.title.isEmpty() && layout.title.bottom() < layout.plot.top())
        drawLine(painter, layout.title, Qt::AlignLeft, data.title, style.bold(), style.text);

    painter.drawImage(layout.plot, image);
    hatchMissing(painter, data, layout, style);
    drawMarks(painter, data, layout, image, style);

    // A gradient and not a second picture: smooth at any size, and the file's one image stays the matrix.
    QLinearGradient gradient(layout.bar.bottomLeft(), layout.bar.topLeft());
    const auto colours = colourTable(shownMap(data, options), 33);
    for (std::size_t i = 0; i < colours.size(); ++i)
        gradient.setColorAt(double(i) / double(colours.size() - 1), QColor(colours[i]));
    painter.fillRect(layout.bar, gradient);

    const QPen axis(style.muted, style.hairline());
    painter.setPen(axis);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(layout.plot);
    painter.drawRect(layout.bar);
    for (const auto& t : layout.xTicks) {
        painter.setPen(axis);
        painter.drawLine(QPointF(t.at, layout.plot.bottom()), QPointF(t.at, layout.plot.bottom() + tick));
        const double half = textWidth(small, t.text) / 2 + style.pt;
        drawLine(painter, QRectF(t.at - half, layout.plot.bottom() + tick + gap, 2 * half, line), Qt::AlignHCenter,
                 t.text, small, style.text);
    }
    const double namesRight = layout.plot.left() - tick - gap;
    const double namesLeft = data.y.names.empty() ? layout.yLabel.right() : layout.yLabel.left();
    for (const auto& t : layout.yTicks) {
        painter.setPen(axis);
        painter.drawLine(QPointF(layout.plot.left() - tick, t.at), QPointF(layout.plot.left(), t.at));
        // Names of blocks differ at their ends.
        const double room = namesRight - namesLeft;
        const QString text = textWidth(small, t.text) <= room + 0.5
                                 ? t.text
                                 : QFontMetricsF(small).elidedText(t.text, Qt::ElideMiddle, room);
        drawLine(painter, QRectF(namesLeft, t.at - line / 2, room, line), Qt::AlignRight | Qt::AlignVCenter, text,
                 small, style.text);
    }
    for (const auto& t : layout.barTicks) {
        painter.setPen(axis);
        painter.drawLine(QPointF(layout.bar.right(), t.at), QPointF(layout.bar.right() + tick, t.at));
        const double left = layout.bar.right() + tick + gap;
        drawLine(painter, QRectF(left, t.at - line / 2, layout.barLabel.left() - left, line), Qt::AlignVCenter, t.text,
                 small, style.text);
    }
    for (qsizetype i = 0; i < layout.xLabelLines.size(); ++i)
        drawLine(painter,
                 QRectF(layout.xLabel.left(), layout.xLabel.top() + double(i) * line, layout.xLabel.width(), line),
                 Qt::AlignHCenter, layout.xLabelLines[i], small, style.muted);
    const auto upwards = [&](const QRectF& box, const QStringList& lines) {
        for (qsizetype i = 0; i < lines.size(); ++i)
            drawUpwards(painter, QRectF(box.left() + double(i) * line, box.top(), line, box.height()), lines[i], small,
                        style.muted);
    };
    upwards(layout.yLabel, layout.yLabelLines);
    upwards(layout.barLabel, layout.barLabelLines);
    for (qsizetype i = 0; i < layout.captionLines.size(); ++i)
        drawLine(painter, QRectF(layout.foot.left(), layout.foot.top() + double(i) * line, layout.foot.width(), line),
                 Qt::AlignLeft, layout.captionLines[i], small, style.muted);
    painter.restore();
}

}  // namespace thaw
