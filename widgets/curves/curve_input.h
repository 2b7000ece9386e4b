// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPoint>

#include <optional>

class QCustomPlot;
class QKeyEvent;
class QMouseEvent;

namespace thaw {

class CurveCursor;
class CurveStore;
class CurveWindow;

/// Mouse and keys of a plot, which CurvePlot documents: it watches the events of the QCustomPlot and moves the window and
/// the cursor. QCustomPlot itself drags and zooms by the wheel; this says along which axes.
class CurveInput : public QObject {
    Q_OBJECT
public:
    CurveInput(QCustomPlot& plot, const CurveStore& store, CurveWindow& window, CurveCursor& cursor);

Q_SIGNALS:
    void fitRequested();  ///< with the latest points, which are drawn at once
    void logYToggled();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void hover(const QMouseEvent& mouse);
    void release(const QMouseEvent& mouse);
    bool pressKey(const QKeyEvent& key);

    QCustomPlot& plot_;
    const CurveStore& store_;
    CurveWindow& window_;
    CurveCursor& cursor_;
    std::optional<QPoint> pressed_;  // where a click may have begun
};

}  // namespace thaw
