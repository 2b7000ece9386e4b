// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace thaw {

/// Tells the event loop of the signals INT, TERM, HUP (the terminal is closed) and of a closed pipe (nobody reads standard
/// output or error any more), so that a run is saved before the program leaves. A second INT or TERM kills. Under nohup HUP
/// stays ignored. One at a time.
class SignalWatch : public QObject {
    Q_OBJECT
public:
    explicit SignalWatch(QObject* parent = nullptr);
    ~SignalWatch() override;
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

Q_SIGNALS:
    void leaveAsked();

private:
    QSocketNotifier* notifier_ = nullptr;
};

}  // namespace thaw
