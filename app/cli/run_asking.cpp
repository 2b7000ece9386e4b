// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_asking.h"

#include "app/cli/verbs.h"
#include "core/values/train_words.h"

#include <chrono>
#include <filesystem>
#include <thread>

namespace thaw::cli {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{100};

void waitABit() {
    if (interrupted()) throw Error(ErrorCode::Interrupted, "Nothing more is waited for; the run goes on.", "");
    std::this_thread::sleep_for(kBetweenLooks);
}

Error silentError(const std::string& sentence) {
    return {ErrorCode::FileMissing, sentence,
            "It is still beginning, or of a version that takes no requests; a signal (TERM) saves and ends it."};
}

// The end of an asking that was not done, for a terminal.
Error errorOf(const AskingEnd& end, const std::string& run) {
    const std::string look = "'thaw-cli watch --once " + run + "' tells how the run stands.";
    switch (end.kind) {
    case AskingEnd::Kind::Gone: return goneError(run, end.status);
    case AskingEnd::Kind::Silent: return silentError(end.message);
    case AskingEnd::Kind::TakenBack:
        return {ErrorCode::FileMissing, end.message,
                "A long step or a measurement may be in progress: give it longer with --timeout."};
    case AskingEnd::Kind::Unanswered: return {ErrorCode::FileMissing, end.message, look};
    case AskingEnd::Kind::Done:
    case AskingEnd::Kind::Refused: break;
    }
    return {ErrorCode::Configuration, end.message, look};
}

AskingEnd endOf(RunAsking& asking) {
    for (;;) {
        if (auto end = asking.take(askedRun(asking.run(), asking.request(), asking.next()))) return *end;
        waitABit();
    }
}

}  // namespace

Error goneError(const std::string& run, const std::optional<RunStatus>& last) {
    std::error_code error;
    const bool isPretraining = std::filesystem::exists(std::filesystem::path(run) / "data.json", error);
    return {ErrorCode::FileMissing, goneSentence(run, last),
            std::string("Go on with it by 'thaw-cli ") + (isPretraining ? "pretrain" : "finetune") +
                " --resume --out " + run + "'; --kimg N makes one that is finished longer."};
}

RunStatus requireLivingRun(const std::string& run, double timeout) {
    requireRunFolder(run);
    for (const auto deadline = deadlineIn(timeout, RunAsking::Clock::now());;) {
        const auto life = lastWordOf(run);
        if (life.isFresh) return *life.status;
        if (!life.process) throw goneError(run, life.status);
        if (RunAsking::Clock::now() >= deadline) throw silentError(silentSentence(run, *life.process, timeout));
        waitABit();
    }
}

Answered ask(const std::string& run, SteeringRequest request, double timeout) {
    RunAsking asking(run, std::move(request), timeout);
    AskingEnd end;
    try {
        end = endOf(asking);
    } catch (const Error&) {
        withdrawRequest(run, asking.request().id);
        throw;
    }
    if (end.kind != AskingEnd::Kind::Done) throw errorOf(end, run);
    return {end.status.value_or(RunStatus()), end.message};
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
