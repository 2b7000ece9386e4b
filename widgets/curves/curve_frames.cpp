// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_frames.h"

#include "widgets/base/qcustomplot.h"

#include <QWindow>

namespace thaw {
namespace {

constexpr int kFrameMs = 33, kSlowFrameMs = 200;
constexpr double kSlowReplotMs = 12;

}  // namespace

CurveFrames::CurveFrames(QCustomPlot& plot) : plot_(plot) {
    timer_.setSingleShot(true);
    timer_.setInterval(kFrameMs);
    connect(&timer_, &QTimer::timeout, this, [this] {
        if (pending_) Q_EMIT due();
    });
    connect(&plot_, &QCustomPlot::afterReplot, this, [this] { ++count_; });
    plot_.installEventFilter(this);
}

void CurveFrames::schedule() {
    pending_ = true;
    if (plot_.isVisible() && !timer_.isActive()) timer_.start();
}

void CurveFrames::replot(bool now) {
    pending_ = false;
    plot_.replot(now ? QCustomPlot::rpImmediateRefresh : QCustomPlot::rpQueuedReplot);
    timer_.setInterval(plot_.replotTime(true) > kSlowReplotMs ? kSlowFrameMs : kFrameMs);
}

bool CurveFrames::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) schedule();
    if (event->type() == QEvent::Show) {
        if (QWindow* window = plot_.window()->windowHandle())
            connect(window, &QWindow::screenChanged, this, &CurveFrames::matchScreen, Qt::UniqueConnection);
        matchScreen();
        schedule();
    }
    return QObject::eventFilter(watched, event);
}

void CurveFrames::matchScreen() {
    if (plot_.bufferDevicePixelRatio() == plot_.devicePixelRatioF()) return;
    plot_.setBufferDevicePixelRatio(plot_.devicePixelRatioF());
    schedule();
}

}  // namespace thaw
