// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap/heatmap_paint.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kTickPt = kHeatmapTickPt, kTickGapPt = kHeatmapTickGapPt;
constexpr double kLabelGapPt = 3, kBarGapPt = 8, kBarPt = 8, kTitleGapPt = 5, kEdgePt = 2;

QString withUnit(const QString& label, const QString& unit) {
    if (unit.isEmpty()) return label;
    return label.isEmpty() ? unit : QStringLiteral("%1 (%2)").arg(label, unit);
}

// Space around the plot rectangle, and what is written there.
struct Margins {
    double left = 0, top = 0, right = 0, bottom = 0, barNumbers = 0;
    QStringList captionLines, xLines, yLines, barLines;
};

double firstValue(const HeatmapAxis& axis) { return axis.values.empty() ? 0 : axis.values.front(); }
double stepOf(const HeatmapAxis& axis) { return axis.values.size() > 1 ? axis.values[1] - axis.values[0] : 1; }

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

// Three lines at most: more would leave no plot. What is longer is cut.
QStringList labelLines(const QString& label, const QFont& font, double room) {
    const QStringList lines = evenLines(label, font, room);
    return lines.size() <= 3 ? lines : evenLines(label, font, 0.4 * textWidth(font, label));
}

// Height of the plot in an area of that height; 0 = the height at which it looks as it should.
double plotHeight(const HeatmapData& data, const Margins& m, double width, double height, const FigureStyle& style) {
    if (height > 0) return std::max(1.0, height - m.top - m.bottom);
    const double plotWidth = std::max(1.0, width - m.left - m.right);
    if (data.squareCells) return plotWidth * data.rows / data.cols;
    if (!data.y.names.empty()) return data.rows * lineHeight(style.small()) * 1.15;
    return 0.62 * plotWidth;
}

// An upright label may reach beyond the plot: up by half a line, down to the numbers of the x axis.
double roomAbove(const FigureStyle& style) { return lineHeight(style.small()) / 2; }
double roomBelow(const FigureStyle& style) { return (kTickPt + kTickGapPt) * style.pt + lineHeight(style.small()); }

// At most one tick each `airy`, but two at least where they are `close` apart.
std::vector<double> ticksAlong(double length, double low, double high, double airy, double close, int most,
                               double least) {
    const int fit = std::clamp(int(length / airy), 1, most);
    std::vector<double> ticks = niceTicks(low, high, fit, least);
    for (int more = fit + 1; ticks.size() < 2 && more <= fit + 3; ++more) {
        const std::vector<double> denser = niceTicks(low, high, more, least);
        if (denser.size() > 1 && (denser[1] - denser[0]) / (high - low) * length >= close) ticks = denser;
    }
    return ticks;
}

std::vector<double> barTicks(double length, std::pair<double, double> range, double line) {
    return ticksAlong(length, range.first, range.second, 2 * line, line, 6, 0);
}

constexpr double kMostNames = 0.4;  // of the width, for the names of rows

Margins marginsOf(const HeatmapData& data, std::pair<double, double> range, double width, double height,
                  const FigureStyle& style, const HeatmapParts& parts, double mostNames = kMostNames) {
    const QFont small = style.small();
    const double line = lineHeight(small), tick = (kTickPt + kTickGapPt) * style.pt, edge = kEdgePt * style.pt,
                 gap = kLabelGapPt * style.pt;
    Margins m;
    const double names = std::min(widestText(small, axisTexts(data.y)), mostNames * width);
    m.top = edge;
    if (parts.title && !data.title.isEmpty()) m.top += lineHeight(style.font) + kTitleGapPt * style.pt;
    // Half a line: the top number of the colour bar is centred on the plot's edge.
    else m.top += line / 2;
    m.bottom = tick + line + edge;
    if (!data.x.label.isEmpty()) {
        m.xLines = labelLines(withUnit(data.x.label, data.x.unit), small, width - 2 * edge);
        m.bottom += double(m.xLines.size()) * line + gap;
    }
    if (parts.footLine) {
        m.bottom += line + kTitleGapPt * style.pt;
    } else if (parts.caption && !data.caption.isEmpty()) {
        m.captionLines = brokenLines(data.caption, small, width - 2 * edge);
        m.bottom += double(m.captionLines.size()) * line + kTitleGapPt * style.pt;
    }
    m.top = std::max(m.top, parts.above);
    m.bottom = std::max(m.bottom, parts.below);
    // Upright labels that are longer than the plot is high get more lines, which in turn take some of its width.
    const QString yLabel =
        data.y.names.empty() && !data.y.label.isEmpty() ? withUnit(data.y.label, data.y.unit) : QString();
    const QString barLabel = withUnit(data.valueLabel, data.unit);
    double room = 1e9;
    m.barNumbers = widestText(small, tickTexts(niceTicks(range.first, range.second, 6)));
    for (int pass = 0; pass < 3; ++pass) {
        m.yLines = labelLines(yLabel, small, room);
        m.barLines = labelLines(barLabel, small, room);
        const auto beside = [&](const QStringList& lines) {
            return lines.isEmpty() ? 0 : double(lines.size()) * line + gap;
        };
        m.left = edge + beside(m.yLines) + names + tick;
        m.right = (kBarGapPt + kBarPt) * style.pt + tick + m.barNumbers + beside(m.barLines) + edge;
        double plot = plotHeight(data, m, width, height, style);
        if (data.squareCells) plot = std::min(plot, std::max(1.0, width - m.left - m.right) * data.rows / data.cols);
        room = plot + roomAbove(style) + roomBelow(style);
        // The label stands close beside the numbers that are drawn.
        m.barNumbers = widestText(small, tickTexts(barTicks(plot, range, line)));
    }
    return m;
}

std::vector<HeatmapTick> axisTicks(const HeatmapAxis& axis, int cells, double origin, double cell, double airy,
                                   double close) {
    std::vector<HeatmapTick> ticks;
    const auto centre = [&](double index) { return origin + (index + 0.5) * cell; };
    if (!axis.names.empty()) {
        const int every = std::max(1, int(std::ceil(airy / cell)));
        for (int i = 0; i < cells; i += every) ticks.push_back({centre(i), axis.names[std::size_t(i)]});
        return ticks;
    }
    if (axis.values.empty()) return ticks;
    const auto values = cells == 1 ? std::vector<double>{axis.values[0]}
                                   : ticksAlong(cells * cell, axis.values.front(), axis.values.back() + 1e-9, airy,
                                                close, cells, stepOf(axis));
    const QStringList texts = tickTexts(values);
    for (std::size_t i = 0; i < values.size(); ++i)
        ticks.push_back({centre((values[i] - firstValue(axis)) / stepOf(axis)), texts[qsizetype(i)]});
    return ticks;
}

constexpr HeatmapParts kPaper{.title = false, .caption = false};

std::pair<double, double> rangeOf(const HeatmapData& data, const HeatmapStyle& options) {
    return options.range.value_or(valueRange(data));
}

// [low, high] of a label of that length: centred on the plot, moved as far as the room asks.
std::pair<double, double> placed(double centre, double length, double low, double high) {
    const double half = std::min(length, high - low) / 2;
    const double middle = std::clamp(centre, low + half, std::max(low + half, high - half));
    return {middle - half, middle + half};
}

}  // namespace

QRectF HeatmapLayout::cell(const HeatmapData& data, int row, int col) const {
    const double w = plot.width() / data.cols, h = plot.height() / data.rows;
    return {plot.left() + col * w, plot.top() + row * h, w, h};
}

HeatmapLayout layOutHeatmap(const HeatmapData& data, const HeatmapStyle& options, const QRectF& area,
                            const FigureStyle& style, const HeatmapParts& parts) {
    HeatmapLayout layout;
    if (data.empty()) return layout;
    layout.range = rangeOf(data, options);
    const Margins m = marginsOf(data, layout.range, area.width(), std::max(1.0, area.height()), style, parts);
    const QFont small = style.small();
    const double line = lineHeight(small), tick = (kTickPt + kTickGapPt) * style.pt, gap = kLabelGapPt * style.pt,
                 edge = kEdgePt * style.pt;

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
    if (parts.wholeCells)
        shift = std::floor(shift), layout.plot.moveTo(std::round(room.left()), std::round(room.top()));
    layout.plot.translate(shift, 0);

    const QRectF& plot = layout.plot;
    if (parts.title)
        layout.title = QRectF(area.left() + edge, area.top() + edge, area.width() - 2 * edge, lineHeight(style.font));
    layout.bar = QRectF(plot.right() + kBarGapPt * style.pt, plot.top(), kBarPt * style.pt, plot.height());
    layout.xLabelLines = m.xLines;
    layout.yLabelLines = m.yLines;
    layout.barLabelLines = m.barLines;
    const auto upright = [&](double left, const QStringList& lines) {
        const auto [top, bottom] = placed(plot.center().y(), std::max(plot.height(), widestText(small, lines) + 1),
                                          plot.top() - roomAbove(style), plot.bottom() + roomBelow(style));
        return QRectF(left, top, double(lines.size()) * line, bottom - top);
    };
    layout.barLabel = upright(layout.bar.right() + tick + m.barNumbers + gap, m.barLines);
    layout.yLabel = upright(plot.left() - m.left + edge, m.yLines);
    const auto [left, right] =
        placed(plot.center().x(), widestText(small, m.xLines) + 1, area.left() + edge, area.right() - edge);
    layout.xLabel = QRectF(left, plot.bottom() + tick + line + gap, right - left, double(m.xLines.size()) * line);
    layout.captionLines = m.captionLines;
    const double footLines = parts.footLine ? 1 : double(m.captionLines.size());
    layout.foot =
        QRectF(area.left() + edge, area.bottom() - edge - footLines * line, area.width() - 2 * edge, footLines * line);

    const double widestNumber = widestText(small, axisTexts(data.x));
    layout.xTicks =
        axisTicks(data.x, data.cols, plot.left(), cellWidth, widestNumber + 5 * style.pt, widestNumber + 2 * style.pt);
    layout.yTicks =
        axisTicks(data.y, data.rows, plot.top(), cellHeight, data.y.names.empty() ? 2 * line : 0.9 * line, line);
    const auto values = barTicks(plot.height(), layout.range, line);
    const QStringList texts = tickTexts(values);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double share = (values[i] - layout.range.first) / (layout.range.second - layout.range.first);
        layout.barTicks.push_back({plot.bottom() - share * plot.height(), texts[qsizetype(i)]});
    }
    return layout;
}

std::pair<double, double> heatmapRoom(const HeatmapData& data, const HeatmapStyle& options, double width,
                                      const FigureStyle& style) {
    const Margins m = marginsOf(data, rangeOf(data, options), width, 0, style, kPaper);
    return {m.top, m.bottom};
}

double heatmapPlotHeight(const HeatmapData& data, const HeatmapStyle& options, double width, const FigureStyle& style) {
    if (data.empty()) return width * 0.5;
    return plotHeight(data, marginsOf(data, rangeOf(data, options), width, 0, style, kPaper), width, 0, style);
}

double heatmapWidthAt(const HeatmapData& data, const HeatmapStyle& options, double plot, const FigureStyle& style) {
    const double square = plot * data.cols / std::max(1, data.rows);
    double width = 1e6;
    // What stands beside the plot takes more lines where the plot is small.
    for (int pass = 0; pass < 2; ++pass) {
        const auto [above, below] = heatmapRoom(data, options, width, style);
        const Margins m = marginsOf(data, rangeOf(data, options), width, above + plot + below, style, kPaper);
        width = m.left + square + m.right + 0.01;
    }
    return width;
}

double heatmapLeastWidth(const HeatmapData& data, const HeatmapStyle& options, const FigureStyle& style) {
    if (data.empty()) return 0;
    // Seven letters' heights of plot, nine of a square one, which is no higher than it is wide.
    const double plot = (data.squareCells ? 9 : 7) * style.font.pixelSize();
    const Margins m = marginsOf(data, rangeOf(data, options), 1e6, 1e6, style, {}, 1);
    // Narrower, the names of rows would be cut to their share.
    return std::max(m.left + plot + m.right, widestText(style.small(), axisTexts(data.y)) / kMostNames);
}

}  // namespace thaw
