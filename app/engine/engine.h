// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/run_renewal.h"
#include "app/engine/side_work.h"
#include "core/engine/checksums.h"
#include "core/engine/failures.h"
#include "core/engine/step_outbox.h"
#include "core/engine/view_budget.h"
#include "core/session/session.h"
#include "core/values/engine_messages.h"
#include "core/values/opened_run.h"
#include "core/values/run_state.h"

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace thaw {

/// The compute thread's object: owns the Session, which lives and dies on that thread, and beside it the one of a figure that
/// is made again. Slots are commands, signals are facts, and only values cross.
///
/// All work is cut into pieces (a part of a micro-batch of a training step, a hundred images of a Fréchet distance, a few
/// seeds of a column of samples), one piece a posted event, so that pause, samples or a click in the tree fall between two
/// pieces without a lock; a freeze toggle, a save and the end of a run take an open step to its end first. While a run is
/// going, what the window wants to see gets at most a fifth of the time.
class Engine : public QObject {
    Q_OBJECT
public:
    explicit Engine(ComputeOptions options);
    ~Engine() override;  ///< saves a run that is still going

    /// From any thread, before a command is posted: a view in progress stops at its next progress report and is taken
    /// up again later, so that the command does not wait for it.
    void announceCommand() { ++announced_; }
    /// Before one of the window's commands is carried out; what others ask of the run is not counted.
    void countCommand() { ++handled_; }
    /// From any thread, before cancelWork is posted.
    void announceCancel() { ++cancelsAnnounced_; }
    /// From any thread: whatever was asked to be opened up to now is given up, at its next progress report.
    void cancelOpening() { cancelled_ = announced_.load(); }
    RunRenewal* renewal() const { return renewal_; }

public Q_SLOTS:
    // Commands of the table in run_state.h. One that the state forbids changes nothing; every one is answered by
    // stateChanged.
    /// A run of fine-tuning, or a snapshot in its folder, is opened to be looked at: its teacher (or the one that is named) is
    /// the model, the run the tuned generator (core/session/run_opening.h). `alone`: that generator is the model all the same.
    void openModel(const QString& path, const QString& teacher = {}, bool alone = false);
    void openData(const QString& path);
    void start(const thaw::FinetuneConfig& config, const QString& runsFolder);
    /// Opens the run's own model and data where others are open. With `anyway` the run goes on with those that are open and
    /// notes it, whatever it was made with.
    void continueRun(const QString& runFolder, bool anyway = false);
    void pause();
    void resume();
    void stop(bool leaving = false);  ///< who leaves is asked at the next start whether the run shall go on
    void step(thaw::StepPart part = thaw::StepPart::Both);
    void setFreeze(const thaw::FreezePlan& plan);
    void setRates(std::optional<double> g, std::optional<double> d);  ///< where the table allows setFreeze
    void measureFid(int images);
    void saveSnapshot();
    void releaseMemory();

    // Views: the newest request of each kind wins. They leave the state alone.
    void requestSamples(const thaw::SampleRequest& request, quint64 generation, int slot);
    void forgetSamples(int slot);
    void requestTrajectory(const thaw::TrajectoryRequest& request, quint64 generation);
    void requestMeasurement(const thaw::MeasurementJob& job, quint64 generation, int slot);
    void forgetMeasurement(int slot);
    void requestOriginalFid(int images);
    /// Figures wait for all views, and for each other.
    void requestFigure(const thaw::FigureRecipe& recipe, quint64 generation);
    void forgetFigure(quint64 generation);
    /// Gives up everything that is computed beside training, a distance of the run that is being measured too.
    void cancelWork();

Q_SIGNALS:
    /// `handled` counts the window's commands seen so far; see RunControl.
    void stateChanged(thaw::RunState state, quint64 handled);
    void deviceKnown(const thaw::RunEnvironment& computing);
    /// A file is being read; `share` in [0, 1] follows where the reader knows it.
    void openingBegan(const QString& path);
    void openingProgressed(double share);
    void openingCancelled(const QString& path);
    /// The card comes just before modelOpened, the checksum (SHA-256 in hexadecimal) when there was time for it.
    void modelCardReady(const thaw::ModelCard& card);
    void modelChecksumReady(const QString& file, const QString& sha256);
    void modelOpened(const thaw::ModelSummary& model);
    /// After the model and the data that were opened for it.
    void runOpened(const thaw::OpenedRun& run);
    void dataOpened(const thaw::DataSummary& data);
    /// What can be measured in the model, as soon as there are data too.
    void responsesKnown(const std::vector<thaw::ResponseInfo>& responses);
    void runStarted(const QString& folder, const thaw::FinetuneConfig& config);
    /// What is to be said of a run that goes on: where "bit for bit" ends, what could not be checked.
    void runRemarked(const QStringList& remarks);
    /// Its model, its data or its precision are not those it was made with; nothing was changed.
    void continueRefused(const QString& folder, const QString& message);
    void runMarked(const thaw::RunMark& mark);
    /// Every step since the last signal, at most about 30 signals a second.
    void stepsDone(const std::vector<thaw::StepMetrics>& steps);
    void fidBegun();
    void fidMeasured(const thaw::FidPoint& point);
    void originalFidMeasured(const thaw::FidPoint& point);
    void snapshotSaved(double kimg);
    void memoryReleased(double mib);
    void runEnded(thaw::RunOutcome outcome);
    /// A column while it fills; it is complete when it has as many images as seeds were asked for.
    void samplesReady(quint64 generation, const thaw::SampleColumn& column);
    void trajectoryReady(quint64 generation, const thaw::Trajectory& trajectory);
    /// A measurement while it fills, a few times a second.
    void measured(quint64 generation, const thaw::Measured& measured);
    void figureProgressed(quint64 generation, double share);
    void figureMade(quint64 generation, const thaw::FigureAnswer& answer);
    /// Requests that will not be answered any more: cancelled, failed, or asked of what is not open any more.
    void givenUp(const std::vector<quint64>& generations);
    /// What is computed beside training, a few times a second while it goes on.
    void workChanged(const thaw::ComputeWork& work);
    void failed(const thaw::Failure& failure);

private:
    using Result = WorkResult;
    Result attempt(Task task, const std::function<void()>& work);
    Session& session();
    bool obey(Command command);
    void report(Fact fact);
    void readModel(const QString& path, const Progress& progress);
    void showModel();
    void showData();
    void readRun(const QString& path, const QString& teacher, const Progress& progress);
    void readData(const QString& path, const DatasetOptions& options, const Progress& progress);
    void openSourcesOf(const QString& runFolder);
    void open(Command command, Task task, const QString& path, const std::function<void(const Progress&)>& read);
    Progress untilCancelled();
    bool beginRun(const std::function<void()>& make);
    void endRun(RunOutcome outcome, Fact fact, bool suspended = false);
    void schedule();
    void advance();
    void fidPiece();
    void checksumPiece();
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
    void connectSideWork();

    ComputeOptions options_;
    std::unique_ptr<Session> session_;
    RunState state_ = RunState::Empty;
    quint64 handled_ = 0;
    std::atomic<quint64> announced_ = 0;
    std::atomic<quint64> cancelled_ = 0;  // commands up to this one open nothing more
    std::atomic<quint64> cancelsAnnounced_ = 0;
    quint64 cancelsHandled_ = 0;
    std::optional<ErrorCode> lastError_;  // of the latest failed attempt
    bool hasModel_ = false, hasData_ = false;
    Checksums checksums_;
    bool advancing_ = false;  // an advance() is posted
    SideWork* side_;
    RunRenewal* renewal_;
    ViewBudget budget_{0.2};
    std::deque<StepPart> asked_;  // steps that are asked for one by one, in a pause
    enum class Fid { Idle, Scheduled, AskedFor } fid_ = Fid::Idle;
    bool fidWorks_ = true;  // one failure is said once, then the run goes on without
    StepOutbox outbox_;
};

}  // namespace thaw
