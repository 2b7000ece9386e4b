// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_sheet_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace thaw {
namespace {

constexpr double kColumnGapPt = 10, kRowGapPt = 8, kTitleGapPt = 1, kCaptionGapPt = 6;
// What a last row without any panel would cost, in logarithms of the page's aspect: so much that three stand side by side.
constexpr double kEmptyRow = 2.2;
constexpr double kMostGrowth = 1.25;

// One row of panels: where they begin, how wide they are, how high their frames.
struct Row {
    std::size_t first = 0, count = 0;
    std::vector<double> least, widths;  // what each needs, and has
    std::vector<QStringList> titles;
    double title = 0, frame = 0;
    PartRoom room;
    bool stretches = true;

    double height() const { return title + room.above + frame + room.below; }
};

struct Sheet {
    const SheetPlan& plan;
    double width;
    const FigureStyle& style;

    double gap() const { return kColumnGapPt * style.pt; }
    // Of a page whose columns are all alike.
    double usual() const { return std::max(1.0, (width - (plan.columns - 1) * gap()) / plan.columns); }
    const FigurePart& part(const Row& row, std::size_t i) const { return plan.parts[row.first + i]; }
    double room(const Row& row) const { return std::max(1.0, width - double(row.count - 1) * gap()); }
};

// Shares `room` evenly, but gives each what it needs at least while that is possible.
void share(std::vector<double>& widths, const std::vector<std::size_t>& which, std::vector<double> least, double room) {
    double needed = 0;
    for (const std::size_t i : which) needed += least[i];
    if (needed > room)
        for (const std::size_t i : which) least[i] *= room / needed;
    std::vector<std::size_t> open = which;
    while (!open.empty()) {
        const double even = room / double(open.size());
        const auto wide = std::find_if(open.begin(), open.end(), [&](std::size_t i) { return least[i] > even; });
        if (wide == open.end()) {
            for (const std::size_t i : open) widths[i] = even;
            return;
        }
        widths[*wide] = least[*wide];
        room -= widths[*wide];
        open.erase(wide);
    }
}

// Widths of a row's panels at the height of its frames; those that keep their shape come first, the rest share what is left.
std::vector<double> widthsAt(const Sheet& sheet, const Row& row, double frame) {
    const double room = sheet.room(row);
    std::vector<double> widths(row.count, 0);
    std::vector<std::size_t> free;
    double taken = 0;
    for (std::size_t i = 0; i < row.count; ++i) {
        const FigurePart& part = sheet.part(row, i);
        if (part.stretches()) free.push_back(i);
        else taken += widths[i] = part.widthAt(frame, sheet.usual(), sheet.style);
    }
    if (!free.empty()) {
        share(widths, free, row.least, std::max(1.0, room - taken));
    } else if (taken > 0) {
        // All keep their shape: they stand in the middle of equal shares of what is left over.
        for (double& width : widths) width += (room - taken) / double(row.count);
    }
    return widths;
}

// Whether everything in the row has the width it needs.
bool fits(const Sheet& sheet, const Row& row, double frame) {
    double needed = 0;
    for (std::size_t i = 0; i < row.count; ++i) {
        const FigurePart& part = sheet.part(row, i);
        needed +=
            part.stretches() ? std::min(row.least[i], sheet.usual()) : part.widthAt(frame, sheet.usual(), sheet.style);
    }
    return needed <= sheet.room(row) * (1 + 1e-9);
}

// The highest frame that fits, at most `most`.
double fittingFrame(const Sheet& sheet, const Row& row, double most) {
    if (fits(sheet, row, most)) return most;
    double low = 0, high = most;
    for (int step = 0; step < 40; ++step) (fits(sheet, row, (low + high) / 2) ? low : high) = (low + high) / 2;
    return std::max(1.0, low);
}

double wantedFrame(const Sheet& sheet, const Row& row) {
    double wanted = 0;
    bool alone = true;
    for (std::size_t i = 0; i < row.count; ++i) {
        wanted = std::max(wanted, sheet.part(row, i).frameAt(sheet.usual(), sheet.style));
        alone = alone && !sheet.part(row, i).stretches();
    }
    if (row.stretches) return wanted;
    // Pictures alone in a row grow until they fill it, unless they would tower over the other rows.
    return fittingFrame(sheet, row, alone ? kMostGrowth * wanted : wanted);
}

// Titles and rooms at the widths that the row has.
void measure(const Sheet& sheet, Row& row) {
    const double edges = 2 * kEdgePt * sheet.style.pt;
    row.titles.clear();
    row.title = 0;
    row.room = {};
    for (std::size_t i = 0; i < row.count; ++i) {
        row.titles.push_back(evenLines(sheet.plan.titles.value(qsizetype(row.first) + qsizetype(i)), sheet.style.bold(),
                                       std::max(1.0, row.widths[i] - edges)));
        if (const qsizetype lines = row.titles.back().size())
            row.title = std::max(
                row.title, (kEdgePt + kTitleGapPt) * sheet.style.pt + double(lines) * lineHeight(sheet.style.font));
        const PartRoom own = sheet.part(row, i).roomAt(row.widths[i], sheet.style);
        row.room.above = std::max(row.room.above, own.above);
        row.room.below = std::max(row.room.below, own.below);
    }
}

std::vector<Row> rowsOf(const Sheet& sheet) {
    const std::size_t columns = std::size_t(std::max(1, sheet.plan.columns)), count = sheet.plan.parts.size();
    std::vector<Row> rows;
    for (std::size_t first = 0; first < count; first += columns) {
        Row row;
        row.first = first;
        row.count = std::min(columns, count - first);
        for (std::size_t i = 0; i < row.count; ++i) {
            row.stretches = row.stretches && sheet.part(row, i).stretches();
            row.least.push_back(sheet.part(row, i).leastWidth(sheet.style));
        }
        row.frame = wantedFrame(sheet, row);
        row.widths = widthsAt(sheet, row, row.frame);
        measure(sheet, row);
        rows.push_back(std::move(row));
    }
    return rows;
}

QStringList captionLines(const Sheet& sheet) {
    return brokenLines(sheet.plan.caption, sheet.style.small(), sheet.width - 2 * kEdgePt * sheet.style.pt);
}

// Everything but the frames themselves.
double fixedHeight(const Sheet& sheet, const std::vector<Row>& rows, const QStringList& caption) {
    const FigureStyle& style = sheet.style;
    double height = rows.empty() ? 0 : double(rows.size() - 1) * kRowGapPt * style.pt;
    for (const Row& row : rows) height += row.height() - row.frame;
    if (!caption.isEmpty())
        height += (kCaptionGapPt + kEdgePt) * style.pt + double(caption.size()) * lineHeight(style.small());
    return height;
}

double framesOf(const std::vector<Row>& rows) {
    double height = 0;
    for (const Row& row : rows) height += row.frame;
    return height;
}

void fill(std::vector<Row>& rows, double room) {
    const double height = framesOf(rows);
    double flexible = 0;
    for (const Row& row : rows) flexible += row.stretches ? row.frame : 0;
    const bool all = room < height || flexible == 0;
    const double scale = all ? room / std::max(1.0, height) : 1 + (room - height) / flexible;
    for (Row& row : rows)
        if (all || row.stretches) row.frame *= scale;
}

}  // namespace

double sheetHeight(const SheetPlan& plan, double width, const FigureStyle& style) {
    const Sheet sheet{plan, width, style};
    const auto rows = rowsOf(sheet);
    return fixedHeight(sheet, rows, captionLines(sheet)) + framesOf(rows);
}

SheetLayout layOutSheet(const SheetPlan& plan, const QRectF& area, const FigureStyle& style) {
    const Sheet sheet{plan, area.width(), style};
    const double edge = kEdgePt * style.pt;
    SheetLayout layout;
    layout.captionLines = captionLines(sheet);
    auto rows = rowsOf(sheet);
    // Once for the heights, from which new widths follow, and with them other words; then to fill the page exactly.
    for (int pass = 0; pass < 2; ++pass) {
        fill(rows, std::max(1.0, area.height() - fixedHeight(sheet, rows, layout.captionLines)));
        if (pass > 0) break;
        for (Row& row : rows) {
            if (row.stretches) continue;
            row.widths = widthsAt(sheet, row, std::min(row.frame, fittingFrame(sheet, row, row.frame)));
            measure(sheet, row);
        }
    }
    double top = area.top();
    for (const Row& row : rows) {
        double left = area.left();
        for (std::size_t i = 0; i < row.count; ++i) {
            SheetLayout::Place place;
            place.title = QRectF(left + edge, top + edge, row.widths[i] - 2 * edge, std::max(0.0, row.title - edge));
            place.body = QRectF(left, top + row.title, row.widths[i], row.height() - row.title);
            place.room = row.room;
            place.titleLines = row.titles[i];
            layout.places.push_back(std::move(place));
            left += row.widths[i] + sheet.gap();
        }
        top += row.height() + kRowGapPt * style.pt;
    }
    const double foot = double(layout.captionLines.size()) * lineHeight(style.small());
    layout.caption = QRectF(area.left() + edge, area.bottom() - edge - foot, area.width() - 2 * edge, foot);
    return layout;
}

int fittingColumns(SheetPlan plan, double width, const FigureStyle& style, double aspect) {
    int best = 1;
    double nearest = 0;
    const int count = int(plan.parts.size());
    std::vector<double> least;
    for (const FigurePart& part : plan.parts) least.push_back(part.leastWidth(style));
    const auto hasRoom = [&](int columns) {
        for (int first = 0; first < count; first += columns) {
            const int in = std::min(columns, count - first);
            const double needed = std::accumulate(least.begin() + first, least.begin() + first + in, 0.0);
            if (needed + (in - 1) * kColumnGapPt * style.pt > width) return false;
        }
        return true;
    };
    for (int columns = 1; columns <= count; ++columns) {
        if (columns > 1 && !hasRoom(columns)) continue;
        plan.columns = columns;
        const int missing = (columns - count % columns) % columns;
        const double distance =
            std::abs(std::log(width / sheetHeight(plan, width, style) / aspect)) + kEmptyRow * missing / columns;
        if (columns == 1 || distance < nearest) best = columns, nearest = distance;
    }
    return best;
}

QString panelLetter(std::size_t panel) {
    QString letters;
    for (std::size_t rest = panel + 1; rest > 0; rest = (rest - 1) / 26)
        letters.prepend(QChar(u'a' + char16_t((rest - 1) % 26)));
    return QStringLiteral("(%1)").arg(letters);
}

}  // namespace thaw
