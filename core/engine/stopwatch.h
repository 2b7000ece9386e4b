// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <limits>
#include <optional>

namespace thaw {

/// Seconds since it was started last, by a clock that never goes back; infinitely many before the first start, so that
/// what is done every so often is due at once.
class Stopwatch {
public:
    void start() { since_ = Clock::now(); }
    double seconds() const {
        if (!since_) return std::numeric_limits<double>::infinity();
        return std::chrono::duration<double>(Clock::now() - *since_).count();
    }

private:
    using Clock = std::chrono::steady_clock;

    std::optional<Clock::time_point> since_;
};

/// One that runs from here on.
inline Stopwatch startedStopwatch() {
    Stopwatch stopwatch;
    stopwatch.start();
    return stopwatch;
}

}  // namespace thaw
