// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/live_views.h"

#include "app/frequency/frequency_page.h"
#include "app/samples/compare_page.h"

#include <QTimer>

#include <utility>

namespace thaw {
namespace {
constexpr int kRefreshMs = 3000;
}

LiveViews::LiveViews(ComparePage& samples, FrequencyPage& frequency, QObject* parent)
    : QObject(parent), samples_(samples), frequency_(frequency), timer_(new QTimer(this)) {
    timer_->setInterval(kRefreshMs);
    connect(timer_, &QTimer::timeout, this, [this] {
        if (samples_.isVisible()) samples_.renewTuned();
    });
}

void LiveViews::setState(RunState state) {
    const RunState before = std::exchange(state_, state);
    if (state == RunState::Running) {
        timer_->start();
        if (before == RunState::Starting) refreshAll();
        return;
    }
    timer_->stop();
    // A run that failed or diverged leaves its last good pictures on screen.
    if (state == RunState::Paused || state == RunState::Finished) refreshAll();
}

void LiveViews::noteSteps() {
    if (state_ == RunState::Paused) refreshAll();
}

void LiveViews::refreshAll() {
    samples_.refreshTuned();
    if (frequency_.isVisible()) frequency_.refreshTuned();
}

}  // namespace thaw
