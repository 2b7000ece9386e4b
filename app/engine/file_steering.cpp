// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/file_steering.h"

#include "app/engine/engine.h"
#include "core/values/config_problem.h"

#include <QTimer>

#include <utility>

namespace thaw {
namespace {

QString sentenceOf(const std::vector<ConfigProblem>& problems) {
    return problems.empty() ? QString() : QString::fromStdString("The run refuses it: " + textOf(problems) + ".");
}

}  // namespace

FileSteering::FileSteering(Engine& engine) : QObject(&engine), engine_(engine), timer_(new QTimer(this)) {
    timer_->setInterval(SteeringPort::kLookEvery);
    connect(timer_, &QTimer::timeout, this, &FileSteering::poll);
    connect(&engine, &Engine::modelOpened, this,
            [this](const ModelSummary& model) { parameters_ = model.allParameters(); });
    connect(&engine, &Engine::runStarted, this, &FileSteering::begin);
    connect(&engine, &Engine::runMarked, this, [this](const RunMark& mark) {
        status_.step = mark.step;
        status_.kimg = mark.kimg;
    });
    connect(&engine, &Engine::stepsDone, this, [this](const std::vector<StepMetrics>& steps) {
        if (!steps.empty()) status_.note(steps.back());
    });
    connect(&engine, &Engine::snapshotSaved, this, [this](double kimg) { status_.kimg = kimg; });
    connect(&engine, &Engine::fidMeasured, this, [this](const FidPoint& point) { status_.distance = point.fid; });
    connect(&engine, &Engine::failed, this, [this](const Failure& failure) {
        failure_ = failure;
        if (port_.isOpen()) status_.message = failure.message;
    });
    connect(&engine, &Engine::runEnded, this, [this](RunOutcome outcome) { status_.outcome = outcome; });
    connect(&engine, &Engine::stateChanged, this, &FileSteering::noteState);
}

FileSteering::~FileSteering() {
    if (!port_.isOpen()) return;
    status_.state = RunState::Finished;
    status_.outcome = RunOutcome::Stopped;
    port_.close(status_);
}

void FileSteering::begin(const QString& folder, const FinetuneConfig& config) {
    status_ = {};
    status_.targetKimg = config.kimg;
    config_ = config;
    failure_.reset();
    // A folder that takes no requests still gets the status; the window has its own buttons.
    port_.open(folder.toStdString(), status_);
    timer_->start();
}

void FileSteering::noteState(RunState state) {
    if (!port_.isOpen()) return;
    status_.state = state;
    if (!isApplying_) endIfOver();
}

// Within a request the end waits until that is answered.
void FileSteering::endIfOver() {
    if (!port_.isOpen()) return;
    if (runIsOpen(status_.state)) return port_.tell(status_);
    timer_->stop();
    // What failed on the way, a measurement perhaps, is not how it ended.
    if (status_.outcome == RunOutcome::Finished || status_.outcome == RunOutcome::Stopped) status_.message.clear();
    port_.close(status_);
}

void FileSteering::poll() {
    isApplying_ = true;
    for (const auto& request : port_.take()) apply(request);
    isApplying_ = false;
    endIfOver();
}

void FileSteering::apply(const SteeringRequest& request) {
    const auto refuse = [&](const std::string& why) { port_.answer({request.id, false, why}); };
    if (!isAllowed(status_.state, commandOf(request.verb))) return refuse(refusalIn(status_.state, request.verb));
    // What cannot be is told to who asked, and to nobody else.
    if (const QString why = obstacleTo(request); !why.isEmpty()) return refuse(why.toStdString());
    failure_.reset();
    carryOut(request);
    if (failure_) return refuse(failure_->message);
    if (request.verb == SteeringVerb::Freeze) Q_EMIT planChanged(request.plan);
    port_.answer({request.id, true, doneText(request, status_.kimg)});
}

QString FileSteering::obstacleTo(const SteeringRequest& request) const {
    if (request.verb == SteeringVerb::Freeze) return sentenceOf(freezeProblems(request.plan, parameters_));
    if (request.verb != SteeringVerb::Rate) return {};
    if (request.d && !config_.gan)
        return QStringLiteral("The run has no discriminator: its objective is imitation alone.");
    FinetuneConfig changed = config_;
    changed.generator.learningRate = request.g.value_or(changed.generator.learningRate);
    changed.discriminator.learningRate = request.d.value_or(changed.discriminator.learningRate);
    return sentenceOf(validate(changed));
}

void FileSteering::carryOut(const SteeringRequest& request) {
    switch (request.verb) {
    case SteeringVerb::Pause: return engine_.pause();
    case SteeringVerb::Resume: return engine_.resume();
    case SteeringVerb::Stop: return engine_.stop();
    case SteeringVerb::Snapshot: return engine_.saveSnapshot();
    case SteeringVerb::Freeze: return engine_.setFreeze(request.plan);
    case SteeringVerb::Rate: return engine_.setRates(request.g, request.d);
    }
}

}  // namespace thaw
