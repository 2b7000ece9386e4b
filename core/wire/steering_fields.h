// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_asking.h"
#include "core/values/steering.h"
#include "core/values/train_words.h"
#include "core/wire/record.h"
#include "core/wire/run_fields.h"

namespace thaw::wire {

// What a run of another process is asked for, and what it says.
template <>
struct Fields<SteeringRequest> {
    static void visit(auto& v, auto& value) {
        v("verb", value.verb);
        v("plan", value.plan);
        v("g", value.g);
        v("d", value.d);
        v("id", value.id);
        v("host", value.host);
        v("time", value.time);
    }
};
template <>
struct Fields<SteeringAnswer> {
    static void visit(auto& v, auto& value) {
        v("id", value.id);
        v("ok", value.ok);
        v("message", value.message);
    }
};
template <>
struct Fields<RunStatus> {
    static void visit(auto& v, auto& value) {
        v("state", value.state);
        v("outcome", value.outcome);
        v("step", value.step);
        v("kimg", value.kimg);
        v("target_kimg", value.targetKimg);
        v("distance", value.distance);
        v("loss", value.loss);
        v("g_loss", value.gLoss);
        v("d_loss", value.dLoss);
        v("distill_loss", value.distillLoss);
        v("images_per_second", value.imagesPerSecond);
        v("message", value.message);
        v("host", value.host);
        v("pid", value.pid);
        v("since", value.since);
        v("written", value.written);
        v("answered", value.answered);
    }
};
template <>
struct Fields<WritingProcess> {
    static void visit(auto& v, auto& value) {
        v("number", value.number);
        v("host", value.host);
    }
};
template <>
struct Fields<LastWord> {
    static void visit(auto& v, auto& value) {
        v("status", value.status);
        v("process", value.process);
        v("is_fresh", value.isFresh);
    }
};
template <>
struct Fields<AskedRun> {
    static void visit(auto& v, auto& value) {
        v("word", value.word);
        v("is_put", value.isPut);
        v("is_back", value.isBack);
    }
};

}  // namespace thaw::wire
