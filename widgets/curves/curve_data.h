// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace thaw {

enum class CurveKind {
    Line,    ///< one value per step: faint raw line, smoothed line on top
    Points,  ///< sparse measurements: markers joined by a thin line, never smoothed
    Band,    ///< a shaded range, `low` to `y`: the spread of a line. Left out of read-outs and legends
    Dots,    ///< markers alone on a line: its points that are not significant. Left out of read-outs
    Ring,    ///< rings around points of other series: the best of them. Left out of read-outs
};

/// Not a curve of its own but a sign beside others.
inline bool isAside(CurveKind kind) {
    return kind == CurveKind::Band || kind == CurveKind::Dots || kind == CurveKind::Ring;
}

/// One named series. Points keep their order of arrival; x must not decrease.
struct CurveSeries {
    QString name;  ///< e.g. "G loss"
    CurveKind kind = CurveKind::Line;
    int colour = 0;  ///< index for seriesColour
    bool visible = true;
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> low;  ///< Band: its lower edge
    QStringList notes;        ///< hover text per point (provenance of a distance); may be shorter than x
    int dash = -1;            ///< pattern of a line, shape of points; -1: its number among the series that are no band
};

/// A vertical dashed mark: a freeze toggle, a pause.
struct CurveMark {
    double x = 0;
    QString text;
};

/// A horizontal line to compare with, e.g. 2.7 "18-step teacher".
struct CurveReference {
    double y = 0;
    QString text;
};

/// Everything a curve figure shows; the same value feeds the screen and the file.
struct CurveFigure {
    QString title;
    QString xLabel;  ///< with unit, e.g. "kimg"
    QString yLabel;
    QString caption;  ///< one line under the figure
    std::vector<CurveSeries> series;
    std::vector<CurveMark> marks;
    std::vector<CurveReference> references;
    double smoothing = 0;  ///< EMA weight of the past in [0, 1); 0 draws the raw values only
    bool logX = false;
    bool logY = false;
    /// Visible window; when absent all data is shown.
    std::optional<std::pair<double, double>> xRange;
    std::optional<std::pair<double, double>> yRange;
    bool visibleOnly = false;                             ///< CSV: only the points inside xRange
    std::vector<std::pair<QString, QString>> provenance;  ///< key, value lines of the CSV header
    QString note;  ///< what any caption of it has to say, e.g. that values are drawn elsewhere than they lie
};

/// Debiased exponential moving average: m_k = w m_{k-1} + (1-w) y_k with m_0 = 0, divided by 1 - w^k, so that the first
/// value is y_1 and not a pull towards 0 (Adam's bias correction). Values that are not finite pass through and leave
/// the average alone.
std::vector<double> debiasedEma(const std::vector<double>& y, double weight);

/// The same, one value at a time.
class DebiasedEma {
public:
    explicit DebiasedEma(double weight = 0) : weight_(weight) {}
    double add(double y);

private:
    double weight_;
    double mean_ = 0;
    double bias_ = 1;  // w^k
};

}  // namespace thaw
