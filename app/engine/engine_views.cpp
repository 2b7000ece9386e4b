// SPDX-License-Identifier: GPL-3.0-or-later
// What the window wants to see; the work itself is SideWork's.
#include "app/engine/engine.h"

namespace thaw {

void Engine::connectSideWork() {
    connect(side_, &SideWork::samplesReady, this, &Engine::samplesReady);
    connect(side_, &SideWork::trajectoryReady, this, &Engine::trajectoryReady);
    connect(side_, &SideWork::measured, this, &Engine::measured);
    connect(side_, &SideWork::originalFidMeasured, this, &Engine::originalFidMeasured);
    connect(side_, &SideWork::figureProgressed, this, &Engine::figureProgressed);
    connect(side_, &SideWork::figureMade, this, &Engine::figureMade);
    connect(side_, &SideWork::givenUp, this, &Engine::givenUp);
    connect(side_, &SideWork::changed, this, &Engine::workChanged);
    connect(side_, &SideWork::failed, this, &Engine::failed);
}

void Engine::requestSamples(const SampleRequest& request, quint64 generation, int slot) {
    side_->put(request, generation, slot);
    schedule();
}

void Engine::requestTrajectory(const TrajectoryRequest& request, quint64 generation) {
    side_->put(request, generation);
    schedule();
}

void Engine::requestMeasurement(const MeasurementJob& job, quint64 generation, int slot) {
    side_->put(job, generation, slot);
    schedule();
}

void Engine::requestFigure(const FigureRecipe& recipe, quint64 generation) {
    side_->put(recipe, generation);
    schedule();
}

void Engine::requestOriginalFid(int images) {
    side_->putOriginalFid(images);
    schedule();
}

void Engine::forgetSamples(int slot) { side_->forgetSamples(slot); }
void Engine::forgetMeasurement(int slot) { side_->forgetMeasurement(slot); }
void Engine::forgetFigure(quint64 generation) { side_->forgetFigure(generation); }

void Engine::cancelWork() {
    ++cancelsHandled_;
    if (fid_ != Fid::Idle) session_->run().dropFid();
    fid_ = Fid::Idle;
    side_->noteDistance({});
    side_->giveUp();
    schedule();
}

}  // namespace thaw
