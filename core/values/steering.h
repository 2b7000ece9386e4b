// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"
#include "core/values/run_state.h"
#include "core/values/train_state.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// What another process may ask of a run that goes on. Which state allows what is the table of run_state.h.
enum class SteeringVerb { Pause, Resume, Stop, Snapshot, Freeze, Rate };

template <>
struct EnumWords<SteeringVerb> {
    static constexpr std::array<std::pair<SteeringVerb, const char*>, 6> all{{{SteeringVerb::Pause, "pause"},
                                                                              {SteeringVerb::Resume, "resume"},
                                                                              {SteeringVerb::Stop, "stop"},
                                                                              {SteeringVerb::Snapshot, "snapshot"},
                                                                              {SteeringVerb::Freeze, "freeze"},
                                                                              {SteeringVerb::Rate, "rate"}}};
};

struct SteeringRequest {
    SteeringVerb verb = SteeringVerb::Pause;
    FreezePlan plan;             ///< Freeze
    std::optional<double> g, d;  ///< Rate: the learning rates of G and D; absent = as it is, one at least is there
    std::string id;              ///< letters, digits, - and _; the answer has it too
    std::string host, time;      ///< who asks, and when (UTC, ISO 8601); for people alone
};

/// Whether it was done, and what was done or why not, in a sentence.
struct SteeringAnswer {
    std::string id;
    bool ok = false;
    std::string message;

    bool operator==(const SteeringAnswer&) const = default;
};

/// How many answers a status keeps.
inline constexpr std::size_t kKeptAnswers = 32;

/// What the process of a run says of it, at every change of the state and about every two seconds otherwise. Whether that
/// process still lives is another question (LastWord in core/formats/steering_files.h).
struct RunStatus {
    RunState state = RunState::Starting;
    std::optional<RunOutcome> outcome;  ///< how it ended
    std::int64_t step = 0;
    double kimg = 0;                                        ///< thousand images seen
    double targetKimg = 0;                                  ///< asked for
    std::optional<double> distance;                         ///< the newest that this process measured
    std::optional<double> loss, gLoss, dLoss, distillLoss;  ///< of the newest step
    std::optional<double> imagesPerSecond;                  ///< in the last seconds; absent while it rests
    std::string message;                                    ///< why it failed or diverged, a sentence
    std::string host;                                       ///< its machine and process
    long pid = 0;
    std::string since, written;  ///< when that process began with the run, and when it said this (UTC, ISO 8601)
    std::vector<SteeringAnswer> answered;  ///< the newest kKeptAnswers, the oldest first

    /// Takes over what a step had to tell.
    void note(const StepMetrics& metrics);
};

/// The command of the table that a request is. A learning rate may change where a freeze plan may: both act from the next step
/// on.
Command commandOf(SteeringVerb verb);

/// "The run is paused, so it cannot be asked for 'pause'."
std::string refusalIn(RunState state, SteeringVerb verb);
/// What was done, for the answer: "Paused at 1.28 kimg."
std::string doneText(const SteeringRequest& request, double kimg);
/// "G 0.001, D 0.002", as far as they are there.
std::string ratesText(std::optional<double> g, std::optional<double> d);

}  // namespace thaw
