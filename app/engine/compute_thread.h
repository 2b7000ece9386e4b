// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/engine_facts.h"
#include "app/engine/engine_link.h"
#include "core/engine/open_requests.h"
#include "core/engine/run_control.h"
#include "core/session/session.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace thaw {

/// The window's handle on its engine: posts commands, holds the state the buttons show, and ends it cleanly. Lives on
/// the window's thread; connect to `facts()` for results.
class ComputeThread : public QObject {
    Q_OBJECT
public:
    /// An engine on a thread of this process (LocalLink).
    explicit ComputeThread(ComputeOptions options, QObject* parent = nullptr);
    /// `makeLink` connects an engine that tells its facts to what it is given.
    using MakeLink = std::function<std::unique_ptr<EngineLink>(EngineFacts&)>;
    explicit ComputeThread(const MakeLink& makeLink, QObject* parent = nullptr);
    ~ComputeThread() override;  ///< ends the thread and waits for it; a run that is still going is saved

    /// Another engine takes the place of this one, which ends as in the destructor. Nothing is open in it, and what was
    /// asked of the other is given up.
    void connectTo(const MakeLink& makeLink);
    void connectToThisMachine(ComputeOptions options);

    RunState state() const { return control_.state(); }
    bool allows(Command command) const { return control_.allows(command); }
    const EngineFacts* facts() const { return &facts_; }

    // Commands: false, and nothing sent, when the state forbids them. What each does says core/values/engine_command.h.
    bool openModel(const QString& path, const QString& teacher = {}, bool alone = false);
    bool openData(const QString& path);
    void renewRun();
    void cancelOpening();
    bool start(const FinetuneConfig& config, const QString& runsFolder);
    bool continueRun(const QString& runFolder, bool anyway = false, bool takeOver = false);
    bool pause();
    bool resume();
    bool stop();
    bool leave();  ///< as stop, of a run that the next start offers to go on with
    bool step(StepPart part = StepPart::Both);
    bool setFreeze(const FreezePlan& plan);
    bool measureFid(int images);
    bool saveSnapshot();
    void releaseMemory();

    // Views: return the generation number that comes back with the answer.
    /// One newest request a `slot`; without one, a slot for each source.
    quint64 requestSamples(const SampleRequest& request, std::optional<int> slot = {});
    void forgetSamples(int slot);
    quint64 requestTrajectory(const TrajectoryRequest& request);
    /// One newest job a `slot`; lower slots come first.
    quint64 requestMeasurement(const MeasurementJob& job, int slot);
    void forgetMeasurement(int slot);
    void requestOriginalFid(int images);
    /// With absolute paths; each is made, one after another.
    quint64 requestFigure(const FigureRecipe& recipe);
    void forgetFigure(quint64 generation);
    void cancelWork();  ///< all that is computed beside training

Q_SIGNALS:
    void stateChanged(thaw::RunState state);
    /// The run has another freeze plan, which was asked for by a file in its folder.
    void planSteered(const thaw::FreezePlan& plan);

private:
    bool send(const EngineCommand& command);
    void giveUpRequests();
    void tellSteeredPlan();

    EngineFacts facts_;  // outlives the link
    std::unique_ptr<EngineLink> link_;
    RunControl control_;
    OpenRequests requests_;
    quint64 generation_ = 0;
    std::optional<FreezePlan> steeredPlan_;  // not told yet: a command is on its way
};

}  // namespace thaw
