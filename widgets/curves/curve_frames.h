// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QCustomPlot;

namespace thaw {

/// When a plot is drawn: at most 30 times a second, five times where a frame is slow, and not while it is hidden. It also
/// keeps the plot's buffers at the pixel ratio of its screen.
class CurveFrames : public QObject {
    Q_OBJECT
public:
    explicit CurveFrames(QCustomPlot& plot);

    /// Something is new: `due` follows within a frame, or when the plot is shown.
    void schedule();
    /// Draws, `now` or when control returns to the event loop.
    void replot(bool now);
    int count() const { return count_; }  ///< frames drawn so far

Q_SIGNALS:
    void due();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void matchScreen();

    QCustomPlot& plot_;
    QTimer timer_;  // until the next frame
    bool pending_ = false;
    int count_ = 0;
};

}  // namespace thaw
