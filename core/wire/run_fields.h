// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/config_fields.h"
#include "core/formats/interrupted_run.h"
#include "core/formats/run_stats_file.h"
#include "core/values/opened_run.h"
#include "core/values/run_record.h"
#include "core/values/run_stats.h"
#include "core/values/train_words.h"
#include "core/wire/record.h"

namespace thaw::wire {

// Runs: their settings, their steps, what their folders say.
template <>
struct Fields<FreezePlan> {
    static void visit(auto& v, auto& value) { v("patterns", value.patterns); }
};
template <>
struct Fields<FinetuneConfig> {
    static void visit(auto& v, auto& value) { visitConfig(v, value); }
};
template <>
struct Fields<RunEnvironment> {
    static void visit(auto& v, auto& value) {
        v("device", value.device);
        v("processor", value.processor);
        v("precision", value.precision);
        v("threads", value.threads);
        v("processes", value.processes);
        v("kernels", value.kernels);
        v("instruction_set", value.instructionSet);
        v("thaw", value.thaw);
        v("libtorch", value.libtorch);
    }
};
template <>
struct Fields<OpenedRun> {
    static void visit(auto& v, auto& value) {
        v("path", value.path);
        v("folder", value.folder);
        v("snapshot", value.snapshot);
        v("config", value.config);
        v("kimg", value.kimg);
        v("state", value.state);
        v("teacher", value.teacher);
        v("has_opened_data", value.hasOpenedData);
        v("data_problem", value.dataProblem);
    }
};
template <>
struct Fields<BlockGradient> {
    static void visit(auto& v, auto& value) {
        v("block", value.block);
        v("norm", value.norm);
    }
};
template <>
struct Fields<NetworkCalls> {
    static void visit(auto& v, auto& value) {
        v("student", value.student);
        v("teacher", value.teacher);
        v("discriminator", value.discriminator);
        v("features", value.features);
    }
};
/// The values of a step are those of kStepFields, under the same names as in a run folder.
template <>
struct Fields<StepMetrics> {
    static void visit(auto& v, auto& value) {
        v("step", value.step);
        v("kimg", value.kimg);
        for (const auto& field : kStepFields) v(field.key, value.*field.value);
        v("seconds_per_step", value.secondsPerStep);
        v("sanitised_gradients", value.sanitisedGradients);
        v("augment_p", value.augmentP);
        v("block_gradients", value.blockGradients);
        v("part", value.part);
        v("calls", value.calls);
    }
};
template <>
struct Fields<FidPoint> {
    static void visit(auto& v, auto& value) {
        v("kimg", value.kimg);
        v("fid", value.fid);
        v("num", value.num);
        v("features", value.features);
        v("reference", value.reference);
        v("kid", value.kid);
        v("precision", value.precision);
        v("recall", value.recall);
        v("best", value.best);
        v("kind", value.kind);
        v("reference_num", value.referenceNum);
        v("selection", value.selection);
        v("bands", value.bands);
    }
};
template <>
struct Fields<RunEvent> {
    static void visit(auto& v, auto& value) {
        v("step", value.step);
        v("kimg", value.kimg);
        v("text", value.text);
        v("kind", value.kind);
    }
};
template <>
struct Fields<RunStats> {
    static void visit(auto& v, auto& value) {
        v("objective", value.objective);
        v("finetune", value.finetune);
        v("steps", value.steps);
        v("fids", value.fids);
        v("events", value.events);
        v("imported_from", value.importedFrom);
        v("notes", value.notes);
    }
};
template <>
struct Fields<RunProcess> {
    static void visit(auto& v, auto& value) {
        v("number", value.number);
        v("host", value.host);
        v("own", value.own);
        v("is_sure", value.isSure);
        v("paused", value.paused);
        v("images_per_second", value.imagesPerSecond);
        v("since", value.since);
        v("last_word", value.lastWord);
        v("state", value.state);
    }
};
template <>
struct Fields<RunSummary> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("objective", value.objective);
        v("freeze", value.freeze);
        v("config", value.config);
        v("kimg", value.kimg);
        v("target_kimg", value.targetKimg);
        v("best", value.best);
        v("last", value.last);
        v("plans", value.plans);
        v("outcome", value.outcome);
        v("running", value.running);
        v("made_with", value.madeWith);
        v("interrupted", value.interrupted);
        v("imported_from", value.importedFrom);
        v("notes", value.notes);
        v("process", value.process);
    }
};
template <>
struct Fields<InterruptedRun> {
    static void visit(auto& v, auto& value) {
        v("folder", value.folder);
        v("kimg", value.kimg);
        v("length", value.length);
    }
};

}  // namespace thaw::wire
