// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/open_versions.h"

#include "app/engine/compute_thread.h"

namespace thaw {

OpenVersions::OpenVersions(const ComputeThread& compute, QObject* parent) : QObject(parent), compute_(compute) {
    const EngineFacts* facts = compute.facts();
    connect(facts, &EngineFacts::modelOpened, this, [this] { ++model_; });
    connect(facts, &EngineFacts::dataOpened, this, [this] { ++data_; });
    connect(facts, &EngineFacts::runStarted, this, [this] { ++run_; });
    connect(facts, &EngineFacts::runOpened, this, [this](const OpenedRun& run) {
        ++run_;
        tunedKimg_ = run.kimg;
        Q_EMIT tunedChanged();
    });
    connect(facts, &EngineFacts::runRenewed, this, [this](const OpenedRun& run) {
        tunedKimg_ = run.kimg;
        Q_EMIT tunedChanged();
    });
    // The first one says how far a run is that goes on.
    connect(facts, &EngineFacts::runMarked, this, [this](const RunMark& mark) {
        tunedKimg_ = mark.kimg;
        Q_EMIT tunedChanged();
    });
    connect(facts, &EngineFacts::stepsDone, this, [this](const std::vector<StepMetrics>& steps) {
        if (steps.empty()) return;
        tunedKimg_ = steps.back().kimg;
        Q_EMIT tunedChanged();
    });
    connect(&compute, &ComputeThread::stateChanged, this, &OpenVersions::tunedChanged);
}

bool OpenVersions::isLearning() const {
    const RunState state = compute_.state();
    return state == RunState::Starting || state == RunState::Running || state == RunState::Pausing ||
           state == RunState::Stopping;
}

}  // namespace thaw
