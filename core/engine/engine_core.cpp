// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine_core.h"

#include "core/engine/take_over.h"
#include "core/formats/running_mark.h"

#include <utility>

namespace thaw {

namespace {

// What is not the run's own is asked about in a dialog, not told as a failure.
void resumeOrRefuse(TrainingRun& run, const std::string& folder, const ResumeOptions& options,
                    const std::function<void(const std::string&)>& refuse) {
    try {
        run.resume(folder, options);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::OtherInput) throw;
        refuse(error.message());
        throw Error(ErrorCode::Interrupted, error.message());
    }
}

// As often as the screen is drawn.
std::function<void(double)> seldom(std::function<void(double)> report) {
    constexpr double reportEverySeconds = 0.033;
    return [report = std::move(report), sinceReport = startedStopwatch()](double share) mutable {
        if (sinceReport.seconds() < reportEverySeconds) return;
        report(share);
        sinceReport.start();
    };
}

}  // namespace

EngineCore::EngineCore(ComputeOptions options, FactSink sink, std::function<void()> listen)
    : options_(std::move(options)),
      sink_(std::move(sink)),
      listen_(std::move(listen)),
      side_([this]() -> Session& { return session(); }, [this] { return goOn(); },
            [this](EngineFact&& fact) { tell(std::move(fact)); }),
      files_([this]() -> Session& { return session(); }, side_, [this](EngineFact&& fact) { tell(std::move(fact)); }),
      steering_([this](const EngineCommand& command) { carryOut(command); },
                [this](EngineFact&& fact) { tell(std::move(fact)); }) {}

EngineCore::~EngineCore() {
    if (session_ && session_->run().hasRun()) attempt(Task::Save, [this] { session_->run().suspend(); });
}

void EngineCore::obey(const EngineCommand& command) {
    count_.handle(command);
    carryOut(command);
}

void EngineCore::carryOut(const EngineCommand& command) {
    std::visit([this](const auto& asked) { act(asked); }, command);
    if (!tableCommand(command)) due_ = true;
}

bool EngineCore::goOn() {
    if (listen_) listen_();
    return !count_.isWaiting();
}

void EngineCore::tell(EngineFact fact) {
    steering_.note(fact);
    sink_(std::move(fact));
}

EngineCore::Result EngineCore::attempt(Task task, const std::function<void()>& work) {
    Failure failure;
    failure.task = task;
    const Result result = attemptWork(work, failure);
    if (result == Result::Failed) {
        lastError_ = failure.code;
        tell(fact::Failed{failure});
    }
    return result;
}

Session& EngineCore::session() {
    if (!session_) {
        session_ = std::make_unique<Session>(options_);
        tell(fact::DeviceKnown{session_->computing()});
    }
    return *session_;
}

bool EngineCore::allow(Command command) {
    flushSteps();
    const auto next = after(state_, command);
    if (next) state_ = *next;
    tell(fact::StateChanged{state_, count_.handled()});
    if (next) due_ = true;
    return next.has_value();
}

void EngineCore::report(Fact fact) {
    flushSteps();
    if (const auto next = after(state_, fact)) state_ = *next;
    tell(fact::StateChanged{state_, count_.handled()});
}

void EngineCore::act(const command::OpenModel& asked) {
    open(Command::OpenModel, Task::OpenModel, asked.path,
         [&](const Progress& progress) { files_.openModel(asked, progress); });
}

void EngineCore::act(const command::OpenData& asked) {
    open(Command::OpenData, Task::OpenData, asked.path,
         [&](const Progress& progress) { files_.openData(asked.path, progress); });
}

void EngineCore::open(Command command, Task task, const std::string& path,
                      const std::function<void(const Progress&)>& read) {
    if (!allow(command)) return;
    tell(fact::OpeningBegan{path});
    const Result result = count_.isCancelled() ? Result::Interrupted : attempt(task, [&] { read(untilCancelled()); });
    if (result == Result::Interrupted) tell(fact::OpeningCancelled{path});
    if (result == Result::Done && files_.hasAll()) files_.tellResponses();
    report(files_.hasAll() ? Fact::Opened : Fact::StillMissing);
}

Progress EngineCore::untilCancelled() {
    auto say = seldom([this](double share) { tell(fact::OpeningProgressed{share}); });
    return [this, say = std::move(say)](double share) {
        say(share);
        if (listen_) listen_();
        return !count_.isCancelled();
    };
}

void EngineCore::act(const command::Start& asked) {
    if (!allow(Command::Start)) return;
    beginRun([&] { session().run().start(asked.config, asked.runsFolder); });
}

void EngineCore::act(const command::ContinueRun& asked) {
    if (!allow(Command::Start)) return;
    const bool began = beginRun([&] {
        if (asked.takeOver) takeRunOver(asked.folder, untilCancelled());
        requireIdleRun(asked.folder);  // before its files are read, which may take long
        if (!asked.anyway) files_.openSourcesOf(asked.folder, [this] { return untilCancelled(); });
        const ResumeOptions options{{}, Precision::Auto, options_.threads, {}, asked.anyway};
        resumeOrRefuse(session().run(), asked.folder, options, [&](const std::string& why) {
            tell(fact::ContinueRefused{asked.folder, why});
        });
    });
    if (began && !session_->run().notes().empty()) tell(fact::RunRemarked{session_->run().notes()});
}

bool EngineCore::beginRun(const std::function<void()>& make) {
    if (attempt(Task::Start, make) != Result::Done) {
        report(Fact::StartRefused);
        return false;
    }
    fid_ = Fid::Idle;
    fidWorks_ = true;
    asked_.clear();
    tell(fact::DeviceKnown{session_->computing()});
    tell(fact::RunStarted{session_->run().folder(), session_->run().config()});
    mark(RunMark::Kind::Start);
    report(Fact::RunStarted);
    return true;
}

void EngineCore::act(const command::Pause&) {
    if (!allow(Command::Pause)) return;
    mark(RunMark::Kind::Pause);
    report(Fact::PauseReached);
}

void EngineCore::act(const command::Resume&) {
    if (allow(Command::Resume)) mark(RunMark::Kind::Resume);
}

void EngineCore::act(const command::Stop& asked) {
    if (allow(Command::Stop) && endStep()) endRun(RunOutcome::Stopped, Fact::RunSaved, asked.leaving);
}

// A step that the pause cut in two comes first; for both players its end is the step asked for.
void EngineCore::act(const command::Step& asked) {
    if (!allow(Command::Step)) return;
    if (asked_.empty() && session_->run().inStep() && asked.part != StepPart::Both) asked_.push_back(StepPart::Both);
    asked_.push_back(asked.part);
}

void EngineCore::act(const command::SetFreeze& asked) {
    if (!allow(Command::SetFreeze) || !session_ || !session_->run().hasRun()) return;
    if (asked.plan == session_->run().config().freeze) return;  // nothing happens, so nothing is marked
    if (!endStep()) return;
    if (attempt(Task::Train, [&] { session_->run().setFreeze(asked.plan); }) == Result::Done)
        mark(RunMark::Kind::Freeze, toText(asked.plan));
}

void EngineCore::act(const command::SetRates& asked) {
    if (!allow(Command::SetFreeze) || !session_ || !session_->run().hasRun() || !endStep()) return;
    attempt(Task::Train, [&] { session_->run().setRates(asked.g, asked.d); });
}

void EngineCore::act(const command::MeasureFid& asked) {
    if (!allow(Command::MeasureFid) || fid_ != Fid::Idle) return;
    if (!session_->run().inStep() && !endStep()) return;
    if (attempt(Task::Fid, [&] { session_->run().beginFid(asked.images); }) != Result::Done) return;
    fid_ = Fid::AskedFor;
    side_.noteDistance(0);
    tell(fact::FidBegun{});
}

void EngineCore::act(const command::SaveSnapshot&) {
    if (allow(Command::SaveSnapshot) && endStep()) save(true);
}

void EngineCore::act(const command::ReleaseMemory&) {
    attempt(Task::Save, [this] { tell(fact::MemoryReleased{session().releaseMemory()}); });
}

void EngineCore::act(const command::CancelWork&) {
    if (fid_ != Fid::Idle) session_->run().dropFid();
    fid_ = Fid::Idle;
    side_.noteDistance({});
    side_.giveUp();
}

void EngineCore::advance() {
    steering_.poll();
    due_ = false;
    const bool running = state_ == RunState::Running || !asked_.empty();
    // A measurement that a pause cut in two waits for the run to go on; one asked for goes on in a pause too.
    const bool measures =
        (state_ == RunState::Running && fid_ != Fid::Idle) || (state_ == RunState::Paused && fid_ == Fid::AskedFor);
    const Stopwatch piece = startedStopwatch();
    if (side_.viewsWait() && (!running || budget_.allowsView())) {
        flushSteps();
        side_.viewPiece();
        if (running) budget_.viewTook(piece.seconds());
    } else if (measures) {
        fidPiece();
        budget_.trainingTook(piece.seconds());
    } else if (side_.figuresWait() && (!running || budget_.allowsView())) {
        flushSteps();
        side_.figurePiece();
        if (running) budget_.viewTook(piece.seconds());
    } else if (running) {
        trainPiece();
        budget_.trainingTook(piece.seconds());
    } else if (files_.awaitsChecksums()) {
        files_.checksumPiece();
    } else {
        if (session_ && !session_->run().inStep()) endStep();  // nothing follows that would bring its numbers
        flushSteps();
        return;
    }
    due_ = true;
}

}  // namespace thaw
