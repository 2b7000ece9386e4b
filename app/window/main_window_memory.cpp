// SPDX-License-Identifier: GPL-3.0-or-later

// Memory, and the word to a person who is looking elsewhere.
#include "app/engine/compute_thread.h"
#include "app/shared/read_aside.h"
#include "app/window/actions.h"
#include "app/window/main_window.h"
#include "app/window/notifier.h"
#include "app/window/process_memory.h"
#include "app/window/run_report.h"
#include "app/window/status_line.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/number_text.h"

#include <QTimer>

namespace thaw {

void MainWindow::connectMemory() {
    auto* second = new QTimer(this);
    connect(second, &QTimer::timeout, this, [this] {
        if (const auto mib = residentMiB()) status_->setMemory(*mib);
        if (std::exchange(askingDevice_, true)) return;
        readAside(
            this, [device = device_.toStdString()] { return deviceMemoryOf(device); },
            [this](const std::optional<DeviceMemory>& memory) {
                status_->setDeviceMemory(memory);
                askingDevice_ = !memory;  // a computer without a GPU is asked once
            });
    });
    second->start(1000);
    connect(actions_->releaseMemory, &QAction::triggered, compute_, &ComputeThread::releaseMemory);
    connect(compute_->facts(), &Engine::memoryReleased, this, [this](double mib) {
        strip_->showMessage(MessageStrip::Severity::Info,
                            mib >= 1 ? tr("%1 given back to the system").arg(formatQuantity(mib, tr("MiB"), 3))
                                     : tr("There was nothing to give back"),
                            tr("Nothing is lost; what is needed again is made again."));
    });
    auto* notifier = new Notifier(this);
    connect(compute_->facts(), &Engine::runEnded, this, [this, notifier](RunOutcome outcome) {
        const QString run = report_->runTitle();
        switch (outcome) {
        case RunOutcome::Finished: return notifier->tell(tr("Run %1 is finished").arg(run));
        case RunOutcome::Failed: return notifier->tell(tr("Run %1 failed").arg(run));
        case RunOutcome::Diverged: return notifier->tell(tr("Run %1 diverged").arg(run));
        case RunOutcome::Stopped: return;  // by the person, who is here
        }
    });
}

}  // namespace thaw
