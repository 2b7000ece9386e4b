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

double columnWidth(int columns, double width, const FigureInk& ink) {
    return std::max(1.0, (width - (columns - 1) * kColumnGapPt * ink.pt) / columns);
}

struct Row {
    double title = 0, body = 0;
    bool stretches = true;
};

std::vector<QStringList> brokenTitles(const SheetPlan& plan, double width, const FigureInk& ink) {
    std::vector<QStringList> titles;
    for (const QString& title : plan.titles)
        titles.push_back(evenLines(title, ink.bold(), width - 2 * kEdgePt * ink.pt));
    return titles;
}

std::vector<Row> rowsOf(const SheetPlan& plan, const std::vector<QStringList>& titles, double width,
                        const FigureInk& ink) {
    const std::size_t columns = std::size_t(std::max(1, plan.columns));
    std::vector<Row> rows((plan.parts.size() + columns - 1) / columns);
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        Row& row = rows[i / columns];
        row.body = std::max(row.body, plan.parts[i].heightAt(width, ink));
        row.stretches = row.stretches && plan.parts[i].stretches;
        if (const qsizetype lines = titles[i].size())
            row.title = std::max(row.title, (kEdgePt + kTitleGapPt) * ink.pt + double(lines) * lineHeight(ink.font));
    }
    return rows;
}

QStringList captionLines(const SheetPlan& plan, double width, const FigureInk& ink) {
    return brokenLines(plan.caption, ink.small(), width - 2 * kEdgePt * ink.pt);
}

// Everything but the panels themselves.
double fixedHeight(const std::vector<Row>& rows, const QStringList& caption, const FigureInk& ink) {
    double height = rows.empty() ? 0 : double(rows.size() - 1) * kRowGapPt * ink.pt;
    for (const Row& row : rows) height += row.title;
    if (!caption.isEmpty())
        height += (kCaptionGapPt + kEdgePt) * ink.pt + double(caption.size()) * lineHeight(ink.small());
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

double sheetHeight(const SheetPlan& plan, double width, const FigureInk& ink) {
    const double column = columnWidth(plan.columns, width, ink);
    const auto rows = rowsOf(plan, brokenTitles(plan, column, ink), column, ink);
    return fixedHeight(rows, captionLines(plan, width, ink), ink) + bodyHeight(rows);
}

SheetLayout layOutSheet(const SheetPlan& plan, const QRectF& area, const FigureInk& ink) {
    SheetLayout layout;
    const double edge = kEdgePt * ink.pt, column = columnWidth(plan.columns, area.width(), ink);
    const auto titles = brokenTitles(plan, column, ink);
    auto rows = rowsOf(plan, titles, column, ink);
    layout.captionLines = captionLines(plan, area.width(), ink);
    fill(rows, std::max(1.0, area.height() - fixedHeight(rows, layout.captionLines, ink)));
    double top = area.top();
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        const std::size_t r = i / std::size_t(plan.columns), c = i % std::size_t(plan.columns);
        if (i > 0 && c == 0) top += rows[r - 1].title + rows[r - 1].body + kRowGapPt * ink.pt;
        const double left = area.left() + double(c) * (column + kColumnGapPt * ink.pt);
        SheetLayout::Place place;
        place.title = QRectF(left + edge, top + edge, column - 2 * edge, std::max(0.0, rows[r].title - edge));
        place.body = QRectF(left, top + rows[r].title, column, rows[r].body);
        place.titleLines = titles[i];
        layout.places.push_back(std::move(place));
    }
    const double foot = double(layout.captionLines.size()) * lineHeight(ink.small());
    layout.caption = QRectF(area.left() + edge, area.bottom() - edge - foot, area.width() - 2 * edge, foot);
    return layout;
}

int fittingColumns(SheetPlan plan, double width, const FigureInk& ink, double aspect) {
    int best = 1;
    double nearest = 0;
    const int count = int(plan.parts.size());
    double least = 0;
    for (const FigurePart& part : plan.parts) least = std::max(least, part.leastWidth(ink));
    for (int columns = 1; columns <= count; ++columns) {
        if (columns > 1 && columnWidth(columns, width, ink) < least) break;
        plan.columns = columns;
        const int empty = (columns - count % columns) % columns;
        const double distance =
            std::abs(std::log(width / sheetHeight(plan, width, ink) / aspect)) + kEmptyPlace * empty;
        if (columns == 1 || distance < nearest) best = columns, nearest = distance;
    }
    return best;
}

FigurePart partOf(const SheetPlan& plan) {
    FigurePart part;
    part.heightAt = [plan](double width, const FigureInk& ink) { return sheetHeight(plan, width, ink); };
    part.draw = [plan](QCPPainter& painter, const QRectF& area, const FigureInk& ink) {
        const SheetLayout layout = layOutSheet(plan, area, ink);
        const auto lines = [&](const QRectF& box, const QStringList& texts, const QFont& font, const QColor& colour) {
            const double line = lineHeight(font);
            for (qsizetype i = 0; i < texts.size(); ++i)
                drawLine(painter, QRectF(box.left(), box.top() + double(i) * line, box.width(), line), Qt::AlignLeft,
                         texts[i], font, colour);
        };
        for (std::size_t i = 0; i < layout.places.size(); ++i) {
            const auto& place = layout.places[i];
            lines(place.title, place.titleLines, ink.bold(), ink.text);
            plan.parts[i].draw(painter, place.body, ink);
        }
        lines(layout.caption, layout.captionLines, ink.small(), ink.muted);
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
