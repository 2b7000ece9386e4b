// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_sheet_layout.h"

#include "widgets/base/qcustomplot.h"

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kColumnGapPt = 10, kRowGapPt = 8, kTitleGapPt = 1, kCaptionGapPt = 6;
// What an empty place costs, in logarithms of the page's aspect.
constexpr double kEmptyPlace = 0.25;

double columnWidth(int columns, double width, const FigureStyle& style) {
    return std::max(1.0, (width - (columns - 1) * kColumnGapPt * style.pt) / columns);
}

struct Row {
    double title = 0, body = 0;
    bool stretches = true;
};

std::vector<QStringList> brokenTitles(const SheetPlan& plan, double width, const FigureStyle& style) {
    std::vector<QStringList> titles;
    for (const QString& title : plan.titles)
        titles.push_back(evenLines(title, style.bold(), width - 2 * kEdgePt * style.pt));
    return titles;
}

std::vector<Row> rowsOf(const SheetPlan& plan, const std::vector<QStringList>& titles, double width,
                        const FigureStyle& style) {
    const std::size_t columns = std::size_t(std::max(1, plan.columns));
    std::vector<Row> rows((plan.parts.size() + columns - 1) / columns);
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        Row& row = rows[i / columns];
        row.body = std::max(row.body, plan.parts[i].heightAt(width, style));
        row.stretches = row.stretches && plan.parts[i].stretches;
        if (const qsizetype lines = titles[i].size())
            row.title =
                std::max(row.title, (kEdgePt + kTitleGapPt) * style.pt + double(lines) * lineHeight(style.font));
    }
    return rows;
}

QStringList captionLines(const SheetPlan& plan, double width, const FigureStyle& style) {
    return brokenLines(plan.caption, style.small(), width - 2 * kEdgePt * style.pt);
}

// Everything but the panels themselves.
double fixedHeight(const std::vector<Row>& rows, const QStringList& caption, const FigureStyle& style) {
    double height = rows.empty() ? 0 : double(rows.size() - 1) * kRowGapPt * style.pt;
    for (const Row& row : rows) height += row.title;
    if (!caption.isEmpty())
        height += (kCaptionGapPt + kEdgePt) * style.pt + double(caption.size()) * lineHeight(style.small());
    return height;
}

double bodyHeight(const std::vector<Row>& rows) {
    double height = 0;
    for (const Row& row : rows) height += row.body;
    return height;
}

void fill(std::vector<Row>& rows, double room) {
    const double height = bodyHeight(rows);
    double flexible = 0;
    for (const Row& row : rows) flexible += row.stretches ? row.body : 0;
    const bool all = room < height || flexible == 0;
    const double scale = all ? room / std::max(1.0, height) : 1 + (room - height) / flexible;
    for (Row& row : rows)
        if (all || row.stretches) row.body *= scale;
}

}  // namespace

double sheetHeight(const SheetPlan& plan, double width, const FigureStyle& style) {
    const double column = columnWidth(plan.columns, width, style);
    const auto rows = rowsOf(plan, brokenTitles(plan, column, style), column, style);
    return fixedHeight(rows, captionLines(plan, width, style), style) + bodyHeight(rows);
}

SheetLayout layOutSheet(const SheetPlan& plan, const QRectF& area, const FigureStyle& style) {
    SheetLayout layout;
    const double edge = kEdgePt * style.pt, column = columnWidth(plan.columns, area.width(), style);
    const auto titles = brokenTitles(plan, column, style);
    auto rows = rowsOf(plan, titles, column, style);
    layout.captionLines = captionLines(plan, area.width(), style);
    fill(rows, std::max(1.0, area.height() - fixedHeight(rows, layout.captionLines, style)));
    double top = area.top();
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const std::size_t r = i / std::size_t(plan.columns), c = i % std::size_t(plan.columns);
        if (i > 0 && c == 0) top += rows[r - 1].title + rows[r - 1].body + kRowGapPt * style.pt;
        const double left = area.left() + double(c) * (column + kColumnGapPt * style.pt);
        SheetLayout::Place place;
        place.title = QRectF(left + edge, top + edge, column - 2 * edge, std::max(0.0, rows[r].title - edge));
        place.body = QRectF(left, top + rows[r].title, column, rows[r].body);
        place.titleLines = titles[i];
        layout.places.push_back(std::move(place));
    }
    const double foot = double(layout.captionLines.size()) * lineHeight(style.small());
    layout.caption = QRectF(area.left() + edge, area.bottom() - edge - foot, area.width() - 2 * edge, foot);
    return layout;
}

int fittingColumns(SheetPlan plan, double width, const FigureStyle& style, double aspect) {
    int best = 1;
    double nearest = 0;
    const int count = int(plan.parts.size());
    double least = 0;
    for (const FigurePart& part : plan.parts) least = std::max(least, part.leastWidth(style));
    for (int columns = 1; columns <= count; ++columns) {
        if (columns > 1 && columnWidth(columns, width, style) < least) break;
        plan.columns = columns;
        const int empty = (columns - count % columns) % columns;
        const double distance =
            std::abs(std::log(width / sheetHeight(plan, width, style) / aspect)) + kEmptyPlace * empty;
        if (columns == 1 || distance < nearest) best = columns, nearest = distance;
    }
    return best;
}

FigurePart partOf(const SheetPlan& plan) {
    FigurePart part;
    part.heightAt = [plan](double width, const FigureStyle& style) { return sheetHeight(plan, width, style); };
    part.draw = [plan](QCPPainter& painter, const QRectF& area, const FigureStyle& style) {
        const SheetLayout layout = layOutSheet(plan, area, style);
        const auto lines = [&](const QRectF& box, const QStringList& texts, const QFont& font, const QColor& colour) {
            const double line = lineHeight(font);
            for (qsizetype i = 0; i < texts.size(); ++i)
                drawLine(painter, QRectF(box.left(), box.top() + double(i) * line, box.width(), line), Qt::AlignLeft,
                         texts[i], font, colour);
        };
        for (std::size_t i = 0; i < layout.places.size(); ++i) {
            const auto& place = layout.places[i];
            lines(place.title, place.titleLines, style.bold(), style.text);
            plan.parts[i].draw(painter, place.body, style);
        }
        lines(layout.caption, layout.captionLines, style.small(), style.muted);
    };
    return part;
}

QString panelLetter(std::size_t panel) {
    QString letters;
    for (std::size_t rest = panel + 1; rest > 0; rest = (rest - 1) / 26)
        letters.prepend(QChar(u'a' + char16_t((rest - 1) % 26)));
    return QStringLiteral("(%1)").arg(letters);
}

}  // namespace thaw
