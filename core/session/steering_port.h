// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/steering.h"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// The run's end of the files by which it is steered (core/formats/steering_files.h): what was asked comes in, status and
/// answers go out. It decides nothing; the loop of `thaw-cli` (RunSteering) and the window's engine each ask it between two
/// pieces of training. A folder that takes no requests, or a full disk, never ends a run: the functions throw nothing.
class SteeringPort {
public:
    static constexpr std::chrono::milliseconds kLookEvery{250};
    static constexpr std::chrono::milliseconds kTellEvery{2000};

    SteeringPort() = default;
    ~SteeringPort();  ///< as close, of a run that was left without a word: failed
    SteeringPort(const SteeringPort&) = delete;
    SteeringPort& operator=(const SteeringPort&) = delete;

    /// Of a run whose folder this process has locked. Returns why it takes no requests, in a sentence; empty where it does.
    std::string open(const std::string& runFolder, const RunStatus& first);
    bool isOpen() const { return !folder_.empty(); }

    /// What was asked since, in order, each once ever; looks into the folder at most every kLookEvery. What is no request is
    /// answered here.
    std::vector<SteeringRequest> take();
    void answer(const SteeringAnswer& answer);
    /// Writes the status where it says something new (state, distance, answers), and every kTellEvery otherwise.
    void tell(const RunStatus& status);
    /// The last word: whatever waits is refused, and the files of the steering go, but for the status.
    void close(const RunStatus& last);

private:
    using Clock = std::chrono::steady_clock;

    std::vector<SteeringRequest> takeAll();
    void write(const RunStatus& status);
    std::optional<double> rateAt(const RunStatus& status, Clock::time_point now);

    std::string folder_, since_;
    RunStatus told_;
    std::vector<SteeringAnswer> answered_;
    std::vector<std::string> taken_;  // ids
    bool hasNewAnswer_ = false;
    std::optional<Clock::time_point> looked_;
    Clock::time_point written_{};
    std::optional<double> rate_;                                     // images a second
    std::optional<std::pair<double, Clock::time_point>> rateSince_;  // kimg and time from which the next one counts
};

}  // namespace thaw
