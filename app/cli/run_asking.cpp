// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_asking.h"

#include "app/cli/verbs.h"
#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

namespace thaw::cli {
namespace {

using SteeringClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenLooks{100};
constexpr std::chrono::seconds kLastWords{2};  // between the end of the lock and the word that the run has ended

void waitABit() {
    if (interrupted()) throw Error(ErrorCode::Interrupted, "Nothing more is waited for; the run goes on.", "");
    std::this_thread::sleep_for(kBetweenLooks);
}

SteeringClock::time_point deadlineIn(double seconds) {
    constexpr double kForEver = 1e8;  // years; much more does not fit into the clock's count
    const std::chrono::duration<double> time(std::min(seconds, kForEver));
    return SteeringClock::now() + std::chrono::duration_cast<SteeringClock::duration>(time);
}

std::string secondsText(double seconds) { return shortNumber(seconds) + " s"; }

const SteeringAnswer* answerTo(const std::string& id, const std::optional<RunStatus>& status) {
    if (!status) return nullptr;
    const auto found = std::find_if(status->answered.begin(), status->answered.end(),
                                    [&](const SteeringAnswer& answer) { return answer.id == id; });
    return found == status->answered.end() ? nullptr : &*found;
}

}  // namespace

void requireRunFolder(const std::string& run) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::exists(run, error))
        throw Error(ErrorCode::FileMissing, "There is no run folder '" + run + "'.", "Check the path.");
    if (!fs::exists(fs::path(run) / "config.json", error))
        throw Error(ErrorCode::WrongKind, "'" + run + "' is no run folder: it has no config.json.",
                    "Name the --out folder of finetune or pretrain, or a run of the window.");
}

Error goneError(const std::string& run, const std::optional<RunStatus>& last) {
    std::error_code error;
    const bool isPretraining = std::filesystem::exists(std::filesystem::path(run) / "data.json", error);
    std::string message = "No process writes the run in '" + run + "'";
    if (last && last->outcome)
        message += ": it ended as " + std::string(wordFor(*last->outcome)) + " at " + shortNumber(last->kimg) + " kimg";
    else if (last)
        message += ": its process " + std::to_string(last->pid) + " on '" + last->host +
                   "' is gone, last heard of at " + last->written + " with " + shortNumber(last->kimg) + " kimg";
    return {ErrorCode::FileMissing, message + ".",
            std::string("Go on with it by 'thaw-cli ") + (isPretraining ? "pretrain" : "finetune") +
                " --resume --out " + run + "'; --kimg N makes one that is finished longer."};
}

RunStatus requireLivingRun(const std::string& run, double timeout) {
    requireRunFolder(run);
    for (const auto deadline = deadlineIn(timeout);;) {
        const auto life = lastWordOf(run);
        if (life.isFresh) return *life.status;
        if (!life.process) throw goneError(run, life.status);
        if (SteeringClock::now() >= deadline)
            throw Error(
                ErrorCode::FileMissing,
                "The process " + std::to_string(life.process->number) + " on '" + life.process->host +
                    "' writes the run in '" + run + "', but has not said so for " + secondsText(timeout) + ".",
                "It is still beginning, or of a version that takes no requests; a signal (TERM) saves and ends it.");
        waitABit();
    }
}

Answered ask(const std::string& run, SteeringRequest request, double timeout) {
    requireLivingRun(run, timeout);
    const auto file = putRequest(run, request);
    const auto deadline = deadlineIn(timeout);
    std::optional<SteeringClock::time_point> goneSince;
    try {
        for (;;) {
            const auto life = lastWordOf(run);
            if (const auto* answer = answerTo(request.id, life.status)) {
                if (answer->ok) return {*life.status, answer->message};
                throw Error(ErrorCode::Configuration, answer->message,
                            "'thaw-cli watch --once " + run + "' tells how the run stands.");
            }
            if (life.process) goneSince.reset();
            else if (!goneSince) goneSince = SteeringClock::now();
            else if (SteeringClock::now() - *goneSince > kLastWords) throw goneError(run, life.status);
            if (SteeringClock::now() >= deadline) break;
            waitABit();
        }
    } catch (const Error&) {
        withdrawRequest(file);
        throw;
    }
    const bool isBack = withdrawRequest(file);
    throw Error(ErrorCode::FileMissing,
                "The run in '" + run + "' has not answered for " + secondsText(timeout) +
                    (isBack ? "; the request is taken back." : "; it has taken the request, but is not done with it."),
                isBack ? "A long step or a measurement may be in progress: give it longer with --timeout."
                       : "'thaw-cli watch --once " + run + "' tells how the run stands.");
}

nlohmann::ordered_json resultOf(const std::string& run, const RunStatus& status) {
    nlohmann::ordered_json result{{"state", wordFor(status.state)},
                                  {"kimg", status.kimg},
                                  {"fid", orNull(status.distance)},
                                  {"outcome", nullptr},
                                  {"step", status.step},
                                  {"target_kimg", status.targetKimg},
                                  {"loss", orNull(status.loss)},
                                  {"g_loss", orNull(status.gLoss)},
                                  {"d_loss", orNull(status.dLoss)},
                                  {"distill_loss", orNull(status.distillLoss)},
                                  {"images_per_second", orNull(status.imagesPerSecond)},
                                  {"host", status.host},
                                  {"pid", status.pid},
                                  {"since", status.since},
                                  {"run", run}};
    if (status.outcome) result["outcome"] = wordFor(*status.outcome);
    return result;
}

}  // namespace thaw::cli
