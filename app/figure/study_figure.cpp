// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/study_figure.h"

#include "app/figure/panel_figure.h"
#include "app/figure/panel_text.h"
#include "widgets/base/number_text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace thaw {
namespace {

// Where a value has no place on the axis, its point is left out.
bool isDrawable(double value, bool log) { return std::isfinite(value) && (!log || value > 0); }

struct SeriesPair {
    CurveSeries points, band;
};

SeriesPair drawnSeries(const ReportSeries& series, const ReportChart& chart, int number) {
    SeriesPair drawn;
    drawn.points.name = drawn.band.name = QString::fromStdString(series.name);
    drawn.points.kind = CurveKind::Points;
    drawn.band.kind = CurveKind::Band;
    drawn.points.colour = drawn.band.colour = drawn.points.dash = number;
    std::vector<std::size_t> order(series.x.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return series.x[a] < series.x[b]; });
    for (const auto i : order) {
        if (!isDrawable(series.x[i], chart.logX) || !isDrawable(series.mean[i], chart.logY)) continue;
        const double mean = series.mean[i], deviation = series.deviation[i];
        drawn.points.x.push_back(series.x[i]);
        drawn.points.y.push_back(mean);
        const bool spread = std::isfinite(deviation) && deviation > 0;
        drawn.points.notes << (spread ? QStringLiteral("± ") + formatNumber(deviation, 3) : QString());
        drawn.band.x.push_back(series.x[i]);
        // An edge below zero has no place on a logarithmic axis: a tenth of the mean stands for it.
        const double low = mean - (spread ? deviation : 0);
        drawn.band.low.push_back(chart.logY ? std::max(low, mean / 10) : low);
        drawn.band.y.push_back(mean + (spread ? deviation : 0));
    }
    return drawn;
}

// A band of a single place would be nothing: it is drawn as wide as a mark.
void widenSinglePlace(CurveSeries& band, const ReportChart& chart) {
    if (band.x.size() != 1) return;
    double low = band.x.front(), high = low;
    for (const auto& series : chart.series)
        for (const double x : series.x)
            if (isDrawable(x, chart.logX)) low = std::min(low, x), high = std::max(high, x);
    if (low == high) {  // alone on its axis, which then reaches a bit to both sides
        low = chart.logX ? low / 1.5 : low - 0.5;
        high = chart.logX ? high * 1.5 : high + 0.5;
    }
    constexpr double kHalf = 0.008;  // of the axis
    const double x = band.x.front();
    const double factor = chart.logX ? std::pow(high / low, kHalf) : 1;
    const double shift = chart.logX ? 0 : (high - low) * kHalf;
    band.x = {x / factor - shift, x * factor + shift};
    band.y.push_back(band.y.front());
    band.low.push_back(band.low.front());
}

bool hasSpread(const CurveSeries& band) {
    for (std::size_t i = 0; i < band.x.size(); ++i)
        if (band.y[i] > band.low[i]) return true;
    return false;
}

}  // namespace

CurveFigure studyCurves(const ReportChart& chart, const QString& studyTitle) {
    CurveFigure figure;
    figure.title = QString::fromStdString(chart.title);
    figure.xLabel = QString::fromStdString(chart.xLabel);
    figure.yLabel = QString::fromStdString(chart.yLabel);
    figure.logX = chart.logX;
    figure.logY = chart.logY;
    std::vector<CurveSeries> points;
    bool anySpread = false;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        auto drawn = drawnSeries(chart.series[i], chart, int(i));
        if (drawn.points.x.empty()) continue;
        if (hasSpread(drawn.band)) {
            anySpread = true;
            widenSinglePlace(drawn.band, chart);
            figure.series.push_back(std::move(drawn.band));
        }
        points.push_back(std::move(drawn.points));
    }
    for (auto& series : points) figure.series.push_back(std::move(series));  // over all bands
    for (const auto& line : chart.lines)
        if (isDrawable(line.y, chart.logY)) figure.references.push_back({line.y, QString::fromStdString(line.text)});
    QStringList caption;
    if (!studyTitle.isEmpty()) caption << studyTitle;
    if (anySpread) caption << PanelText::tr("shaded: one standard deviation over seeds");
    figure.caption = caption.join(QStringLiteral(" · "));
    figure.provenance.emplace_back("study", studyTitle);
    figure.provenance.emplace_back("chart", QString::fromStdString(chart.name));
    return figure;
}

PanelFigure studyFigure(const PanelRecipe& panel, const PanelData& data) {
    if (!data.chart) return {};
    CurveFigure figure = studyCurves(*data.chart, QString::fromStdString(data.studyTitle));
    if (panel.range) figure.yRange = panel.range;
    return figure.series.empty() ? PanelFigure() : figure;
}

}  // namespace thaw
