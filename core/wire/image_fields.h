// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"
#include "core/values/sample_words.h"
#include "core/wire/record.h"

namespace thaw::wire {

// Images, as samples and as a trajectory.
template <>
struct Fields<LatentShift> {
    static void visit(auto& v, auto& value) {
        v("x", value.x);
        v("y", value.y);
    }
};
template <>
struct Fields<SampleColumn> {
    static void visit(auto& v, auto& value) {
        v("source", value.source);
        v("steps", value.steps);
        v("kimg", value.kimg);
        v("seeds", value.seeds);
        v("images", value.images);
        v("shift", value.shift);
        v("has_classes", value.hasClasses);
        v("sampler", value.sampler);
        v("as_trained", value.asTrained);
    }
};
template <>
struct Fields<Trajectory> {
    static void visit(auto& v, auto& value) {
        v("seed", value.seed);
        v("steps", value.steps);
        v("sigmas", value.sigmas);
        v("noisy", value.noisy);
        v("denoised", value.denoised);
    }
};

}  // namespace thaw::wire
