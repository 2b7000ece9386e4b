// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/command_count.h"
#include "core/engine/failures.h"
#include "core/engine/file_opening.h"
#include "core/engine/file_steering.h"
#include "core/engine/side_work.h"
#include "core/engine/step_outbox.h"
#include "core/engine/view_budget.h"
#include "core/session/session.h"
#include "core/values/engine_command.h"
#include "core/values/engine_fact.h"
#include "core/values/run_state.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace thaw {

/// The engine: owns the Session, and beside it that of a figure that is made again. Commands go in, facts come out,
/// and only values cross. It has no thread, no loop and no timer: who drives it (the window's compute thread,
/// `thaw-cli serve`) hands on commands and calls advance() while there is work. All but the announcements happens on
/// one thread.
///
/// All work is cut into pieces (a part of a micro-batch of a training step, a hundred images of a Fréchet distance, a
/// few seeds of a column of samples), one a call, so that pause, samples or a click in the tree fall between two
/// pieces without a lock; a freeze toggle, a save and the end of a run take an open step to its end first. While a
/// run is going, what the window wants to see gets at most a fifth of the time.
class EngineCore {
public:
    /// `sink` is told every fact. `listen` is called inside pieces that take long: who has commands to announce that
    /// come from elsewhere looks for them there.
    EngineCore(ComputeOptions options, FactSink sink, std::function<void()> listen = {});
    ~EngineCore();  ///< suspends a run that is still going
    EngineCore(const EngineCore&) = delete;
    EngineCore& operator=(const EngineCore&) = delete;

    /// From any thread, before each command is queued: a view in progress stops at its next progress report and is
    /// taken up again later, so that the command does not wait for it.
    void announce(const EngineCommand& command) { count_.announce(command); }
    /// From any thread: the engine is about to be destroyed, and what it does shall not be waited for.
    void announceEnd() { count_.announceEnd(); }

    /// Carries out a command of the window, in their order. Throws nothing: what goes wrong is a fact.
    void obey(const EngineCommand& command);
    /// Who asked for views and figures is gone: they are not made. The run goes on.
    void dropViews() { side_.giveUp(); }
    /// advance() has something to do.
    bool hasWork() const { return due_; }
    /// One piece.
    void advance();
    /// A run goes on that files in its folder may steer: advance() is to be called every SteeringPort::kLookEvery too.
    bool isSteered() const { return steering_.isOpen(); }
    RunState state() const { return state_; }

private:
    using Result = WorkResult;

    // The commands; the first twelve are those of the table.
    void act(const command::OpenModel& asked);
    void act(const command::OpenData& asked);
    void act(const command::Start& asked);
    void act(const command::ContinueRun& asked);
    void act(const command::Pause&);
    void act(const command::Resume&);
    void act(const command::Stop& asked);
    void act(const command::Step& asked);
    void act(const command::SetFreeze& asked);
    void act(const command::SetRates& asked);
    void act(const command::MeasureFid& asked);
    void act(const command::SaveSnapshot&);
    void act(const command::ReleaseMemory&);
    void act(const command::RenewRun&) { files_.renewRun(); }
    void act(const command::RequestSamples& c) { side_.put(c.request, c.generation, c.slot); }
    void act(const command::ForgetSamples& c) { side_.forgetSamples(c.slot); }
    void act(const command::RequestTrajectory& c) { side_.put(c.request, c.generation); }
    void act(const command::RequestMeasurement& c) { side_.put(c.job, c.generation, c.slot); }
    void act(const command::ForgetMeasurement& c) { side_.forgetMeasurement(c.slot); }
    void act(const command::RequestOriginalFid& c) { side_.putOriginalFid(c.images); }
    void act(const command::RequestFigure& c) { side_.put(c.recipe, c.generation); }
    void act(const command::ForgetFigure& c) { side_.forgetFigure(c.generation); }
    void act(const command::CancelWork&);
    void act(const command::CancelOpening&) {}  // acted when it was announced

    void carryOut(const EngineCommand& command);
    bool goOn();
    void tell(EngineFact fact);
    Result attempt(Task task, const std::function<void()>& work);
    Session& session();
    bool allow(Command command);
    void report(Fact fact);
    void open(Command command, Task task, const std::string& path, const std::function<void(const Progress&)>& read);
    Progress untilCancelled();
    bool beginRun(const std::function<void()>& make);
    void endRun(RunOutcome outcome, Fact fact, bool suspended = false);
    void fidPiece();
    void trainPiece();
    bool stepPiece();
    bool train(const std::function<void()>& work);
    bool settle() {
        return train([this] { session_->run().settle(); });
    }
    bool endStep();
    void save(bool asked);
    void flushSteps();
    void mark(RunMark::Kind kind, const std::string& detail = {});

    ComputeOptions options_;
    FactSink sink_;
    std::function<void()> listen_;
    CommandCount count_;
    std::unique_ptr<Session> session_;
    RunState state_ = RunState::Empty;
    std::optional<ErrorCode> lastError_;  // of the latest failed attempt
    bool due_ = false;
    SideWork side_;
    FileOpening files_;
    FileSteering steering_;
    ViewBudget budget_{0.2};
    std::deque<StepPart> asked_;  // steps that are asked for one by one, in a pause
    enum class Fid { Idle, Scheduled, AskedFor } fid_ = Fid::Idle;
    bool fidWorks_ = true;  // one failure is said once, then the run goes on without
    StepOutbox outbox_;
};

}  // namespace thaw
