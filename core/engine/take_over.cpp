// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/take_over.h"

#include "core/engine/stopwatch.h"
#include "core/formats/running_mark.h"
#include "core/formats/steering_files.h"
#include "core/values/error.h"
#include "core/values/number_text.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>

namespace thaw {

namespace {

bool isHeldByAnother(const RunningMark& mark) {
    return !mark.own && (mark.holder == RunningMark::Holder::Alive || mark.holder == RunningMark::Holder::Unsure);
}

std::string titleOf(const RunningMark& mark) {
    if (mark.process <= 0) return "another process";
    return "the process " + std::to_string(mark.process) + " on '" + mark.host + "'";
}

void askToLeave(const std::string& runFolder, const RunningMark& mark) {
    if (mark.process > 0 && mark.host == machineName()) {
        if (::kill(pid_t(mark.process), SIGTERM) == 0 || errno == ESRCH) return;
        throw Error(ErrorCode::Configuration,
                    "'" + runFolder + "' is being written by " + titleOf(mark) + ", which belongs to another user.",
                    "Have it stopped there, then go on.");
    }
    SteeringRequest request;
    request.verb = SteeringVerb::Stop;
    putRequest(runFolder, request);
}

}  // namespace

void takeRunOver(const std::string& runFolder, const Progress& progress, double seconds) {
    constexpr std::chrono::milliseconds lookEvery{100};
    RunningMark mark = runningMark(runFolder);
    if (!isHeldByAnother(mark)) return;
    askToLeave(runFolder, mark);
    long asked = mark.process;
    const Stopwatch waiting = startedStopwatch();
    while (isHeldByAnother(mark = runningMark(runFolder))) {
        // Another one was faster, for a window whose line is lost too, perhaps.
        if (mark.process != asked) {
            asked = mark.process;
            askToLeave(runFolder, mark);
        }
        const double share = waiting.seconds() / seconds;
        if (share >= 1)
            throw Error(ErrorCode::Configuration,
                        "'" + runFolder + "' is still being written by " + titleOf(mark) + " " +
                            fixedNumber(seconds, 0) + " seconds after it was asked to leave.",
                        "Wait until it has saved the run, or stop it there, then go on.");
        if (progress && !progress(share)) throw Error(ErrorCode::Interrupted, "The run was not taken over.");
        std::this_thread::sleep_for(lookEvery);
    }
}

}  // namespace thaw
