// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/engine.h"

namespace thaw {

// Half-done work that a command interrupted stays in the queue and is taken up again after the command.
Progress Engine::untilCommand() {
    return [this](double) { return announced_ <= handled_; };
}

bool Engine::viewsWait() const { return hasModel_ && !views_.empty(); }

void Engine::viewPiece() {
    flushSteps();
    if (auto* column = views_.nextColumn()) {
        samplePiece(*column);
    } else if (const auto wanted = views_.trajectory) {
        const Result result = attempt(Task::Sample, [&] {
            Q_EMIT trajectoryReady(wanted->generation, session_->trajectory(wanted->request, untilCommand()));
        });
        // Another image may have been asked for meanwhile.
        if (result != Result::Interrupted && views_.trajectory && views_.trajectory->generation == wanted->generation)
            views_.trajectory.reset();
    } else if (const auto wanted = views_.nextSpectrum()) {
        const Result result = attempt(Task::Spectrum, [&] {
            if (wanted->request.tuned && !session_->hasTuned()) return;
            Q_EMIT spectrumReady(wanted->generation, session_->layerSpectrum(wanted->request, untilCommand()));
        });
        if (result != Result::Interrupted) views_.drop(wanted->request);
    } else if (auto* job = views_.nextJob()) {
        measurementPiece(*job);
    } else {
        const int images = *views_.originalFid;
        const Result result = attempt(Task::Fid, [&] {
            if (hasData_ && session_->fidWorks())
                Q_EMIT originalFidMeasured(session_->originalFid(images, untilCommand()));
        });
        if (result != Result::Interrupted) views_.originalFid.reset();
    }
}

void Engine::samplePiece(ViewQueue::Column& column) {
    const SampleSource source = column.request.source;
    const bool possible = source == SampleSource::TunedOneStep ? session_->hasTuned()
                          : source == SampleSource::RealData   ? hasData_
                                                               : true;
    const int slot = column.slot;
    if (!possible) return views_.dropColumn(slot);
    const Result result = attempt(Task::Sample, [&] {
        SampleColumn piece = session_->sample(ViewQueue::nextPiece(column), untilCommand());
        SampleColumn& done = column.done;
        if (done.seeds.empty()) {
            done = std::move(piece);
        } else {
            done.seeds.insert(done.seeds.end(), piece.seeds.begin(), piece.seeds.end());
            done.images.insert(done.images.end(), piece.images.begin(), piece.images.end());
        }
        Q_EMIT samplesReady(column.generation, done);
    });
    if (result == Result::Failed || (result == Result::Done && column.complete())) views_.dropColumn(slot);
}

void Engine::measurementPiece(ViewQueue::Job& job) {
    constexpr qint64 kShowEveryMs = 120;
    const int slot = job.slot;
    if (needsTuned(job.job) && !session_->hasTuned()) return views_.dropJob(slot);
    bool more = true;
    const Result result = attempt(Task::Spectrum, [&] {
        const bool first = !job.running;
        if (first) job.running = beginJob(*session_, job.job);
        more = job.running->advance(untilCommand());
        if (more && !first && sinceMeasured_.elapsed() < kShowEveryMs) return;
        Q_EMIT measured(job.generation, job.running->value());
        sinceMeasured_.start();
    });
    if (result == Result::Failed || (result == Result::Done && !more)) views_.dropJob(slot);
}

}  // namespace thaw
