// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/compute_thread.h"

#include "app/engine/file_steering.h"

#include <utility>

namespace thaw {

ComputeThread::ComputeThread(ComputeOptions options, QObject* parent)
    : QObject(parent), engine_(new Engine(std::move(options))) {
    thread_.setObjectName(QStringLiteral("compute"));
    auto* steering = new FileSteering(*engine_);  // lives and ends with the engine, on its thread
    engine_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, engine_, &QObject::deleteLater);
    connect(engine_, &Engine::stateChanged, this, [this](RunState state, quint64 handled) {
        const RunState shown = control_.state();
        if (control_.adopt(state, handled) && state != shown) Q_EMIT stateChanged(state);
        tellSteeredPlan();
    });
    connect(steering, &FileSteering::planChanged, this, [this](const FreezePlan& plan) {
        steeredPlan_ = plan;
        tellSteeredPlan();
    });
    thread_.start(QThread::LowPriority);
}

ComputeThread::~ComputeThread() {
    engine_->announceCommand();
    thread_.quit();
    thread_.wait();
}

void ComputeThread::tellSteeredPlan() {
    if (!control_.isSettled() || !steeredPlan_) return;
    const FreezePlan plan = *std::exchange(steeredPlan_, std::nullopt);
    Q_EMIT planSteered(plan);
}

template <typename... Parameters, typename... Arguments>
void ComputeThread::post(void (Engine::*slot)(Parameters...), Arguments... arguments) {
    QMetaObject::invokeMethod(
        engine_, [engine = engine_, slot, ... arguments = std::move(arguments)] { (engine->*slot)(arguments...); },
        Qt::QueuedConnection);
}

template <typename... Parameters, typename... Arguments>
bool ComputeThread::send(Command command, void (Engine::*slot)(Parameters...), Arguments... arguments) {
    const RunState before = control_.state();
    if (!control_.request(command)) return false;
    engine_->announceCommand();
    QMetaObject::invokeMethod(
        engine_,
        [engine = engine_, slot, ... arguments = std::move(arguments)] {
            engine->countCommand();
            (engine->*slot)(arguments...);
        },
        Qt::QueuedConnection);
    if (command == Command::SetFreeze) steeredPlan_.reset();  // this one is the later
    if (control_.state() != before) Q_EMIT stateChanged(control_.state());
    return true;
}

bool ComputeThread::openModel(const QString& path, const QString& teacher, bool alone) {
    return send(Command::OpenModel, &Engine::openModel, path, teacher, alone);
}
bool ComputeThread::openData(const QString& path) { return send(Command::OpenData, &Engine::openData, path); }
bool ComputeThread::start(const FinetuneConfig& config, const QString& runsFolder) {
    return send(Command::Start, &Engine::start, config, runsFolder);
}
bool ComputeThread::continueRun(const QString& runFolder, bool anyway) {
    return send(Command::Start, &Engine::continueRun, runFolder, anyway);
}
bool ComputeThread::pause() { return send(Command::Pause, &Engine::pause); }
bool ComputeThread::resume() { return send(Command::Resume, &Engine::resume); }
bool ComputeThread::stop() { return send(Command::Stop, &Engine::stop, false); }
bool ComputeThread::leave() { return send(Command::Stop, &Engine::stop, true); }
bool ComputeThread::step(StepPart part) { return send(Command::Step, &Engine::step, part); }
bool ComputeThread::setFreeze(const FreezePlan& plan) { return send(Command::SetFreeze, &Engine::setFreeze, plan); }
bool ComputeThread::measureFid(int images) { return send(Command::MeasureFid, &Engine::measureFid, images); }
bool ComputeThread::saveSnapshot() { return send(Command::SaveSnapshot, &Engine::saveSnapshot); }

void ComputeThread::releaseMemory() { post(&Engine::releaseMemory); }

quint64 ComputeThread::requestSamples(const SampleRequest& request, std::optional<int> slot) {
    post(&Engine::requestSamples, request, ++generation_, slot.value_or(int(request.source)));
    return generation_;
}

void ComputeThread::forgetSamples(int slot) { post(&Engine::forgetSamples, slot); }

quint64 ComputeThread::requestTrajectory(const TrajectoryRequest& request) {
    post(&Engine::requestTrajectory, request, ++generation_);
    return generation_;
}

quint64 ComputeThread::requestMeasurement(const MeasurementJob& job, int slot) {
    post(&Engine::requestMeasurement, job, ++generation_, slot);
    return generation_;
}

void ComputeThread::forgetMeasurement(int slot) { post(&Engine::forgetMeasurement, slot); }

void ComputeThread::requestOriginalFid(int images) { post(&Engine::requestOriginalFid, images); }

quint64 ComputeThread::requestFigure(const FigureRecipe& recipe) {
    post(&Engine::requestFigure, recipe, ++generation_);
    return generation_;
}

void ComputeThread::forgetFigure(quint64 generation) { post(&Engine::forgetFigure, generation); }

void ComputeThread::cancelWork() {
    engine_->announceCancel();
    post(&Engine::cancelWork);
}

}  // namespace thaw
