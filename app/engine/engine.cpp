// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/engine.h"

#include "core/formats/running_mark.h"

#include <utility>

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace thaw {

namespace {
// On Linux a nice value belongs to one thread; the pool's threads are made from this one and inherit it.
void lowerPriority() {
#ifdef __linux__
    setpriority(PRIO_PROCESS, 0, 5);
#endif
}

// What is not the run's own is asked about in a dialog, not told as a failure.
void resumeOrRefuse(TrainingRun& run, const QString& folder, const ResumeOptions& options,
                    const std::function<void(const QString&)>& refuse) {
    try {
        run.resume(folder.toStdString(), options);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::OtherInput) throw;
        refuse(QString::fromStdString(error.message()));
        throw Error(ErrorCode::Interrupted, error.message());
    }
}

QStringList remarksOf(const TrainingRun& run) {
    QStringList remarks;
    for (const auto& note : run.notes()) remarks << QString::fromStdString(note);
    return remarks;
}

double seconds(const QElapsedTimer& timer) { return double(timer.nsecsElapsed()) * 1e-9; }
}  // namespace

Engine::Engine(ComputeOptions options)
    : options_(std::move(options)),
      side_(new SideWork([this]() -> Session& { return session(); },
                         [this] { return announced_ <= handled_ && cancelsAnnounced_ <= cancelsHandled_; }, this)),
      renewal_(new RunRenewal([this]() -> Session& { return session(); }, this)) {
    connectSideWork();
}

Engine::~Engine() {
    if (session_ && session_->run().hasRun()) attempt(Task::Save, [this] { session_->run().suspend(); });
}

Engine::Result Engine::attempt(Task task, const std::function<void()>& work) {
    Failure failure;
    failure.task = task;
    const Result result = attemptWork(work, failure);
    if (result == Result::Failed) {
        lastError_ = failure.code;
        Q_EMIT failed(failure);
    }
    return result;
}

Session& Engine::session() {
    if (!session_) {
        lowerPriority();
        session_ = std::make_unique<Session>(options_);
        Q_EMIT deviceKnown(session_->computing());
    }
    return *session_;
}

bool Engine::obey(Command command) {
    flushSteps();
    const auto next = after(state_, command);
    if (next) state_ = *next;
    Q_EMIT stateChanged(state_, handled_);
    if (next) schedule();
    return next.has_value();
}

void Engine::report(Fact fact) {
    flushSteps();
    if (const auto next = after(state_, fact)) state_ = *next;
    Q_EMIT stateChanged(state_, handled_);
}

void Engine::start(const FinetuneConfig& config, const QString& runsFolder) {
    if (!obey(Command::Start)) return;
    beginRun([&] { session().run().start(config, runsFolder.toStdString()); });
}

void Engine::continueRun(const QString& runFolder, bool anyway) {
    if (!obey(Command::Start)) return;
    const bool began = beginRun([&] {
        requireIdleRun(runFolder.toStdString());  // before its files are read, which may take long
        if (!anyway) openSourcesOf(runFolder);
        const ResumeOptions options{{}, Precision::Auto, options_.threads, {}, anyway};
        resumeOrRefuse(session().run(), runFolder, options,
                       [&](const QString& why) { Q_EMIT continueRefused(runFolder, why); });
    });
    const QStringList remarks = began ? remarksOf(session_->run()) : QStringList();
    if (!remarks.isEmpty()) Q_EMIT runRemarked(remarks);
}

bool Engine::beginRun(const std::function<void()>& make) {
    if (attempt(Task::Start, make) != Result::Done) {
        report(Fact::StartRefused);
        return false;
    }
    fid_ = Fid::Idle;
    fidWorks_ = true;
    asked_.clear();
    Q_EMIT deviceKnown(session_->computing());
    Q_EMIT runStarted(QString::fromStdString(session_->run().folder()), session_->run().config());
    mark(RunMark::Kind::Start);
    report(Fact::RunStarted);
    return true;
}

void Engine::pause() {
    if (!obey(Command::Pause)) return;
    mark(RunMark::Kind::Pause);
    report(Fact::PauseReached);
}

void Engine::resume() {
    if (obey(Command::Resume)) mark(RunMark::Kind::Resume);
}

void Engine::stop(bool leaving) {
    if (obey(Command::Stop) && endStep()) endRun(RunOutcome::Stopped, Fact::RunSaved, leaving);
}

// A step that the pause cut in two comes first; for both players its end is the step asked for.
void Engine::step(StepPart part) {
    if (!obey(Command::Step)) return;
    if (asked_.empty() && session_->run().inStep() && part != StepPart::Both) asked_.push_back(StepPart::Both);
    asked_.push_back(part);
}

void Engine::setFreeze(const FreezePlan& plan) {
    if (!obey(Command::SetFreeze) || !session_ || !session_->run().hasRun()) return;
    if (plan == session_->run().config().freeze) return;  // nothing happens, so nothing is marked
    if (!endStep()) return;
    if (attempt(Task::Train, [&] { session_->run().setFreeze(plan); }) == Result::Done)
        mark(RunMark::Kind::Freeze, toText(plan));
}

void Engine::setRates(std::optional<double> g, std::optional<double> d) {
    if (!obey(Command::SetFreeze) || !session_ || !session_->run().hasRun() || !endStep()) return;
    attempt(Task::Train, [&] { session_->run().setRates(g, d); });
}

void Engine::measureFid(int images) {
    if (!obey(Command::MeasureFid) || fid_ != Fid::Idle) return;
    if (!session_->run().inStep() && !endStep()) return;
    if (attempt(Task::Fid, [&] { session_->run().beginFid(images); }) != Result::Done) return;
    fid_ = Fid::AskedFor;
    side_->noteDistance(0);
    Q_EMIT fidBegun();
}

void Engine::saveSnapshot() {
    if (obey(Command::SaveSnapshot) && endStep()) save(true);
}

void Engine::releaseMemory() {
    attempt(Task::Save, [this] { Q_EMIT memoryReleased(session().releaseMemory()); });
}

void Engine::schedule() {
    if (std::exchange(advancing_, true)) return;
    QMetaObject::invokeMethod(this, &Engine::advance, Qt::QueuedConnection);
}

void Engine::advance() {
    advancing_ = false;
    const bool running = state_ == RunState::Running || !asked_.empty();
    // A measurement that a pause cut in two waits for the run to go on; one asked for goes on in a pause too.
    const bool measures =
        (state_ == RunState::Running && fid_ != Fid::Idle) || (state_ == RunState::Paused && fid_ == Fid::AskedFor);
    QElapsedTimer timer;
    timer.start();
    if (side_->viewsWait() && (!running || budget_.allowsView())) {
        flushSteps();
        side_->viewPiece();
        if (running) budget_.viewTook(seconds(timer));
    } else if (measures) {
        fidPiece();
        budget_.trainingTook(seconds(timer));
    } else if (side_->figuresWait() && (!running || budget_.allowsView())) {
        flushSteps();
        side_->figurePiece();
        if (running) budget_.viewTook(seconds(timer));
    } else if (running) {
        trainPiece();
        budget_.trainingTook(seconds(timer));
    } else if (checksums_.areAwaited()) {
        checksumPiece();
    } else {
        if (session_ && !session_->run().inStep()) endStep();  // nothing follows that would bring its numbers
        flushSteps();
        return;
    }
    schedule();
}

void Engine::checksumPiece() {
    if (!checksums_.advance(session_->files())) return;
    const FileHash& hash = session_->files().modelHash();
    Q_EMIT modelChecksumReady(QString::fromStdString(hash.path()), QString::fromStdString(hash.hex()));
}

void Engine::fidPiece() {
    flushSteps();
    const Result result = attempt(Task::Fid, [this] {
        if (const auto point = session_->run().continueFid()) {
            fid_ = Fid::Idle;
            Q_EMIT fidMeasured(*point);
        }
    });
    if (result == Result::Failed) fid_ = Fid::Idle;
    fidWorks_ = fidWorks_ && result != Result::Failed;
    side_->noteDistance(fid_ == Fid::Idle ? std::nullopt : std::optional(session_->run().fidShare()));
}

void Engine::trainPiece() {
    TrainingRun& run = session_->run();
    if (run.inStep() || !asked_.empty()) {
        stepPiece();
    } else if (fidWorks_ && run.fidDue()) {
        if (!settle()) return;
        fidWorks_ = attempt(Task::Fid, [&] { run.beginFid(run.config().fidImages); }) == Result::Done;
        if (!fidWorks_) return;
        fid_ = Fid::Scheduled;
        side_->noteDistance(0);
        Q_EMIT fidBegun();
    } else if (run.isComplete()) {
        if (settle()) endRun(RunOutcome::Finished, Fact::RunCompleted);
    } else if (run.snapshotDue()) {
        save(false);
    } else {
        stepPiece();
    }
}

// False where the run has ended with it.
bool Engine::train(const std::function<void()>& work) {
    const Result result = attempt(Task::Train, [&] {
        work();
        outbox_.take(session_->run());
    });
    if (result != Result::Failed) return true;
    const bool diverged = lastError_ == ErrorCode::Diverged;
    endRun(diverged ? RunOutcome::Diverged : RunOutcome::Failed, diverged ? Fact::RunDiverged : Fact::RunFailed);
    return false;
}

bool Engine::stepPiece() {
    const StepPart part = asked_.empty() ? StepPart::Both : asked_.front();
    bool whole = false;
    if (!train([&] { whole = session_->run().advance(part); })) return false;
    if (whole && !asked_.empty()) asked_.pop_front();
    if ((whole && state_ == RunState::Paused) || outbox_.isDue()) flushSteps();
    return true;
}

// What is saved or frozen is so between two steps. False where the run has ended with it.
bool Engine::endStep() {
    if (!session_ || !session_->run().hasRun()) return true;
    while (session_->run().inStep())
        if (!stepPiece()) return false;
    return settle();
}

void Engine::save(bool asked) {
    if (!settle()) return;
    bool snapshot = true;
    const Result result = attempt(Task::Save, [&] {
        if (asked) session_->run().saveSnapshot();
        else snapshot = session_->run().saveWhatIsDue();
    });
    if (result == Result::Done) {
        if (snapshot) Q_EMIT snapshotSaved(session_->run().tunedKimg());  // a safeguard's file goes with the next save
        return;
    }
    // Training on could only lose more: hold the run where it is, so that the user can make room and go on.
    if (const auto next = after(state_, Command::Pause)) {
        state_ = *next;
        report(Fact::PauseReached);
    }
}

void Engine::endRun(RunOutcome outcome, Fact fact, bool suspended) {
    flushSteps();
    fid_ = Fid::Idle;
    side_->noteDistance({});
    asked_.clear();
    const Result saved = attempt(Task::Save, [&] {
        if (!session_->run().hasRun()) return;
        if (suspended) session_->run().suspend();
        else session_->run().finish(outcome);
    });
    if (session_) outbox_.take(session_->run());
    flushSteps();
    if (saved != Result::Done) {
        outcome = RunOutcome::Failed;
        fact = Fact::RunFailed;
    }
    Q_EMIT deviceKnown(session_->computing());
    Q_EMIT runEnded(outcome);
    report(fact);
}

void Engine::flushSteps() {
    if (const auto steps = outbox_.takeAll(); !steps.empty()) Q_EMIT stepsDone(steps);
    if (!session_) return;
    if (const auto remark = session_->run().takeRemark(); !remark.empty())
        Q_EMIT runRemarked({QString::fromStdString(remark)});
}

void Engine::mark(RunMark::Kind kind, const std::string& detail) {
    Q_EMIT runMarked({kind, session_->run().steps(), session_->run().tunedKimg(), detail});
}

}  // namespace thaw
