// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_data.h"
#include "widgets/curves/series_pyramid.h"

#include <optional>
#include <utility>
#include <vector>

namespace thaw {

/// One series of a store: all its points, and its smoothed values where smoothing is on.
struct StoredCurve {
    QString name;
    CurveKind kind = CurveKind::Line;
    int colour = 0;
    int dash = 0;  ///< as CurveSeries has it, but never -1
    bool visible = true;
    SeriesPyramid raw;     ///< Band: the upper edge
    SeriesPyramid smooth;  ///< Line: debiased EMA, empty without smoothing; Band: the lower edge
    DebiasedEma ema;
    QStringList notes;  ///< per point; may be shorter than the points

    /// What stands for the series on screen: its smoothed values where there are any.
    const SeriesPyramid& shown() const { return smooth.empty() ? raw : smooth; }
};

/// The series of a plot, its marks and its reference lines: plain data that grows while a run goes on. Series are
/// counted 0, 1, 2, ... in the order in which they were added; a number that names none is ignored.
class CurveStore {
public:
    /// A negative `colour` takes the series' own number, a negative `dash` that among the series that are no band. Returns
    /// the series' number.
    int add(const QString& name, CurveKind kind, int colour = -1, int dash = -1);
    int count() const { return int(curves_.size()); }
    bool has(int series) const { return series >= 0 && series < count(); }
    const StoredCurve& operator[](int series) const { return curves_[std::size_t(series)]; }
    const std::vector<StoredCurve>& curves() const { return curves_; }

    /// x must not decrease; a smaller x takes up again there, as a resumed run does, and drops what came after. A point
    /// whose x is not finite is ignored; a y that is not finite is kept.
    void append(int series, double x, double y, const QString& note = {});
    /// Replaces the points.
    void setData(int series, const std::vector<double>& x, const std::vector<double>& y);
    void setBand(int series, const std::vector<double>& x, const std::vector<double>& low,
                 const std::vector<double>& high);
    /// Puts points before the first one; those from the first one's x on are dropped.
    void prepend(int series, const std::vector<double>& x, const std::vector<double>& y);
    void setName(int series, const QString& name);
    void setLook(int series, int colour, int dash);
    /// A band comes and goes with the series of its name.
    void setVisible(int series, bool visible);

    /// Weight of the past in [0, 1) for the smoothed values of every line; 0 keeps none.
    void setSmoothing(double weight);
    double smoothing() const { return weight_; }

    void addMark(double x, const QString& text) { marks_.push_back({x, text}); }
    const std::vector<CurveMark>& marks() const { return marks_; }
    void setReference(double y, const QString& text);  ///< replaces the one of the same text
    void clearReferences() { references_.clear(); }
    const std::vector<CurveReference>& references() const { return references_; }

    /// Forgets points and marks; series, references and smoothing stay.
    void clear();
    /// Forgets the series, their points and the marks.
    void removeSeries();

    /// Adds what the store has to the figure.
    void addTo(CurveFigure& figure) const;
    bool empty() const;  ///< no series has a point
    bool hasLines() const;
    /// First and last x of the visible series.
    std::optional<std::pair<double, double>> reach() const;
    /// The visible series with the most points that is read out, or none.
    const StoredCurve* longest() const;
    /// The x of the nearest point among the visible series that are read out.
    std::optional<double> nearestX(double x) const;

private:
    void put(StoredCurve& curve, double x, double y, const QString& note) const;
    void rebuildSmooth(StoredCurve& curve) const;
    void clearPoints(StoredCurve& curve) const;

    std::vector<StoredCurve> curves_;
    std::vector<CurveMark> marks_;
    std::vector<CurveReference> references_;
    double weight_ = 0;
};

/// Whether a read-out has values of the series: it is visible, has points and is no sign beside others.
bool isReadOut(const StoredCurve& curve);

}  // namespace thaw
