// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_paint.h"
#include "widgets/curves/curve_sight.h"

#include <algorithm>

namespace thaw {
namespace {

constexpr double kSignPt = 16, kSignGapPt = 4, kBetweenPt = 10;

// Widths of the columns when the entries are written in rows of `columns`.
std::vector<double> widthsIn(const std::vector<double>& entries, std::size_t columns) {
    std::vector<double> widths(columns, 0);
    for (std::size_t i = 0; i < entries.size(); ++i) widths[i % columns] = std::max(widths[i % columns], entries[i]);
    return widths;
}

double sumOf(const std::vector<double>& widths, double between) {
    double sum = double(widths.size() - 1) * between;
    for (const double width : widths) sum += width;
    return sum;
}

// The most columns that fit, but no more than fill the rows evenly.
std::vector<double> fittingWidths(const std::vector<double>& entries, double width, double between) {
    for (std::size_t columns = entries.size(); columns > 1; --columns) {
        const std::size_t rows = (entries.size() + columns - 1) / columns, even = (entries.size() + rows - 1) / rows;
        if (even != columns) continue;
        auto widths = widthsIn(entries, columns);
        if (sumOf(widths, between) <= width) return widths;
    }
    return widthsIn(entries, 1);
}

}  // namespace

CurveLegend curveLegend(const CurveFigure& figure, double width, const FigureStyle& style) {
    const CurveSight window = curveSight(figure);
    const QFont font = style.small();
    const double line = lineHeight(font), lead = (kSignPt + kSignGapPt) * style.pt, between = kBetweenPt * style.pt;
    CurveLegend legend;
    const auto add = [&](int series, int reference, const QString& name) {
        LegendEntry entry{series, reference, brokenLines(name, font, std::max(1.0, width - lead)), {}, {}};
        legend.entries.push_back(std::move(entry));
    };
    for (std::size_t i = 0; i < figure.series.size(); ++i) {
        const auto& series = figure.series[i];
        if (series.kind != CurveKind::Band && !series.name.isEmpty() && isSeen(series, figure, window))
            add(int(i), -1, series.name);
    }
    for (std::size_t i = 0; i < figure.references.size(); ++i)
        if (!figure.references[i].text.isEmpty() && window.shows(figure.references[i]))
            add(-1, int(i), figure.references[i].text);
    const auto named = std::count_if(figure.series.begin(), figure.series.end(), [](const CurveSeries& s) {
        return s.visible && s.kind != CurveKind::Band && !s.x.empty();
    });
    if (legend.entries.empty() || (legend.entries.size() == 1 && named == 1)) return {};

    std::vector<double> widths;
    for (const LegendEntry& entry : legend.entries) {
        double text = 0;
        for (const QString& words : entry.lines) text = std::max(text, textWidth(font, words));
        widths.push_back(lead + text);
    }
    const auto columns = fittingWidths(widths, width, between);
    double x = 0, y = 0, row = 0;
    for (std::size_t i = 0; i < legend.entries.size(); ++i) {
        if (i % columns.size() == 0) x = 0, y += row, row = 0;
        LegendEntry& entry = legend.entries[i];
        const double height = double(entry.lines.size()) * line;
        entry.sign = QRectF(x, y, kSignPt * style.pt, line);
        entry.text = QRectF(x + lead, y, widths[i] - lead, height);
        row = std::max(row, height);
        x += columns[i % columns.size()] + between;
    }
    legend.height = y + row + 2 * style.pt;
    return legend;
}

}  // namespace thaw
