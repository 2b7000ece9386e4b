// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_store.h"

#include <QObject>

class QCPAxis;
class QCustomPlot;

namespace thaw {

using AxisRange = std::pair<double, double>;

/// The window that shows every visible series: along x from the first point to the last (`others`: what linked plots reach
/// has its place too), along y what lies between, and every reference line. None when there is no visible point.
std::optional<std::pair<AxisRange, AxisRange>> fittedWindow(const CurveStore& store, bool logX, bool logY,
                                                            const std::vector<AxisRange>& others = {});

/// Which part of the plane a plot shows: the ranges of its two axes, and whether they follow the latest points. The user
/// zooms and pans by QCustomPlot's own interactions, `zoom`, or the window of a linked plot.
class CurveWindow : public QObject {
    Q_OBJECT
public:
    explicit CurveWindow(QCustomPlot& plot);

    bool logX() const { return logX_; }
    bool logY() const { return logY_; }
    /// The scale of the axes themselves is the canvas's.
    void setLog(bool x, bool y);

    AxisRange xRange() const;
    AxisRange yRange() const;
    /// While it follows, `fit` has an effect; a user who moves the window ends it.
    bool follows() const { return follows_; }
    void setFollows(bool on);
    void fit(const CurveStore& store, const std::vector<AxisRange>& others);
    /// Takes the range of a linked plot.
    void setXRange(const AxisRange& range);
    /// A factor below 1 shows less; y is scaled about its centre.
    void zoom(double factor, std::optional<double> aboutX);
    /// Which axes the wheel zooms: both, y alone or x alone.
    void setWheelAxes(bool x, bool y);

Q_SIGNALS:
    void moved();  ///< by the user
    void followsChanged(bool on);

private:
    void userMoved();
    void setRanges(const AxisRange& x, const AxisRange& y);

    QCustomPlot& plot_;
    bool logX_ = false, logY_ = false, follows_ = true;
    bool setting_ = false;  // the ranges change, but not by the user
};

}  // namespace thaw
