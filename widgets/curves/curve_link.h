// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/curves/curve_window.h"

#include <QList>
#include <QPointer>

namespace thaw {

class CurveCursor;
class CurveFrames;

/// What a plot shares with the plots of the same x that it is linked to: the window along x, following the latest points,
/// the crosshair and the pin.
class CurveLink : public QObject {
    Q_OBJECT
public:
    CurveLink(const CurveStore& store, CurveWindow& window, CurveCursor& cursor, CurveFrames& frames);

    /// Each with every other.
    static void join(const QList<CurveLink*>& links);
    /// What the other plots reach along x; it has its place in this plot's window.
    std::vector<AxisRange> reaches() const;
    /// Draws this plot soon, and the others too while all follow: what is new here widens their windows.
    void schedule();

Q_SIGNALS:
    void pinned(std::optional<double> x);  ///< by the user of this or of another plot

private:
    template <typename Act>
    void withOthers(Act act) const;

    const CurveStore& store_;
    CurveWindow& window_;
    CurveCursor& cursor_;
    CurveFrames& frames_;
    QList<QPointer<CurveLink>> others_;
};

}  // namespace thaw
