// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/stopwatch.h"
#include "core/session/steering_port.h"
#include "core/values/engine_command.h"
#include "core/values/engine_fact.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// Steers the engine's run by the files in its folder (core/formats/steering_files.h), for `thaw-cli pause` and
/// another window: what is asked there is carried out as if the window had asked, and all that the engine tells goes
/// into the status.
class FileSteering {
public:
    /// `carryOut` does what a command asks for, without counting it among the window's.
    FileSteering(std::function<void(const EngineCommand&)> carryOut, FactSink sink);
    ~FileSteering();  ///< a run that goes on is suspended by the engine: it counts as stopped

    /// The engine tells this.
    void note(const EngineFact& fact) {
        std::visit([this](const auto& told) { take(told); }, fact);
    }
    /// A run goes on whose folder has to be looked into.
    bool isOpen() const { return port_.isOpen(); }
    /// Looks for requests, at most every SteeringPort::kLookEvery, and carries them out.
    void poll();

private:
    void take(const fact::ModelOpened& told) { parameters_ = told.model.allParameters(); }
    void take(const fact::RunStarted& told);
    void take(const fact::RunMarked& told);
    void take(const fact::StepsDone& told);
    void take(const fact::SnapshotSaved& told) { status_.kimg = told.kimg; }
    void take(const fact::FidMeasured& told) { status_.distance = told.point.fid; }
    void take(const fact::Failed& told);
    void take(const fact::RunEnded& told) { status_.outcome = told.outcome; }
    void take(const fact::StateChanged& told);
    template <class Other>
    void take(const Other&) {}  // says nothing of the run

    void apply(const SteeringRequest& request);
    std::string obstacleTo(const SteeringRequest& request) const;
    void endIfOver();

    std::function<void(const EngineCommand&)> carryOut_;
    FactSink sink_;
    SteeringPort port_;
    Stopwatch sinceLook_;
    RunStatus status_;
    FinetuneConfig config_;
    std::vector<ParameterInfo> parameters_;  // of the open model
    std::optional<Failure> failure_;         // of what is being carried out
    bool isApplying_ = false;
};

}  // namespace thaw
