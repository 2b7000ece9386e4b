// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_report.h"
#include "core/values/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace thaw {
namespace {

constexpr double kWidth = 640, kHeight = 400, kLeft = 64, kRight = 150, kTop = 16, kBottom = 52;
// Okabe and Ito 2008: told apart by colour-blind readers too.
const char* const kColours[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7F7F7F"};
const char* const kDashes[] = {"", "6 3", "2 3"};  // then the colours begin again

struct Axis {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    bool log = false;
    double from = 0, to = 1;  // in the picture

    void take(double value) {
        if (!std::isfinite(value) || (log && value <= 0)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool isEmpty() const { return low > high; }
    void widen() {
        if (isEmpty()) low = log ? 1 : 0, high = 1;
        if (low == high) {
            const double pad = log ? 0 : std::max(std::abs(low) * 0.1, 0.5);
            low = log ? low / 1.5 : low - pad;
            high = log ? high * 1.5 : high + pad;
        }
    }
    double at(double value) const {
        const double share =
            log ? (std::log(value) - std::log(low)) / (std::log(high) - std::log(low)) : (value - low) / (high - low);
        return from + std::clamp(share, -0.02, 1.02) * (to - from);
    }
    // 1, 2, 5 times a power of ten.
    std::vector<double> ticks() const {
        std::vector<double> found;
        if (log) {
            for (double decade = std::pow(10, std::floor(std::log10(low))); decade <= high; decade *= 10)
                for (const double step : {1.0, 2.0, 5.0})
                    if (decade * step >= low * 0.999 && decade * step <= high * 1.001) found.push_back(decade * step);
            return found;
        }
        const double raw = (high - low) / 5, power = std::pow(10, std::floor(std::log10(raw)));
        const double step = power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10);
        for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k) found.push_back(k * step);
        return found;
    }
};

std::string pt(double value) { return fixedNumber(value, 1); }

std::string svgText(double x, double y, const std::string& text, const std::string& rest) {
    std::string safe;
    for (const char c : text) safe += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
    return "<text x=\"" + pt(x) + "\" y=\"" + pt(y) + "\" " + rest + ">" + safe + "</text>\n";
}

std::string svgLine(double x1, double y1, double x2, double y2, const char* colour) {
    return "<line x1=\"" + pt(x1) + "\" y1=\"" + pt(y1) + "\" x2=\"" + pt(x2) + "\" y2=\"" + pt(y2) + "\" stroke=\"" +
           colour + "\"/>\n";
}

std::string axesSvg(const ReportChart& chart, const Axis& x, const Axis& y) {
    std::string svg;
    for (const double tick : x.ticks()) {
        svg += svgLine(x.at(tick), y.to, x.at(tick), y.from, "#E5E5E5");
        svg += svgText(x.at(tick), y.from + 16, shortNumber(tick), "text-anchor=\"middle\"");
    }
    for (const double tick : y.ticks()) {
        svg += svgLine(x.from, y.at(tick), x.to, y.at(tick), "#E5E5E5");
        svg += svgText(x.from - 6, y.at(tick) + 4, shortNumber(tick), "text-anchor=\"end\"");
    }
    svg += svgLine(x.from, y.from, x.to, y.from, "#444") + svgLine(x.from, y.from, x.from, y.to, "#444");
    svg += svgText((x.from + x.to) / 2, kHeight - 12, chart.xLabel, "text-anchor=\"middle\"");
    const double middle = (y.from + y.to) / 2;
    return svg +
           svgText(16, middle, chart.yLabel, "text-anchor=\"middle\" transform=\"rotate(-90 16 " + pt(middle) + ")\"");
}

std::string seriesSvg(const ReportSeries& series, std::size_t index, const Axis& x, const Axis& y) {
    const std::string colour = kColours[index % std::size(kColours)];
    const char* dash = kDashes[index / std::size(kColours) % std::size(kDashes)];
    std::string line, upper, lower, marks;
    for (std::size_t i = 0; i < series.x.size(); ++i) {
        const double mean = series.mean[i];
        if (!std::isfinite(mean) || (y.log && mean <= 0)) continue;
        const double px = x.at(series.x[i]), deviation = std::isfinite(series.deviation[i]) ? series.deviation[i] : 0;
        line += pt(px) + "," + pt(y.at(mean)) + " ";
        upper += pt(px) + "," + pt(y.at(mean + deviation)) + " ";
        const double low = y.log ? std::max(mean - deviation, y.low) : mean - deviation;
        lower.insert(0, pt(px) + "," + pt(y.at(low)) + " ");
        marks += "<circle cx=\"" + pt(px) + "\" cy=\"" + pt(y.at(mean)) + "\" r=\"3\" fill=\"" + colour + "\"/>\n";
        if (deviation > 0 && series.x.size() == 1)
            marks += svgLine(px, y.at(mean + deviation), px, y.at(low), colour.c_str());
    }
    return "<polygon points=\"" + upper + lower + "\" fill=\"" + colour +
           "\" fill-opacity=\"0.15\"/>\n<polyline points=\"" + line + "\" fill=\"none\" stroke=\"" + colour +
           "\" stroke-width=\"1.6\" stroke-dasharray=\"" + dash + "\"/>\n" + marks;
}

// Names beside the ends of the lines, moved apart where they would touch.
std::string namesSvg(const ReportChart& chart, const Axis& y) {
    struct Name {
        double at;
        std::size_t series;
    };
    std::vector<Name> names;
    for (std::size_t i = 0; i < chart.series.size(); ++i)
        if (const auto& s = chart.series[i]; !s.mean.empty() && std::isfinite(s.mean.back()))
            names.push_back({y.at(s.mean.back()), i});
    std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.at < b.at; });
    constexpr double kGap = 15;
    for (std::size_t i = 0; i < names.size(); ++i)
        names[i].at = std::max(names[i].at, i ? names[i - 1].at + kGap : kTop + 4);
    for (std::size_t i = names.size(); i-- > 0;)
        names[i].at = std::min(names[i].at, i + 1 < names.size() ? names[i + 1].at - kGap : y.from);
    std::string svg;
    for (const auto& [at, series] : names)
        svg += svgText(kWidth - kRight + 8, at + 4, chart.series[series].name,
                       std::string("fill=\"") + kColours[series % std::size(kColours)] + "\"");
    return svg;
}

}  // namespace

std::string chartSvg(const ReportChart& chart) {
    Axis x, y;
    x.log = chart.logX;
    y.log = chart.logY;
    x.from = kLeft, x.to = kWidth - kRight;
    y.from = kHeight - kBottom, y.to = kTop;
    for (const auto& series : chart.series)
        for (std::size_t i = 0; i < series.x.size(); ++i) {
            x.take(series.x[i]);
            y.take(series.mean[i]);
            y.take(series.mean[i] + series.deviation[i]);
            y.take(series.mean[i] - series.deviation[i]);
        }
    x.widen();
    y.widen();
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"400\" viewBox=\"0 0 640 400\" "
        "font-family=\"DejaVu Sans, sans-serif\" font-size=\"12\" fill=\"#222\" role=\"img\">\n";
    svg += axesSvg(chart, x, y);
    for (std::size_t i = 0; i < chart.series.size(); ++i) svg += seriesSvg(chart.series[i], i, x, y);
    return svg + namesSvg(chart, y) + "</svg>\n";
}

}  // namespace thaw
