// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_messages.h"
#include "core/values/image.h"
#include "core/values/measurement_job.h"
#include "core/values/model_card.h"
#include "core/values/model_summary.h"
#include "core/values/opened_run.h"
#include "core/values/response_info.h"
#include "core/values/run_record.h"
#include "core/values/run_state.h"
#include "core/values/train_state.h"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

/// What the engine tells a window, as values.
namespace fact {

/// `handled` counts the window's commands of the table (engine_command.h) that were seen so far.
struct StateChanged {
    RunState state = RunState::Empty;
    std::uint64_t handled = 0;
};
struct DeviceKnown {
    RunEnvironment computing;
};
/// A file is being read; the share in [0, 1] follows where the reader knows it.
struct OpeningBegan {
    std::string path;
};
struct OpeningProgressed {
    double share = 0;
};
struct OpeningCancelled {
    std::string path;
};
/// The card comes just before ModelOpened, the checksum (SHA-256 in hexadecimal) when there was time for it.
struct ModelCardReady {
    ModelCard card;
};
struct ModelChecksumReady {
    std::string file, sha256;
};
struct ModelOpened {
    ModelSummary model;
};
/// After the model and the data that were opened for it.
struct RunOpened {
    OpenedRun run;
};
/// A newer snapshot is shown of the run that is looked at.
struct RunRenewed {
    OpenedRun run;
};
/// The newest snapshot cannot be shown now; what was shown stays.
struct RenewalRefused {
    std::string folder, message;
};
/// A pre-training that has no snapshot yet: nothing of it could be opened.
struct RunNotYet {
    std::string folder;
};
struct DataOpened {
    DataSummary data;
};
/// What can be measured in the model, as soon as there are data too.
struct ResponsesKnown {
    std::vector<ResponseInfo> responses;
};
struct RunStarted {
    std::string folder;
    FinetuneConfig config;
};
/// What is to be said of a run that goes on: where "bit for bit" ends, what could not be checked.
struct RunRemarked {
    std::vector<std::string> remarks;
};
/// Its model, its data or its precision are not those it was made with; nothing was changed.
struct ContinueRefused {
    std::string folder, message;
};
struct RunMarked {
    RunMark mark;
};
/// The run took this freeze plan from a request in its folder.
struct PlanSteered {
    FreezePlan plan;
};
/// Every step since the last of these, at most about 30 a second.
struct StepsDone {
    std::vector<StepMetrics> steps;
};
struct FidBegun {};
struct FidMeasured {
    FidPoint point;
};
struct OriginalFidMeasured {
    FidPoint point;
};
struct SnapshotSaved {
    double kimg = 0;
};
struct MemoryReleased {
    double mib = 0;
};
struct RunEnded {
    RunOutcome outcome = RunOutcome::Finished;
};
/// A column while it fills; it is complete when it has as many images as seeds were asked for.
struct SamplesReady {
    std::uint64_t generation = 0;
    SampleColumn column;
};
struct TrajectoryReady {
    std::uint64_t generation = 0;
    Trajectory trajectory;
};
/// A measurement while it fills, a few times a second.
struct MeasurementReady {
    std::uint64_t generation = 0;
    Measured measured;
};
struct FigureProgressed {
    std::uint64_t generation = 0;
    double share = 0;
};
struct FigureMade {
    std::uint64_t generation = 0;
    FigureAnswer answer;
};
/// Requests that will not be answered any more: cancelled, failed, or asked of what is not open any more.
struct GivenUp {
    std::vector<std::uint64_t> generations;
};
/// What is computed beside training, a few times a second while it goes on.
struct WorkChanged {
    ComputeWork work;
};
struct Failed {
    Failure failure;
};

}  // namespace fact

using EngineFact =
    std::variant<fact::StateChanged, fact::DeviceKnown, fact::OpeningBegan, fact::OpeningProgressed,
                 fact::OpeningCancelled, fact::ModelCardReady, fact::ModelChecksumReady, fact::ModelOpened,
                 fact::RunOpened, fact::RunRenewed, fact::RenewalRefused, fact::RunNotYet, fact::DataOpened,
                 fact::ResponsesKnown, fact::RunStarted, fact::RunRemarked, fact::ContinueRefused, fact::RunMarked,
                 fact::PlanSteered, fact::StepsDone, fact::FidBegun, fact::FidMeasured, fact::OriginalFidMeasured,
                 fact::SnapshotSaved, fact::MemoryReleased, fact::RunEnded, fact::SamplesReady, fact::TrajectoryReady,
                 fact::MeasurementReady, fact::FigureProgressed, fact::FigureMade, fact::GivenUp, fact::WorkChanged,
                 fact::Failed>;

/// Who is told.
using FactSink = std::function<void(EngineFact&&)>;

}  // namespace thaw
