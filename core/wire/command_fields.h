// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_command.h"
#include "core/wire/figure_fields.h"
#include "core/wire/request_fields.h"
#include "core/wire/run_fields.h"

namespace thaw::wire {

// What a window asks of the engine. Who receives a command refuses fields that it does not know: a run would be
// trained with other settings than were asked for.
template <>
struct Fields<command::OpenModel> {
    static void visit(auto& v, auto& value) {
        v("path", value.path);
        v("teacher", value.teacher);
        v("alone", value.alone);
    }
};
template <>
struct Fields<command::OpenData> {
    static void visit(auto& v, auto& value) { v("path", value.path); }
};
template <>
struct Fields<command::Start> {
    static void visit(auto& v, auto& value) {
        v("config", value.config);
        v("runs_folder", value.runsFolder);
    }
};
template <>
struct Fields<command::ContinueRun> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("anyway", value.anyway);
        v("take_over", value.takeOver);
    }
};
template <>
struct Fields<command::Pause> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<command::Resume> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<command::Stop> {
    static void visit(auto& v, auto& value) { v("leaving", value.leaving); }
};
template <>
struct Fields<command::Step> {
    static void visit(auto& v, auto& value) { v("part", value.part); }
};
template <>
struct Fields<command::SetFreeze> {
    static void visit(auto& v, auto& value) { v("plan", value.plan); }
};
template <>
struct Fields<command::SetRates> {
    static void visit(auto& v, auto& value) {
        v("g", value.g);
        v("d", value.d);
    }
};
template <>
struct Fields<command::MeasureFid> {
    static void visit(auto& v, auto& value) { v("images", value.images); }
};
template <>
struct Fields<command::SaveSnapshot> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<command::ReleaseMemory> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<command::RenewRun> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<command::RequestSamples> {
    static void visit(auto& v, auto& value) {
        v("request", value.request);
        v("generation", value.generation);
        v("slot", value.slot);
    }
};
template <>
struct Fields<command::ForgetSamples> {
    static void visit(auto& v, auto& value) { v("slot", value.slot); }
};
template <>
struct Fields<command::RequestTrajectory> {
    static void visit(auto& v, auto& value) {
        v("request", value.request);
        v("generation", value.generation);
    }
};
template <>
struct Fields<command::RequestMeasurement> {
    static void visit(auto& v, auto& value) {
        v("job", value.job);
        v("generation", value.generation);
        v("slot", value.slot);
    }
};
template <>
struct Fields<command::ForgetMeasurement> {
    static void visit(auto& v, auto& value) { v("slot", value.slot); }
};
template <>
struct Fields<command::RequestOriginalFid> {
    static void visit(auto& v, auto& value) { v("images", value.images); }
};
template <>
struct Fields<command::RequestFigure> {
    static void visit(auto& v, auto& value) {
        v("recipe", value.recipe);
        v("generation", value.generation);
    }
};
template <>
struct Fields<command::ForgetFigure> {
    static void visit(auto& v, auto& value) { v("generation", value.generation); }
};
template <>
struct Fields<command::CancelWork> {
    static void visit(auto&, auto&) {}
};
template <>
struct Fields<command::CancelOpening> {
    static void visit(auto&, auto&) {}
};
template <>
struct KindNames<EngineCommand> {
    static constexpr std::array<const char*, 24> all{"open_model",
                                                     "open_data",
                                                     "start",
                                                     "continue_run",
                                                     "pause",
                                                     "resume",
                                                     "stop",
                                                     "step",
                                                     "set_freeze",
                                                     "set_rates",
                                                     "measure_fid",
                                                     "save_snapshot",
                                                     "release_memory",
                                                     "renew_run",
                                                     "request_samples",
                                                     "forget_samples",
                                                     "request_trajectory",
                                                     "request_measurement",
                                                     "forget_measurement",
                                                     "request_original_fid",
                                                     "request_figure",
                                                     "forget_figure",
                                                     "cancel_work",
                                                     "cancel_opening"};
};

}  // namespace thaw::wire
