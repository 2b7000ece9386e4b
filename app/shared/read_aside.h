// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace thaw {

/// Calls `read` on another thread, then `take` with its result on the GUI thread, if `receiver` still lives. `read`
/// must not throw. `threads`: for what may wait long, threads of its own.
template <typename Receiver, typename Read, typename Take>
void readAside(Receiver* receiver, Read read, Take take, QThreadPool* threads = QThreadPool::globalInstance()) {
    threads->start([guard = QPointer<Receiver>(receiver), read = std::move(read), take = std::move(take)]() mutable {
        auto result = read();
        QMetaObject::invokeMethod(
            qApp,
            [guard, take = std::move(take), result = std::move(result)] {
                if (guard) take(result);
            },
            Qt::QueuedConnection);
    });
}

}  // namespace thaw
