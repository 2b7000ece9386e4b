// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/figure_recipe.h"
#include "core/values/freeze_plan.h"
#include "core/values/measurement_job.h"
#include "core/values/run_state.h"
#include "core/values/sample_request.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace thaw {

/// What a window asks of the engine, as values: they wait in a queue, or go over a line to another machine.
namespace command {

// Commands of the table in run_state.h. One that the state forbids changes nothing; every one is answered by
// fact::StateChanged.

/// `builtin`, a file, or a run. A run of fine-tuning, or a snapshot in its folder, is opened to be looked at: its
/// teacher (or the one that is named) is the model, the run the tuned generator (core/session/run_opening.h).
/// `alone`: that generator is the model all the same.
struct OpenModel {
    std::string path, teacher;
    bool alone = false;
};
struct OpenData {
    std::string path;
};
struct Start {
    FinetuneConfig config;
    std::string runsFolder;
};
/// Opens the run's own model and data where others are open. With `anyway` the run goes on with those that are open and
/// notes it, whatever it was made with.
struct ContinueRun {
    std::string folder;
    bool anyway = false;
    bool takeOver = false;  ///< from a living process that writes the run, which saves it and leaves
};
struct Pause {};
struct Resume {};
struct Stop {
    bool leaving = false;  ///< who leaves is asked at the next start whether the run shall go on
};
/// One step of a paused run, of both players or one.
struct Step {
    StepPart part = StepPart::Both;
};
struct SetFreeze {
    FreezePlan plan;
};
/// The learning rates from the next step on; absent ones stay.
struct SetRates {
    std::optional<double> g, d;
};
struct MeasureFid {
    int images = 0;
};
struct SaveSnapshot {};

// The others leave the state alone.

struct ReleaseMemory {};
/// The run that is looked at: its newest snapshot takes the place of the one that is shown.
struct RenewRun {};

// Views: the newest request of a slot wins. The generation comes back with the answer.

struct RequestSamples {
    SampleRequest request;
    std::uint64_t generation = 0;
    int slot = 0;
};
struct ForgetSamples {
    int slot = 0;
};
struct RequestTrajectory {
    TrajectoryRequest request;
    std::uint64_t generation = 0;
};
/// Lower slots come first.
struct RequestMeasurement {
    MeasurementJob job;
    std::uint64_t generation = 0;
    int slot = 0;
};
struct ForgetMeasurement {
    int slot = 0;
};
struct RequestOriginalFid {
    int images = 0;
};
/// Figures wait for all views, and for each other. Paths are absolute.
struct RequestFigure {
    FigureRecipe recipe;
    std::uint64_t generation = 0;
};
struct ForgetFigure {
    std::uint64_t generation = 0;
};
/// Gives up everything that is computed beside training, a distance of the run that is being measured too.
struct CancelWork {};
/// Whatever was asked to be opened up to now is given up. Acts when it is announced, before what waits.
struct CancelOpening {};

}  // namespace command

using EngineCommand =
    std::variant<command::OpenModel, command::OpenData, command::Start, command::ContinueRun, command::Pause,
                 command::Resume, command::Stop, command::Step, command::SetFreeze, command::SetRates,
                 command::MeasureFid, command::SaveSnapshot, command::ReleaseMemory, command::RenewRun,
                 command::RequestSamples, command::ForgetSamples, command::RequestTrajectory,
                 command::RequestMeasurement, command::ForgetMeasurement, command::RequestOriginalFid,
                 command::RequestFigure, command::ForgetFigure, command::CancelWork, command::CancelOpening>;

/// What it is in the table of run_state.h; nothing for those that leave the state alone. A learning rate may change
/// where a freeze plan may.
std::optional<Command> tableCommand(const EngineCommand& command);

}  // namespace thaw
