// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_fact.h"
#include "core/wire/figure_fields.h"
#include "core/wire/image_fields.h"
#include "core/wire/measured_fields.h"
#include "core/wire/model_fields.h"
#include "core/wire/run_fields.h"

namespace thaw::wire {

// What the engine tells a window.
template <>
struct Fields<Failure> {
    static void visit(auto& v, auto& value) {
        v("task", value.task);
        v("code", value.code);
        v("message", value.message);
        v("hint", value.hint);
    }
};
template <>
struct Fields<RunMark> {
    static void visit(auto& v, auto& value) {
        v("kind", value.kind);
        v("step", value.step);
        v("kimg", value.kimg);
        v("detail", value.detail);
    }
};
template <>
struct Fields<ComputeWork> {
    static void visit(auto& v, auto& value) {
        v("kind", value.kind);
        v("share", value.share);
        v("waiting", value.waiting);
    }
};
template <>
struct Fields<FigureAnswer> {
    static void visit(auto& v, auto& value) {
        v("recipe", value.recipe);
        v("panels", value.panels);
        v("error", value.error);
        v("message", value.message);
        v("hint", value.hint);
    }
};
template <>
struct Fields<fact::StateChanged> {
    static void visit(auto& v, auto& value) {
        v("state", value.state);
        v("handled", value.handled);
    }
};
template <>
struct Fields<fact::DeviceKnown> {
    static void visit(auto& v, auto& value) { v("computing", value.computing); }
};
template <>
struct Fields<fact::OpeningBegan> {
    static void visit(auto& v, auto& value) { v("path", value.path); }
};
template <>
struct Fields<fact::OpeningProgressed> {
    static void visit(auto& v, auto& value) { v("share", value.share); }
};
template <>
struct Fields<fact::OpeningCancelled> {
    static void visit(auto& v, auto& value) { v("path", value.path); }
};
template <>
struct Fields<fact::ModelCardReady> {
    static void visit(auto& v, auto& value) { v("card", value.card); }
};
template <>
struct Fields<fact::ModelChecksumReady> {
    static void visit(auto& v, auto& value) {
        v("file", value.file);
        v("sha256", value.sha256);
    }
};
template <>
struct Fields<fact::ModelOpened> {
    static void visit(auto& v, auto& value) { v("model", value.model); }
};
template <>
struct Fields<fact::RunOpened> {
    static void visit(auto& v, auto& value) { v("run", value.run); }
};
template <>
struct Fields<fact::RunRenewed> {
    static void visit(auto& v, auto& value) { v("run", value.run); }
};
template <>
struct Fields<fact::RenewalRefused> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("message", value.message);
    }
};
template <>
struct Fields<fact::RunNotYet> {
    static void visit(auto& v, auto& value) { v("folder", value.folder); }
};
template <>
struct Fields<fact::DataOpened> {
    static void visit(auto& v, auto& value) { v("data", value.data); }
};
template <>
struct Fields<fact::ResponsesKnown> {
    static void visit(auto& v, auto& value) { v("responses", value.responses); }
};
template <>
struct Fields<fact::RunStarted> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("config", value.config);
    }
};
template <>
struct Fields<fact::RunRemarked> {
    static void visit(auto& v, auto& value) { v("remarks", value.remarks); }
};
template <>
struct Fields<fact::ContinueRefused> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("message", value.message);
    }
};
template <>
struct Fields<fact::RunMarked> {
    static void visit(auto& v, auto& value) { v("mark", value.mark); }
};
template <>
struct Fields<fact::PlanSteered> {
    static void visit(auto& v, auto& value) { v("plan", value.plan); }
};
template <>
struct Fields<fact::StepsDone> {
    static void visit(auto& v, auto& value) { v("steps", value.steps); }
};
template <>
struct Fields<fact::FidBegun> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<fact::FidMeasured> {
    static void visit(auto& v, auto& value) { v("point", value.point); }
};
template <>
struct Fields<fact::OriginalFidMeasured> {
    static void visit(auto& v, auto& value) { v("point", value.point); }
};
template <>
struct Fields<fact::SnapshotSaved> {
    static void visit(auto& v, auto& value) { v("kimg", value.kimg); }
};
template <>
struct Fields<fact::MemoryReleased> {
    static void visit(auto& v, auto& value) { v("mib", value.mib); }
};
template <>
struct Fields<fact::RunEnded> {
    static void visit(auto& v, auto& value) { v("outcome", value.outcome); }
};
template <>
struct Fields<fact::SamplesReady> {
    static void visit(auto& v, auto& value) {
        v("generation", value.generation);
        v("column", value.column);
    }
};
template <>
struct Fields<fact::TrajectoryReady> {
    static void visit(auto& v, auto& value) {
        v("generation", value.generation);
        v("trajectory", value.trajectory);
    }
};
template <>
struct Fields<fact::MeasurementReady> {
    static void visit(auto& v, auto& value) {
        v("generation", value.generation);
        v("measured", value.measured);
    }
};
template <>
struct Fields<fact::FigureProgressed> {
    static void visit(auto& v, auto& value) {
        v("generation", value.generation);
        v("share", value.share);
    }
};
template <>
struct Fields<fact::FigureMade> {
    static void visit(auto& v, auto& value) {
        v("generation", value.generation);
        v("answer", value.answer);
    }
};
template <>
struct Fields<fact::GivenUp> {
    static void visit(auto& v, auto& value) { v("generations", value.generations); }
};
template <>
struct Fields<fact::WorkChanged> {
    static void visit(auto& v, auto& value) { v("work", value.work); }
};
template <>
struct Fields<fact::Failed> {
    static void visit(auto& v, auto& value) { v("failure", value.failure); }
};
template <>
struct KindNames<EngineFact> {
    static constexpr std::array<const char*, 34> all{"state_changed",
                                                     "device_known",
                                                     "opening_began",
                                                     "opening_progressed",
                                                     "opening_cancelled",
                                                     "model_card_ready",
                                                     "model_checksum_ready",
                                                     "model_opened",
                                                     "run_opened",
                                                     "run_renewed",
                                                     "renewal_refused",
                                                     "run_not_yet",
                                                     "data_opened",
                                                     "responses_known",
                                                     "run_started",
                                                     "run_remarked",
                                                     "continue_refused",
                                                     "run_marked",
                                                     "plan_steered",
                                                     "steps_done",
                                                     "fid_begun",
                                                     "fid_measured",
                                                     "original_fid_measured",
                                                     "snapshot_saved",
                                                     "memory_released",
                                                     "run_ended",
                                                     "samples_ready",
                                                     "trajectory_ready",
                                                     "measurement_ready",
                                                     "figure_progressed",
                                                     "figure_made",
                                                     "given_up",
                                                     "work_changed",
                                                     "failed"};
};

}  // namespace thaw::wire
