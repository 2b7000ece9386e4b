// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/signals.h"

#include <fcntl.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace thaw::cli {
namespace {

std::atomic<bool> stopAsked{false};
std::atomic<bool> isPatient{false};

void onceThenKill(int signal) {
    stopAsked = true;
    if (!isPatient) std::signal(signal, SIG_DFL);
}

void always(int) { stopAsked = true; }

void catchHangup() {
    struct sigaction before {};
    if (sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
    std::signal(SIGHUP, always);
}

}  // namespace

void catchSignals() {
    static const bool installed = [] {
        std::signal(SIGINT, onceThenKill);
        std::signal(SIGTERM, onceThenKill);
        std::signal(SIGPIPE, always);
        catchHangup();
        return true;
    }();
    (void)installed;
}

void outlastRepeatedSignals() {
    catchSignals();
    isPatient = true;
}

bool interrupted() {
    catchSignals();
    return stopAsked;
}

void holdStandardStreams() {
    for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (::fcntl(number, F_GETFD) < 0 && errno == EBADF) {
            // The lowest free number is this one. Read-only: what cannot be written must be seen to fail.
            if (::open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY) < 0) return;
        }
}

}  // namespace thaw::cli
