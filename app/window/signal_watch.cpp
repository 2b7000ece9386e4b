// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/signal_watch.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>

namespace thaw {
namespace {

// A handler may write to a pipe and do little else; the event loop reads the other end.
int watchedEnd = -1, signalledEnd = -1;

void passOn(int signal) {
    const int kept = errno;
    const char byte = 0;
    if (signalledEnd >= 0) (void)!::write(signalledEnd, &byte, 1);
    if (signal == SIGINT || signal == SIGTERM) std::signal(signal, SIG_DFL);
    errno = kept;
}

void watchHangup() {
    struct sigaction before {};
    if (sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
    std::signal(SIGHUP, passOn);
}

}  // namespace

SignalWatch::SignalWatch(QObject* parent) : QObject(parent) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return;  // then signals end the program as they would anyway
    watchedEnd = ends[0];
    signalledEnd = ends[1];
    notifier_ = new QSocketNotifier(watchedEnd, QSocketNotifier::Read, this);
    connect(notifier_, &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        while (::read(watchedEnd, bytes, sizeof bytes) > 0) {
        }
        Q_EMIT leaveAsked();
    });
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) std::signal(signal, passOn);
    watchHangup();
}

SignalWatch::~SignalWatch() {
    if (!notifier_) return;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(signal, SIG_DFL);
    delete notifier_;
    ::close(watchedEnd);
    ::close(signalledEnd);
    watchedEnd = signalledEnd = -1;
}

}  // namespace thaw
