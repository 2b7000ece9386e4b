// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/compute_thread.h"

#include "app/engine/local_link.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace thaw {

ComputeThread::ComputeThread(ComputeOptions options, QObject* parent)
    : ComputeThread([&](EngineFacts& facts) { return std::make_unique<LocalLink>(std::move(options), facts); },
                    parent) {}

ComputeThread::ComputeThread(const MakeLink& makeLink, QObject* parent) : QObject(parent), link_(makeLink(facts_)) {
    // Before the pages connect theirs, so that they find the state that a fact follows from.
    connect(&facts_, &EngineFacts::stateChanged, this, [this](RunState state, quint64 handled) {
        const RunState shown = control_.state();
        if (control_.adopt(state, handled) && state != shown) Q_EMIT stateChanged(state);
        if (control_.state() == RunState::Disconnected) giveUpRequests();
        tellSteeredPlan();
    });
    connect(&facts_, &EngineFacts::figureMade, this, [this](quint64 generation, const FigureAnswer& answer) {
        requests_.note(fact::FigureMade{generation, {answer.recipe, {}, {}, {}, {}}});
    });
    connect(&facts_, &EngineFacts::planSteered, this, [this](const FreezePlan& plan) {
        steeredPlan_ = plan;
        tellSteeredPlan();
    });
}

ComputeThread::~ComputeThread() = default;

void ComputeThread::connectTo(const MakeLink& makeLink) {
    link_.reset();
    // What it told last has not been heard yet, and is of no interest any more.
    QCoreApplication::removePostedEvents(&facts_, QEvent::MetaCall);
    control_ = {};
    steeredPlan_.reset();
    giveUpRequests();
    Q_EMIT facts_.workChanged({});
    Q_EMIT stateChanged(control_.state());
    link_ = makeLink(facts_);
}

void ComputeThread::connectToThisMachine(ComputeOptions options) {
    connectTo([&](EngineFacts& facts) { return std::make_unique<LocalLink>(std::move(options), facts); });
}

void ComputeThread::giveUpRequests() {
    for (const EngineFact& fact :
         requests_.giveUp(tr("The line to the other machine is broken.").toStdString(),
                          tr("It can be made again when the line is there again.").toStdString()))
        facts_.emitFact(fact);
}

void ComputeThread::tellSteeredPlan() {
    if (!control_.isSettled() || !steeredPlan_) return;
    const FreezePlan plan = *std::exchange(steeredPlan_, std::nullopt);
    Q_EMIT planSteered(plan);
}

bool ComputeThread::send(const EngineCommand& command) {
    const auto inTable = tableCommand(command);
    const RunState before = control_.state();
    if (inTable && !control_.request(*inTable)) return false;
    requests_.note(command);
    if (before == RunState::Disconnected) {
        // Whoever asks is told after it knows what it has asked for.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (control_.state() == RunState::Disconnected) giveUpRequests();
            },
            Qt::QueuedConnection);
        return false;
    }
    link_->post(command);
    if (inTable == Command::SetFreeze) steeredPlan_.reset();  // this one is the later
    if (control_.state() != before) Q_EMIT stateChanged(control_.state());
    return true;
}

bool ComputeThread::openModel(const QString& path, const QString& teacher, bool alone) {
    return send(command::OpenModel{path.toStdString(), teacher.toStdString(), alone});
}
bool ComputeThread::openData(const QString& path) { return send(command::OpenData{path.toStdString()}); }
void ComputeThread::renewRun() { send(command::RenewRun{}); }
void ComputeThread::cancelOpening() { send(command::CancelOpening{}); }
bool ComputeThread::start(const FinetuneConfig& config, const QString& runsFolder) {
    return send(command::Start{config, runsFolder.toStdString()});
}
bool ComputeThread::continueRun(const QString& runFolder, bool anyway, bool takeOver) {
    return send(command::ContinueRun{runFolder.toStdString(), anyway, takeOver});
}
bool ComputeThread::pause() { return send(command::Pause{}); }
bool ComputeThread::resume() { return send(command::Resume{}); }
bool ComputeThread::stop() { return send(command::Stop{false}); }
bool ComputeThread::leave() { return send(command::Stop{true}); }
bool ComputeThread::step(StepPart part) { return send(command::Step{part}); }
bool ComputeThread::setFreeze(const FreezePlan& plan) { return send(command::SetFreeze{plan}); }
bool ComputeThread::measureFid(int images) { return send(command::MeasureFid{images}); }
bool ComputeThread::saveSnapshot() { return send(command::SaveSnapshot{}); }
void ComputeThread::releaseMemory() { send(command::ReleaseMemory{}); }

quint64 ComputeThread::requestSamples(const SampleRequest& request, std::optional<int> slot) {
    send(command::RequestSamples{request, ++generation_, slot.value_or(int(request.source))});
    return generation_;
}

void ComputeThread::forgetSamples(int slot) { send(command::ForgetSamples{slot}); }

quint64 ComputeThread::requestTrajectory(const TrajectoryRequest& request) {
    send(command::RequestTrajectory{request, ++generation_});
    return generation_;
}

quint64 ComputeThread::requestMeasurement(const MeasurementJob& job, int slot) {
    send(command::RequestMeasurement{job, ++generation_, slot});
    return generation_;
}

void ComputeThread::forgetMeasurement(int slot) { send(command::ForgetMeasurement{slot}); }

void ComputeThread::requestOriginalFid(int images) { send(command::RequestOriginalFid{images}); }

quint64 ComputeThread::requestFigure(const FigureRecipe& recipe) {
    send(command::RequestFigure{recipe, ++generation_});
    return generation_;
}

void ComputeThread::forgetFigure(quint64 generation) { send(command::ForgetFigure{generation}); }

void ComputeThread::cancelWork() { send(command::CancelWork{}); }

}  // namespace thaw
