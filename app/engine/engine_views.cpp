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
            Q_EMIT trajectoryReady(wanted->generation, session_->files().trajectory(wanted->request, untilCommand()));
        });
        // Another image may have been asked for meanwhile.
        if (result != Result::Interrupted && views_.trajectory && views_.trajectory->generation == wanted->generation)
            views_.trajectory.reset();
    } else if (auto* job = views_.nextJob()) {
        measurementPiece(*job);
    } else {
        const int images = *views_.originalFid;
        const Result result = attempt(Task::Fid, [&] {
            if (hasData_ && session_->run().fidWorks())
                Q_EMIT originalFidMeasured(session_->run().originalFid(images, untilCommand()));
        });
        if (result != Result::Interrupted) views_.originalFid.reset();
    }
}

void Engine::samplePiece(ViewQueue::Column& column) {
    const SampleSource source = column.request.source;
    const bool possible = source == SampleSource::TunedOneStep ? session_->run().hasTuned()
                          : source == SampleSource::RealData   ? hasData_
                                                               : true;
    const int slot = column.slot;
    if (!possible) return views_.dropColumn(slot);
    const Result result = attempt(Task::Sample, [&] {
        append(column.done, session_->files().sample(column.request.piece(column.done.seeds.size()), untilCommand()));
        Q_EMIT samplesReady(column.generation, column.done);
    });
    if (result == Result::Failed || (result == Result::Done && column.complete())) views_.dropColumn(slot);
}

void Engine::measurementPiece(ViewQueue::Job& job) {
    constexpr qint64 kShowEveryMs = 120;
    const int slot = job.slot;
    if (needsTuned(job.job) && !session_->run().hasTuned()) return views_.dropJob(slot);
    bool more = true;
    const Result result = attempt(Task::Spectrum, [&] {
        const bool first = !job.running;
        if (first) job.running = beginJob(*session_, job.job, untilCommand());
        more = job.running->advance(untilCommand());
        if (more && !first && sinceMeasured_.elapsed() < kShowEveryMs) return;
        Q_EMIT measured(job.generation, job.running->value());
        sinceMeasured_.start();
    });
    if (result == Result::Failed || (result == Result::Done && !more)) views_.dropJob(slot);
}

void Engine::requestFigure(const FigureRecipe& recipe, quint64 generation) {
    figures_.put(recipe, generation);
    schedule();
}

void Engine::forgetFigure(quint64 generation) { figures_.drop(generation); }

void Engine::figurePiece() {
    flushSteps();
    const auto advanced = figures_.advance([this]() -> const Session& { return session(); }, untilCommand());
    if (advanced.answer) Q_EMIT figureMade(advanced.generation, *advanced.answer);
    else Q_EMIT figureProgressed(advanced.generation, advanced.share);
}

}  // namespace thaw
