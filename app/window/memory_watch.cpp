// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/memory_watch.h"

#include "app/engine/compute_thread.h"
#include "app/shared/read_aside.h"
#include "app/window/actions.h"
#include "app/window/process_memory.h"
#include "app/window/status_line.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/number_text.h"

#include <QTimer>

#include <utility>

namespace thaw {
namespace {
constexpr int kEveryMs = 1000;
}

MemoryWatch::MemoryWatch(ComputeThread& compute, const QString& device, const Actions& actions, StatusLine& status,
                         MessageStrip& strip, QObject* parent)
    : QObject(parent), status_(status), strip_(strip), device_(device) {
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &MemoryWatch::look);
    timer->start(kEveryMs);
    connect(actions.releaseMemory, &QAction::triggered, &compute, &ComputeThread::releaseMemory);
    connect(compute.facts(), &EngineFacts::memoryReleased, this, &MemoryWatch::showReleased);
}

void MemoryWatch::look() {
    if (const auto mib = residentMiB()) status_.setMemory(*mib);
    if (isFar_ || std::exchange(askingDevice_, true)) return;
    readAside(
        this, [device = device_.toStdString()] { return deviceMemoryOf(device); },
        [this](const std::optional<DeviceMemory>& memory) {
            status_.setDeviceMemory(isFar_ ? std::nullopt : memory);
            askingDevice_ = !memory;  // a computer without a GPU is asked once
        });
}

void MemoryWatch::setFar(bool far) {
    isFar_ = far;
    if (far) status_.setDeviceMemory(std::nullopt);
}

void MemoryWatch::showReleased(double mib) {
    strip_.showMessage(MessageStrip::Severity::Info,
                       mib >= 1 ? tr("%1 given back to the system").arg(formatQuantity(mib, tr("MiB"), 3))
                                : tr("There was nothing to give back"),
                       tr("Nothing is lost; what is needed again is made again."));
}

}  // namespace thaw
