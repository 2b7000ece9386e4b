// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/compute.h"

namespace thaw {

Compute::Compute(ComputeOptions options, QObject* parent) : QObject(parent), engine_(new Engine(std::move(options))) {
    thread_.setObjectName(QStringLiteral("compute"));
    engine_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, engine_, &QObject::deleteLater);
    connect(engine_, &Engine::stateChanged, this, [this](RunState state, quint64 handled) {
        const RunState shown = control_.state();
        if (control_.adopt(state, handled) && state != shown) Q_EMIT stateChanged(state);
    });
    thread_.start(QThread::LowPriority);
}

Compute::~Compute() {
    engine_->announceCommand();
    thread_.quit();
    thread_.wait();
}

template <typename... Parameters, typename... Arguments>
void Compute::post(void (Engine::*slot)(Parameters...), Arguments... arguments) {
    QMetaObject::invokeMethod(
        engine_, [engine = engine_, slot, ... arguments = std::move(arguments)] { (engine->*slot)(arguments...); },
        Qt::QueuedConnection);
}

template <typename... Parameters, typename... Arguments>
bool Compute::send(Command command, void (Engine::*slot)(Parameters...), Arguments... arguments) {
    const RunState before = control_.state();
    if (!control_.request(command)) return false;
    engine_->announceCommand();
    post(slot, std::move(arguments)...);
    if (control_.state() != before) Q_EMIT stateChanged(control_.state());
    return true;
}

bool Compute::openModel(const QString& path) { return send(Command::OpenModel, &Engine::openModel, path); }
bool Compute::openData(const QString& path) { return send(Command::OpenData, &Engine::openData, path); }
bool Compute::start(const FinetuneConfig& config, const QString& runsFolder) {
    return send(Command::Start, &Engine::start, config, runsFolder);
}
bool Compute::continueRun(const QString& runFolder) { return send(Command::Start, &Engine::continueRun, runFolder); }
bool Compute::pause() { return send(Command::Pause, &Engine::pause); }
bool Compute::resume() { return send(Command::Resume, &Engine::resume); }
bool Compute::stop() { return send(Command::Stop, &Engine::stop); }
bool Compute::step(StepPart part) { return send(Command::Step, &Engine::step, part); }
bool Compute::setFreeze(const FreezePlan& plan) { return send(Command::SetFreeze, &Engine::setFreeze, plan); }
bool Compute::measureFid(int images) { return send(Command::MeasureFid, &Engine::measureFid, images); }
bool Compute::saveSnapshot() { return send(Command::SaveSnapshot, &Engine::saveSnapshot); }

void Compute::releaseMemory() { post(&Engine::releaseMemory); }

quint64 Compute::requestSamples(const SampleRequest& request, std::optional<int> slot) {
    post(&Engine::requestSamples, request, ++generation_, slot.value_or(int(request.source)));
    return generation_;
}

void Compute::forgetSamples(int slot) { post(&Engine::forgetSamples, slot); }

quint64 Compute::requestTrajectory(const TrajectoryRequest& request) {
    post(&Engine::requestTrajectory, request, ++generation_);
    return generation_;
}

quint64 Compute::requestSpectrum(const SpectrumRequest& request) {
    post(&Engine::requestSpectrum, request, ++generation_);
    return generation_;
}

quint64 Compute::requestMeasurement(const MeasurementJob& job, int slot) {
    post(&Engine::requestMeasurement, job, ++generation_, slot);
    return generation_;
}

void Compute::forgetMeasurement(int slot) { post(&Engine::forgetMeasurement, slot); }

void Compute::requestOriginalFid(int images) { post(&Engine::requestOriginalFid, images); }

}  // namespace thaw
