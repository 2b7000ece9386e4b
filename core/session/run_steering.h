// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/steering_port.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

class Pretraining;
class Processes;
class TrainingRun;

/// What a loop needs of the run that it steers. What a run of its kind cannot do throws Configuration.
struct SteeredRun {
    std::string folder;
    std::function<void(RunStatus&)> place;  ///< fills in step, kimg and targetKimg
    std::function<void()> settle;           ///< waits for the numbers of whole steps
    std::function<void()> saveSnapshot;
    std::function<void(const FreezePlan&)> setFreeze;
    std::function<void(std::optional<double>, std::optional<double>)> setRates;
};
/// Of a run that is under way, which must outlive what is returned.
SteeredRun steered(TrainingRun& run);
SteeredRun steered(Pretraining& run);

/// Steers a loop that has no window by the files of its run's folder: between two steps it does what was asked, waits while the
/// run is paused, and tells how it stands. Of several processes that share the run the first one reads and answers, and all do
/// the same between the same two steps; it ends when any of them is interrupted. The window's engine goes by the same table of states (core/values/run_state.h).
///
///     RunSteering steering(steered(run), interrupted);
///     steering.follow([&] {
///         while (!run.isComplete() && steering.goesOn()) ...one step, steering.note(...)
///         run.finish(...);
///         steering.end(...);
///     });
class RunSteering {
public:
    /// `interrupted`: the user has asked this process to leave, which ends a pause too.
    RunSteering(SteeredRun run, std::function<bool()> interrupted, std::shared_ptr<Processes> processes = {});
    RunSteering(const RunSteering&) = delete;
    RunSteering& operator=(const RunSteering&) = delete;

    /// Why the run takes no requests, in a sentence; empty where it does.
    const std::string& obstacle() const { return obstacle_; }

    void note(const StepMetrics& metrics) { status_.note(metrics); }
    void note(const FidPoint& point) { status_.distance = point.fid; }

    /// Between two steps, or two pieces of a measurement. Returns when the run shall go on, or with false when it shall end:
    /// asked to stop, or interrupted. Throws what saving and settling throw, but for requests that the run refuses.
    bool goesOn();
    /// The end was asked for by a request.
    bool wasStopped() const { return wasStopped_; }

    /// Does the work of the run. What it throws is the run's last word.
    void follow(const std::function<void()>& work);
    /// It has ended, saved where it is to be. Requests to stop are answered with it.
    void end(RunOutcome outcome, const std::string& message = {});

private:
    std::vector<SteeringRequest> requests();
    void poll();
    bool isInterrupted() const;
    void apply(const SteeringRequest& request);
    void carryOut(const SteeringRequest& request);

    SteeredRun run_;
    std::function<bool()> interrupted_;
    std::shared_ptr<Processes> processes_;
    SteeringPort port_;
    RunStatus status_;
    std::vector<std::string> stops_;  // ids of requests to stop, which are answered at the end
    bool wasStopped_ = false;
    std::string obstacle_;
};

}  // namespace thaw
