// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace thaw::wire {

/// Whether the other end of a line lives. A line that broke without saying so (a notebook that went to sleep, a router
/// that forgot it) brings nothing: each end sends a Beat when it has sent nothing else for kBeatSeconds, and one of
/// which nothing came for kSilenceSeconds is gone. Has no clock of its own: seconds count from any moment, and never go
/// back.
class Heartbeat {
public:
    static constexpr double kBeatSeconds = 10;
    static constexpr double kSilenceSeconds = 45;

    explicit Heartbeat(double now) : heard_(now), sent_(now) {}

    void heard(double now) { heard_ = std::max(heard_, now); }  ///< any bytes came
    void sent(double now) { sent_ = std::max(sent_, now); }     ///< any bytes left

    bool beatIsDue(double now) const { return now - sent_ >= kBeatSeconds; }
    bool isSilent(double now) const { return now - heard_ >= kSilenceSeconds; }
    /// Seconds until one of the two is so: how long a loop may sleep.
    double untilNext(double now) const {
        return std::max(0.0, std::min(sent_ + kBeatSeconds, heard_ + kSilenceSeconds) - now);
    }

private:
    double heard_, sent_;
};

}  // namespace thaw::wire
