// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/steering_files.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace thaw {

// How the process of a run is asked for something (steering_files.h): the request is put as soon as that process speaks, its
// answer is looked for again and again, and where none comes the request is taken back. One look at the folder is a step, so
// that a terminal waits between two of them, a window does not, and another machine is asked step by step over a line. A step
// that was done already, and whose result was lost on the way, may be done again.

/// What a look at the run does.
enum class AskingStep {
    Put,       ///< leaves the request where the process of the run speaks, unless it lies there or is answered
    Look,      ///< looks for the answer
    Withdraw,  ///< takes the request back, and looks once more
};
template <>
struct EnumWords<AskingStep> {
    static constexpr std::array<std::pair<AskingStep, const char*>, 3> all{
        {{AskingStep::Put, "put"}, {AskingStep::Look, "look"}, {AskingStep::Withdraw, "withdraw"}}};
};

/// What it finds.
struct AskedRun {
    LastWord word;
    bool isPut = false;   ///< the request lies there, or is answered
    bool isBack = false;  ///< it was taken back and will not be done
};

/// Throws FileMissing or WrongKind where there is no run folder.
void requireRunFolder(const std::string& run);

/// One step. Throws as requireRunFolder and putRequest.
AskedRun askedRun(const std::string& run, const SteeringRequest& request, AskingStep step);

/// How it ended.
struct AskingEnd {
    enum class Kind {
        Done,
        Refused,     ///< by the run
        Gone,        ///< no process writes the run (any more)
        Silent,      ///< its process has not spoken yet; nothing was put
        TakenBack,   ///< no answer came, and the request will not be done
        Unanswered,  ///< no answer came, and the request is done perhaps
    };
    Kind kind = Kind::Done;
    std::string message;              ///< the run's answer, or what is wrong, in a sentence
    std::optional<RunStatus> status;  ///< the run's last word
};

/// Which step is next, and what a look means: without files, threads and clocks.
///
///     RunAsking asking(run, request, 30);
///     std::optional<AskingEnd> end;
///     while (!(end = asking.take(askedRun(asking.run(), asking.request(), asking.next())))) ...wait a little
class RunAsking {
public:
    using Clock = std::chrono::steady_clock;

    /// `patience`: seconds, for the first word of the process and for its answer each.
    RunAsking(std::string run, SteeringRequest request, double patience, Clock::time_point now = Clock::now());

    const std::string& run() const { return run_; }
    const SteeringRequest& request() const { return request_; }
    AskingStep next() const { return next_; }
    /// What the next step found; the end, or nothing where the asking goes on.
    std::optional<AskingEnd> take(const AskedRun& found, Clock::time_point now = Clock::now());
    /// A time in which nothing could be looked at does not count.
    void prolong(Clock::duration time) { deadline_ += time; }

private:
    std::optional<AskingEnd> takePut(const AskedRun& found, Clock::time_point now);
    std::optional<AskingEnd> takeLook(const AskedRun& found, Clock::time_point now);
    AskingEnd withdrawn(const AskedRun& found) const;

    std::string run_;
    SteeringRequest request_;
    double patience_;
    AskingStep next_ = AskingStep::Put;
    Clock::time_point deadline_;
    std::optional<Clock::time_point> goneSince_;
};

/// "No process writes the run in 'RUN': it ended as stopped at 1.28 kimg."
std::string goneSentence(const std::string& run, const std::optional<RunStatus>& last);
/// "The process 4711 on 'HOST' writes the run in 'RUN', but has not said so for 30 s."
std::string silentSentence(const std::string& run, const WritingProcess& process, double seconds);
/// The point of time in so many seconds, which may be more than the clock can count.
RunAsking::Clock::time_point deadlineIn(double seconds, RunAsking::Clock::time_point now);

}  // namespace thaw
