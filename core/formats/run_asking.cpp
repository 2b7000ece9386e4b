// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_asking.h"

#include "core/values/error.h"
#include "core/values/number_text.h"
#include "core/values/train_words.h"

#include <algorithm>
#include <filesystem>

namespace thaw {
namespace {

constexpr std::chrono::seconds kLastWords{2};  // between the end of the lock and the word that the run has ended

const SteeringAnswer* answerTo(const std::string& id, const std::optional<RunStatus>& status) {
    if (!status) return nullptr;
    const auto found = std::find_if(status->answered.begin(), status->answered.end(),
                                    [&](const SteeringAnswer& answer) { return answer.id == id; });
    return found == status->answered.end() ? nullptr : &*found;
}

std::string patienceText(double seconds) { return shortNumber(seconds) + " s"; }

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

AskedRun askedRun(const std::string& run, const SteeringRequest& request, AskingStep step) {
    requireRunFolder(run);
    AskedRun found;
    // First the request: what is taken meanwhile is answered in the word that is read then.
    if (step == AskingStep::Withdraw) found.isBack = withdrawRequest(run, request.id);
    found.word = lastWordOf(run);
    if (step != AskingStep::Put) return found;
    found.isPut = answerTo(request.id, found.word.status) || isWaiting(run, request.id);
    if (found.isPut || !found.word.isFresh) return found;
    auto put = request;
    putRequest(run, put);
    found.isPut = true;
    return found;
}

RunAsking::RunAsking(std::string run, SteeringRequest request, double patience, Clock::time_point now)
    : run_(std::move(run)), request_(std::move(request)), patience_(patience), deadline_(deadlineIn(patience, now)) {
    if (request_.id.empty()) request_.id = newRequestId();
    if (request_.host.empty()) request_.host = machineName();
    if (request_.time.empty()) request_.time = utcNow();
}

std::optional<AskingEnd> RunAsking::take(const AskedRun& found, Clock::time_point now) {
    if (const auto* answer = answerTo(request_.id, found.word.status))
        return AskingEnd{answer->ok ? AskingEnd::Kind::Done : AskingEnd::Kind::Refused, answer->message,
                         found.word.status};
    switch (next_) {
    case AskingStep::Put: return takePut(found, now);
    case AskingStep::Look: return takeLook(found, now);
    case AskingStep::Withdraw: break;
    }
    return withdrawn(found);
}

std::optional<AskingEnd> RunAsking::takePut(const AskedRun& found, Clock::time_point now) {
    const auto& word = found.word;
    if (found.isPut) {
        next_ = AskingStep::Look;
        deadline_ = deadlineIn(patience_, now);
        return {};
    }
    if (!word.process) return AskingEnd{AskingEnd::Kind::Gone, goneSentence(run_, word.status), word.status};
    if (now < deadline_) return {};
    return AskingEnd{AskingEnd::Kind::Silent, silentSentence(run_, *word.process, patience_), word.status};
}

std::optional<AskingEnd> RunAsking::takeLook(const AskedRun& found, Clock::time_point now) {
    if (found.word.process) goneSince_.reset();
    else if (!goneSince_) goneSince_ = now;
    if (now >= deadline_ || (goneSince_ && now - *goneSince_ > kLastWords)) next_ = AskingStep::Withdraw;
    return {};
}

AskingEnd RunAsking::withdrawn(const AskedRun& found) const {
    const auto& word = found.word;
    if (!word.process) return {AskingEnd::Kind::Gone, goneSentence(run_, word.status), word.status};
    const std::string message = "The run in '" + run_ + "' has not answered for " + patienceText(patience_);
    if (found.isBack) return {AskingEnd::Kind::TakenBack, message + "; the request is taken back.", word.status};
    return {AskingEnd::Kind::Unanswered, message + "; it has taken the request, but is not done with it.", word.status};
}

std::string goneSentence(const std::string& run, const std::optional<RunStatus>& last) {
    std::string message = "No process writes the run in '" + run + "'";
    if (last && last->outcome)
        message += ": it ended as " + std::string(wordFor(*last->outcome)) + " at " + shortNumber(last->kimg) + " kimg";
    else if (last)
        message += ": its process " + std::to_string(last->pid) + " on '" + last->host +
                   "' is gone, last heard of at " + last->written + " with " + shortNumber(last->kimg) + " kimg";
    return message + ".";
}

std::string silentSentence(const std::string& run, const WritingProcess& process, double seconds) {
    return "The process " + std::to_string(process.number) + " on '" + process.host + "' writes the run in '" + run +
           "', but has not said so for " + patienceText(seconds) + ".";
}

RunAsking::Clock::time_point deadlineIn(double seconds, RunAsking::Clock::time_point now) {
    constexpr double kForEver = 1e8;  // years; much more does not fit into the clock's count
    const std::chrono::duration<double> time(std::min(seconds, kForEver));
    return now + std::chrono::duration_cast<RunAsking::Clock::duration>(time);
}

}  // namespace thaw
