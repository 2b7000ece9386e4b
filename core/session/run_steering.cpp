// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_steering.h"

#include "core/formats/steering_json.h"
#include "core/parallel/processes.h"
#include "core/session/pretraining.h"
#include "core/session/training_run.h"
#include "core/values/error.h"

#include <chrono>
#include <sstream>
#include <thread>
#include <utility>

namespace thaw {
namespace {

constexpr std::chrono::milliseconds kWait{50};  // of a paused run, between two looks at what interrupts it

// What a run refuses, or cannot do at the moment, leaves it as it was; anything else is the run's own end.
bool leavesTheRun(const Error& error, SteeringVerb verb) {
    if (error.code() == ErrorCode::Configuration) return true;
    return verb == SteeringVerb::Snapshot && error.code() == ErrorCode::FileMissing;
}

Fact factOf(RunState state, RunOutcome outcome) {
    switch (outcome) {
    case RunOutcome::Finished: return state == RunState::Stopping ? Fact::RunSaved : Fact::RunCompleted;
    case RunOutcome::Stopped: return Fact::RunSaved;
    case RunOutcome::Diverged: return Fact::RunDiverged;
    case RunOutcome::Failed: break;
    }
    return Fact::RunFailed;
}

}  // namespace

SteeredRun steered(TrainingRun& run) {
    SteeredRun steered;
    steered.folder = run.folder();
    steered.place = [&run](RunStatus& status) {
        status.step = run.steps();
        status.kimg = run.tunedKimg();
        status.targetKimg = run.config().kimg;
    };
    steered.settle = [&run] { run.settle(); };
    steered.saveSnapshot = [&run] { run.saveSnapshot(); };
    steered.setFreeze = [&run](const FreezePlan& plan) { run.setFreeze(plan); };
    steered.setRates = [&run](std::optional<double> g, std::optional<double> d) { run.setRates(g, d); };
    return steered;
}

SteeredRun steered(Pretraining& run) {
    SteeredRun steered;
    steered.folder = run.folder();
    steered.place = [&run](RunStatus& status) {
        status.step = run.steps();
        status.kimg = double(run.images()) / 1000;
        status.targetKimg = run.config().kimg;
    };
    steered.settle = [&run] { run.settle(); };
    steered.saveSnapshot = [&run] { run.saveSnapshot(); };
    steered.setFreeze = [](const FreezePlan&) {
        throw Error(ErrorCode::Configuration, "A pre-training trains all weights; it takes no freeze plan.",
                    "Fine-tuning takes one.");
    };
    steered.setRates = [&run](std::optional<double> g, std::optional<double> d) {
        if (d || !g)
            throw Error(ErrorCode::Configuration, "A pre-training has no discriminator; its one learning rate is g.",
                        "Leave d out, and name g.");
        run.setRate(*g);
    };
    return steered;
}

RunSteering::RunSteering(SteeredRun run, std::function<bool()> interrupted, ProcessesPtr processes)
    : run_(std::move(run)), interrupted_(std::move(interrupted)), processes_(std::move(processes)) {
    run_.place(status_);
    status_.state = *after(RunState::Starting, Fact::RunStarted);
    if (isFirst(processes_)) obstacle_ = port_.open(run_.folder, status_);
}

bool RunSteering::isInterrupted() const { return processes_ ? processes_->any(interrupted_()) : interrupted_(); }

// What was asked, in every process the same: a line a request.
std::vector<SteeringRequest> RunSteering::requests() {
    auto own = port_.take();  // nothing but in the first process
    if (!processes_) return own;
    std::string lines;
    for (const auto& request : own) lines += toJson(request) + '\n';
    std::vector<SteeringRequest> all;
    std::istringstream said(processes_->fromFirst(lines));
    for (std::string line; std::getline(said, line);) all.push_back(steeringRequestFromJson(line));
    return all;
}

bool RunSteering::goesOn() {
    poll();
    bool leaves = isInterrupted();
    while (status_.state == RunState::Paused && !leaves) {
        std::this_thread::sleep_for(kWait);
        poll();
        leaves = isInterrupted();
    }
    return !wasStopped_ && !leaves;
}

void RunSteering::poll() {
    run_.place(status_);
    for (const auto& request : requests()) {
        apply(request);
        port_.tell(status_);
    }
    port_.tell(status_);
}

void RunSteering::apply(const SteeringRequest& request) {
    const auto next = after(status_.state, commandOf(request.verb));
    if (!next) return port_.answer({request.id, false, refusalIn(status_.state, request.verb)});
    status_.state = *next;
    if (request.verb == SteeringVerb::Stop) {
        wasStopped_ = true;
        return stops_.push_back(request.id);
    }
    try {
        carryOut(request);
        port_.answer({request.id, true, doneText(request, status_.kimg)});
    } catch (const Error& error) {
        port_.answer({request.id, false, error.message()});
        if (!leavesTheRun(error, request.verb)) throw;
    }
}

void RunSteering::carryOut(const SteeringRequest& request) {
    switch (request.verb) {
    case SteeringVerb::Pause:
        run_.settle();
        status_.state = *after(status_.state, Fact::PauseReached);
        break;
    case SteeringVerb::Snapshot: run_.saveSnapshot(); break;
    case SteeringVerb::Freeze: run_.setFreeze(request.plan); break;
    case SteeringVerb::Rate: run_.setRates(request.g, request.d); break;
    case SteeringVerb::Resume:
    case SteeringVerb::Stop: break;
    }
}

void RunSteering::follow(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        end(error.code() == ErrorCode::Diverged ? RunOutcome::Diverged : RunOutcome::Failed, error.message());
        throw;
    } catch (const std::exception& fault) {
        end(RunOutcome::Failed, fault.what());
        throw;
    }
}

void RunSteering::end(RunOutcome outcome, const std::string& message) {
    if (!port_.isOpen()) return;
    run_.place(status_);
    // Ended by a signal, it was asked to stop all the same.
    if (outcome == RunOutcome::Stopped && !wasStopped_) status_.state = *after(status_.state, Command::Stop);
    status_.state = after(status_.state, factOf(status_.state, outcome)).value_or(RunState::Failed);
    status_.outcome = outcome;
    status_.message = message;
    const bool saved = outcome == RunOutcome::Finished || outcome == RunOutcome::Stopped;
    for (const auto& id : stops_) {
        SteeringRequest stop;
        stop.verb = SteeringVerb::Stop;
        port_.answer({id, saved, saved ? doneText(stop, status_.kimg) : message});
    }
    stops_.clear();
    port_.close(status_);
}

}  // namespace thaw
