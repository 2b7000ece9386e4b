// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/file_steering.h"

#include "core/values/config_problem.h"

#include <chrono>
#include <utility>

namespace thaw {
namespace {

std::string sentenceOf(const std::vector<ConfigProblem>& problems) {
    return problems.empty() ? std::string() : "The run refuses it: " + textOf(problems) + ".";
}

EngineCommand commandFor(const SteeringRequest& request) {
    switch (request.verb) {
    case SteeringVerb::Pause: return command::Pause{};
    case SteeringVerb::Resume: return command::Resume{};
    case SteeringVerb::Stop: return command::Stop{};
    case SteeringVerb::Snapshot: return command::SaveSnapshot{};
    case SteeringVerb::Freeze: return command::SetFreeze{request.plan};
    case SteeringVerb::Rate: return command::SetRates{request.g, request.d};
    }
    return command::Pause{};
}

}  // namespace

FileSteering::FileSteering(std::function<void(const EngineCommand&)> carryOut, FactSink sink)
    : carryOut_(std::move(carryOut)), sink_(std::move(sink)) {}

FileSteering::~FileSteering() {
    if (!port_.isOpen()) return;
    status_.state = RunState::Finished;
    status_.outcome = RunOutcome::Stopped;
    port_.close(status_);
}

void FileSteering::take(const fact::RunStarted& told) {
    status_ = {};
    status_.targetKimg = told.config.kimg;
    config_ = told.config;
    failure_.reset();
    // A folder that takes no requests still gets the status; the window has its own buttons.
    port_.open(told.folder, status_);
}

void FileSteering::take(const fact::RunMarked& told) {
    status_.step = told.mark.step;
    status_.kimg = told.mark.kimg;
}

void FileSteering::take(const fact::StepsDone& told) {
    if (!told.steps.empty()) status_.note(told.steps.back());
}

void FileSteering::take(const fact::Failed& told) {
    failure_ = told.failure;
    if (port_.isOpen()) status_.message = told.failure.message;
}

void FileSteering::take(const fact::StateChanged& told) {
    if (!port_.isOpen()) return;
    status_.state = told.state;
    if (!isApplying_) endIfOver();
}

// Within a request the end waits until that is answered.
void FileSteering::endIfOver() {
    if (!port_.isOpen()) return;
    if (runIsOpen(status_.state)) return port_.tell(status_);
    // What failed on the way, a measurement perhaps, is not how it ended.
    if (status_.outcome == RunOutcome::Finished || status_.outcome == RunOutcome::Stopped) status_.message.clear();
    port_.close(status_);
}

void FileSteering::poll() {
    constexpr double lookEvery = std::chrono::duration<double>(SteeringPort::kLookEvery).count();
    if (!port_.isOpen() || sinceLook_.seconds() < lookEvery) return;
    sinceLook_.start();
    isApplying_ = true;
    for (const auto& request : port_.take()) apply(request);
    isApplying_ = false;
    endIfOver();
}

void FileSteering::apply(const SteeringRequest& request) {
    const auto refuse = [&](const std::string& why) { port_.answer({request.id, false, why}); };
    if (!isAllowed(status_.state, commandOf(request.verb))) return refuse(refusalIn(status_.state, request.verb));
    // What cannot be is told to who asked, and to nobody else.
    if (const std::string why = obstacleTo(request); !why.empty()) return refuse(why);
    failure_.reset();
    carryOut_(commandFor(request));
    if (failure_) return refuse(failure_->message);
    if (request.verb == SteeringVerb::Freeze) sink_(fact::PlanSteered{request.plan});
    port_.answer({request.id, true, doneText(request, status_.kimg)});
}

std::string FileSteering::obstacleTo(const SteeringRequest& request) const {
    if (request.verb == SteeringVerb::Freeze) return sentenceOf(freezeProblems(request.plan, parameters_));
    if (request.verb != SteeringVerb::Rate) return {};
    if (request.d && !config_.gan) return "The run has no discriminator: its objective is imitation alone.";
    FinetuneConfig changed = config_;
    changed.generator.learningRate = request.g.value_or(changed.generator.learningRate);
    changed.discriminator.learningRate = request.d.value_or(changed.discriminator.learningRate);
    return sentenceOf(validate(changed));
}

}  // namespace thaw
