// SPDX-License-Identifier: GPL-3.0-or-later

// When a CurvePlot draws: at most once a frame, and together with the plots it is linked to.
#include "widgets/curves/curve_plot_impl.h"

#include <QLabel>
#include <QTimer>

namespace thaw {
namespace {

constexpr int kSlowFrameMs = 200;
constexpr double kSlowReplotMs = 12;

}  // namespace

void CurvePlot::link(const QList<CurvePlot*>& plots) {
    for (CurvePlot* plot : plots) {
        for (CurvePlot* other : plots)
            if (other != plot) plot->impl_->companions << other;
        connect(plot, &CurvePlot::followLatestChanged, plot, [plot](bool on) {
            for (const auto& other : plot->impl_->companions)
                if (other) other->setFollowLatest(on);
        });
    }
}

void CurvePlot::setPin(std::optional<double> x) { impl_->setPin(x, false); }
std::optional<double> CurvePlot::pin() const { return impl_->pin; }

void CurvePlot::showWindow(double low, double high) {
    impl_->fitting = true;
    impl_->plot->xAxis->setRange(low, high);
    impl_->fitting = false;
    impl_->schedule();
}

void CurvePlot::Impl::schedule() {
    pending = true;
    if (owner.isVisible() && !timer->isActive()) timer->start();
    // What is new here widens the window of the linked plots too.
    if (!following) return;
    for (const auto& other : companions)
        if (other && other->impl_->following && other->isVisible() && !other->impl_->timer->isActive()) {
            other->impl_->pending = true;
            other->impl_->timer->start();
        }
}

void CurvePlot::Impl::draw(bool now) {
    if (!pending && !now) return;
    pending = false;
    fitRanges();
    showData();
    empty->setVisible(isEmpty());
    plot->replot(now ? QCustomPlot::rpImmediateRefresh : QCustomPlot::rpQueuedReplot);
    timer->setInterval(plot->replotTime(true) > kSlowReplotMs ? kSlowFrameMs : kFrameMs);
    if (cursor) moveCursor(*cursor);
    describe();
}

}  // namespace thaw
