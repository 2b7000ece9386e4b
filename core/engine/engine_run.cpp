// SPDX-License-Identifier: GPL-3.0-or-later
// The pieces of a run: steps, measurements, saves, and its end.
#include "core/engine/engine_core.h"

#include <utility>

namespace thaw {

void EngineCore::fidPiece() {
    flushSteps();
    const Result result = attempt(Task::Fid, [this] {
        if (const auto point = session_->run().continueFid()) {
            fid_ = Fid::Idle;
            tell(fact::FidMeasured{*point});
        }
    });
    if (result == Result::Failed) fid_ = Fid::Idle;
    fidWorks_ = fidWorks_ && result != Result::Failed;
    side_.noteDistance(fid_ == Fid::Idle ? std::nullopt : std::optional(session_->run().fidShare()));
}

void EngineCore::trainPiece() {
    TrainingRun& run = session_->run();
    if (run.inStep() || !asked_.empty()) {
        stepPiece();
    } else if (fidWorks_ && run.fidDue()) {
        if (!settle()) return;
        fidWorks_ = attempt(Task::Fid, [&] { run.beginFid(run.config().fidImages); }) == Result::Done;
        if (!fidWorks_) return;
        fid_ = Fid::Scheduled;
        side_.noteDistance(0);
        tell(fact::FidBegun{});
    } else if (run.isComplete()) {
        if (settle()) endRun(RunOutcome::Finished, Fact::RunCompleted);
    } else if (run.snapshotDue()) {
        save(false);
    } else {
        stepPiece();
    }
}

// False where the run has ended with it.
bool EngineCore::train(const std::function<void()>& work) {
    const Result result = attempt(Task::Train, [&] {
        work();
        outbox_.take(session_->run());
    });
    if (result != Result::Failed) return true;
    const bool diverged = lastError_ == ErrorCode::Diverged;
    endRun(diverged ? RunOutcome::Diverged : RunOutcome::Failed, diverged ? Fact::RunDiverged : Fact::RunFailed);
    return false;
}

bool EngineCore::stepPiece() {
    const StepPart part = asked_.empty() ? StepPart::Both : asked_.front();
    bool whole = false;
    if (!train([&] { whole = session_->run().advance(part); })) return false;
    if (whole && !asked_.empty()) asked_.pop_front();
    if ((whole && state_ == RunState::Paused) || outbox_.isDue()) flushSteps();
    return true;
}

// What is saved or frozen is so between two steps. False where the run has ended with it.
bool EngineCore::endStep() {
    if (!session_ || !session_->run().hasRun()) return true;
    while (session_->run().inStep())
        if (!stepPiece()) return false;
    return settle();
}

void EngineCore::save(bool asked) {
    if (!settle()) return;
    bool snapshot = true;
    const Result result = attempt(Task::Save, [&] {
        if (asked) session_->run().saveSnapshot();
        else snapshot = session_->run().saveWhatIsDue();
    });
    if (result == Result::Done) {
        // A safeguard's file goes with the next save.
        if (snapshot) tell(fact::SnapshotSaved{session_->run().tunedKimg()});
        return;
    }
    // Training on could only lose more: hold the run where it is, so that the user can make room and go on.
    if (const auto next = after(state_, Command::Pause)) {
        state_ = *next;
        report(Fact::PauseReached);
    }
}

void EngineCore::endRun(RunOutcome outcome, Fact fact, bool suspended) {
    flushSteps();
    fid_ = Fid::Idle;
    side_.noteDistance({});
    asked_.clear();
    const Result saved = attempt(Task::Save, [&] {
        if (!session_->run().hasRun()) return;
        if (suspended) session_->run().suspend();
        else session_->run().finish(outcome);
    });
    if (session_) outbox_.take(session_->run());
    flushSteps();
    if (saved != Result::Done) {
        outcome = RunOutcome::Failed;
        fact = Fact::RunFailed;
    }
    tell(fact::DeviceKnown{session_->computing()});
    tell(fact::RunEnded{outcome});
    report(fact);
}

void EngineCore::flushSteps() {
    if (auto steps = outbox_.takeAll(); !steps.empty()) tell(fact::StepsDone{std::move(steps)});
    if (!session_) return;
    if (auto remark = session_->run().takeRemark(); !remark.empty()) tell(fact::RunRemarked{{std::move(remark)}});
}

void EngineCore::mark(RunMark::Kind kind, const std::string& detail) {
    tell(fact::RunMarked{{kind, session_->run().steps(), session_->run().tunedKimg(), detail}});
}

}  // namespace thaw
