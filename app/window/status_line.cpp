// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/status_line.h"

#include "widgets/base/number_text.h"
#include "widgets/base/theme.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QTimer>

namespace thaw {

QString stateText(RunState state) {
    const auto text = [](const char* source) { return QCoreApplication::translate("thaw::StatusLine", source); };
    switch (state) {
    case RunState::Empty: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "A model or a data set is missing"));
    case RunState::Loading: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Loading…"));
    case RunState::Ready: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Ready"));
    case RunState::Starting: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Starting…"));
    case RunState::Running: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Running"));
    case RunState::Pausing: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Pausing…"));
    case RunState::Paused: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Paused"));
    case RunState::Stopping: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Saving the run…"));
    case RunState::Finished: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Finished"));
    case RunState::Failed: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Failed"));
    case RunState::Diverged: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "Diverged"));
    case RunState::Disconnected: return text(QT_TRANSLATE_NOOP("thaw::StatusLine", "No connection"));
    }
    return {};
}

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent), run_(new QLabel(this)), readout_(new QLabel(this)), memory_(new QLabel(this)) {
    setSizeGripEnabled(false);
    for (QLabel* label : {run_, readout_, memory_}) label->setFont(tabularFont(font()));
    for (QLabel* label : {run_, readout_}) label->setMinimumWidth(1);  // a long text must not widen the window
    readout_->setAccessibleName(tr("Value under the pointer"));
    run_->setAccessibleName(tr("State of the run"));
    setContentsMargins(kGrid, 0, kGrid, 0);
    addWidget(run_, 1);
    addPermanentWidget(readout_);
    addPermanentWidget(memory_);
    memory_->setAccessibleName(tr("Memory"));
    memory_->setToolTip(
        tr("Resident memory of Thaw, and what every program uses of the GPU; Training > Release memory gives back what "
           "is only kept for speed"));
    makeMuted(memory_);
    auto* second = new QTimer(this);
    connect(second, &QTimer::timeout, this, [this] {
        if (sinceSaved_.isValid()) showRun();
    });
    second->start(1000);
    showRun();
}

void StatusLine::setMachine(const QString& words, const QString& program) {
    machine_ = words;
    run_->setToolTip(program);
    showRun();
}

void StatusLine::setState(RunState state) {
    state_ = state;
    showRun();
}

void StatusLine::setOutcome(RunOutcome outcome) {
    outcome_ = outcome;
    showRun();
}

void StatusLine::setProgress(const RunProgress& progress) {
    progress_ = progress;
    hasRun_ = true;
    showRun();
}

void StatusLine::setMeasuring(bool measuring) {
    measuring_ = measuring;
    showRun();
}

void StatusLine::noteSaved() {
    sinceSaved_.start();
    showRun();
}

void StatusLine::forgetRun() {
    progress_ = {};
    hasRun_ = false;
    measuring_ = false;
    sinceSaved_.invalidate();
    showRun();
}

void StatusLine::setMemory(double residentMiB) {
    resident_ = residentMiB;
    showMemory();
}

void StatusLine::setDeviceMemory(const std::optional<DeviceMemory>& memory) {
    device_ = memory;
    showMemory();
}

void StatusLine::showMemory() {
    const bool large = resident_ >= 1024;
    QString text = formatQuantity(large ? resident_ / 1024 : resident_, large ? tr("GiB") : tr("MiB"), 3);
    if (device_)
        text += QStringLiteral(" · ") +
                tr("GPU %1 / %2 GiB")
                    .arg(formatNumber(device_->usedMiB / 1024, 3), formatNumber(device_->totalMiB / 1024, 3));
    memory_->setText(text);
}

void StatusLine::setReadout(const QString& readout) { readout_->setText(readout); }

QString StatusLine::runText() const { return run_->text(); }

void StatusLine::showRun() {
    const bool stopped = state_ == RunState::Finished && outcome_ == RunOutcome::Stopped;
    QStringList parts{measuring_ && state_ == RunState::Running ? tr("Measuring the distance…")
                      : stopped                                 ? tr("Stopped and saved")
                                                                : stateText(state_)};
    if (!machine_.isEmpty()) parts.prepend(machine_);
    // What was known before the line broke would look like news.
    if (state_ == RunState::Disconnected) return run_->setText(machine_.isEmpty() ? parts.back() : machine_);
    if (hasRun_ && progress_.step() > 0) {
        parts << tr("step %1").arg(QLocale().toString(qlonglong(progress_.step())))
              << formatQuantity(progress_.kimg(), tr("kimg"));
        if (runIsOpen(state_) && progress_.imagesPerSecond() > 0)
            parts << formatQuantity(progress_.imagesPerSecond(), tr("img/s"), 3);
        if (state_ == RunState::Running && progress_.secondsLeft() > 0)
            parts << tr("%1 left").arg(formatDuration(progress_.secondsLeft()));
    }
    if (sinceSaved_.isValid()) parts << tr("saved %1 ago").arg(formatDuration(double(sinceSaved_.elapsed()) / 1000));
    run_->setText(parts.join(QStringLiteral("  ·  ")));
}

}  // namespace thaw
