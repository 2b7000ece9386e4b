// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_clip.h"

#include <cmath>
#include <limits>
#include <optional>

namespace thaw {
namespace {

struct Segment {
    double x0, y0, x1, y1;
};

std::optional<Segment> clipped(const Segment& s, std::pair<double, double> xRange, std::pair<double, double> yRange) {
    double enter = 0, leave = 1;
    const double dx = s.x1 - s.x0, dy = s.y1 - s.y0;
    const double p[] = {-dx, dx, -dy, dy};
    const double q[] = {s.x0 - xRange.first, xRange.second - s.x0, s.y0 - yRange.first, yRange.second - s.y0};
    for (int edge = 0; edge < 4; ++edge) {
        if (p[edge] == 0) {
            if (q[edge] < 0) return {};
            continue;
        }
        const double t = q[edge] / p[edge];
        if (p[edge] < 0) enter = std::max(enter, t);
        else leave = std::min(leave, t);
    }
    if (enter > leave) return {};
    const auto at = [](double from, double to, double t) {
        return t == 0 ? from : t == 1 ? to : from + t * (to - from);
    };
    return Segment{at(s.x0, s.x1, enter), at(s.y0, s.y1, enter), at(s.x0, s.x1, leave), at(s.y0, s.y1, leave)};
}

}  // namespace

CurvePoints clippedLine(const CurvePoints& line, std::pair<double, double> xRange, std::pair<double, double> yRange,
                        bool logX, bool logY) {
    const auto scaled = [](double value, bool log) { return log ? std::log(value) : value; };
    const auto unscaled = [](double value, bool log) { return log ? std::exp(value) : value; };
    const std::pair x{scaled(xRange.first, logX), scaled(xRange.second, logX)};
    const std::pair y{scaled(yRange.first, logY), scaled(yRange.second, logY)};
    CurvePoints pieces;
    const auto add = [&](double px, double py) {
        pieces.x.append(px);
        pieces.y.append(py);
    };
    // A point that was not cut is passed on as it came, not through log and exp.
    const auto addCut = [&](double sx, double sy, double px, double py) {
        add(sx == scaled(px, logX) ? px : unscaled(sx, logX), sy == scaled(py, logY) ? py : unscaled(sy, logY));
    };
    bool open = false;  // the last point added is the start of the next segment
    for (qsizetype i = 1; i < line.x.size(); ++i) {
        const Segment whole{scaled(line.x[i - 1], logX), scaled(line.y[i - 1], logY), scaled(line.x[i], logX),
                            scaled(line.y[i], logY)};
        const bool finite =
            std::isfinite(whole.x0) && std::isfinite(whole.y0) && std::isfinite(whole.x1) && std::isfinite(whole.y1);
        const auto part = finite ? clipped(whole, x, y) : std::nullopt;
        if (!part) {
            open = false;
            continue;
        }
        if (!open) {
            if (!pieces.x.isEmpty())
                add(part->x0 == whole.x0 ? line.x[i - 1] : unscaled(part->x0, logX),
                    std::numeric_limits<double>::quiet_NaN());
            addCut(part->x0, part->y0, line.x[i - 1], line.y[i - 1]);
        }
        addCut(part->x1, part->y1, line.x[i], line.y[i]);
        open = part->x1 == whole.x1 && part->y1 == whole.y1;
    }
    return pieces;
}

CurvePoints clippedPoints(const CurvePoints& points, std::pair<double, double> xRange,
                          std::pair<double, double> yRange) {
    CurvePoints inside;
    for (qsizetype i = 0; i < points.x.size(); ++i) {
        const double px = points.x[i], py = points.y[i];
        if (px < xRange.first || px > xRange.second || !(py >= yRange.first && py <= yRange.second)) continue;
        inside.x.append(px);
        inside.y.append(py);
    }
    return inside;
}

}  // namespace thaw
