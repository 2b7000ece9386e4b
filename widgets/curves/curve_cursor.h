// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_store.h"

#include <QObject>
#include <QPalette>

#include <optional>
#include <vector>

class QCPItemStraightLine;
class QCPItemTracer;
class QCustomPlot;
class QLabel;

namespace thaw {

class CurveCanvas;

/// The crosshair of a plot, the dots where it meets the series, the read-out beside it, and the pinned line to which
/// read-outs say the difference. What follows the pointer has a layer of its own, so that moving it redraws no curve.
class CurveCursor : public QObject {
    Q_OBJECT
public:
    /// Who moves it: this plot's own user, or a linked plot. What comes from a linked plot is not announced to others.
    enum class Origin { Own, Linked };

    CurveCursor(QCustomPlot& plot, const CurveStore& store, const CurveCanvas& canvas);

    bool isShown() const;  ///< the plot is on screen
    std::optional<double> x() const { return x_; }
    std::optional<double> pin() const { return pin_; }
    QString readout() const { return readout_; }  ///< in one line; empty while there is no crosshair

    /// Own: goes to the nearest point. Linked: stands at x exactly, as it does there. Leaves when there is no point.
    void moveTo(double x, Origin origin = Origin::Own);
    /// From point to point of the longest series; the first step shows its latest point.
    void step(int steps);
    void leave(Origin origin = Origin::Own);
    void setPin(std::optional<double> x, Origin origin = Origin::Own);
    /// Pins where the crosshair stands, or takes a pin away that is there already, up to `pixels` beside it.
    void togglePin(double pixels);
    /// Points have been added or the window has changed: places everything anew, on behalf of whoever moved it last.
    void refresh();

    void setXLabel(const QString& label) { xLabel_ = label; }
    /// After a series was added or all were removed.
    void matchSeries();
    /// Takes the colours of the palette, and those of the canvas.
    void restyle(const QPalette& palette);

Q_SIGNALS:
    void moved(double x);                  ///< by this plot's user
    void left();                           ///< by this plot's user
    void pinned(std::optional<double> x);  ///< by this plot's user
    void hovered(const QString& readout);  ///< by this plot's user; empty after it left
    void readoutChanged();                 ///< whoever moved it

private:
    void placeDots();
    void placeBubble();

    QCustomPlot& plot_;
    const CurveStore& store_;
    const CurveCanvas& canvas_;
    QCPItemStraightLine* crosshair_ = nullptr;
    QCPItemStraightLine* pinLine_ = nullptr;
    std::vector<QCPItemTracer*> dots_;  // one a series
    QLabel* bubble_;
    QString xLabel_, readout_;
    std::optional<double> x_, pin_;
    Origin origin_ = Origin::Own;  // of x_
    QPalette palette_;
};

}  // namespace thaw
