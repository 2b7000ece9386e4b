// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/figure_recipe_fields.h"
#include "core/values/measurement_job.h"
#include "core/values/sample_request.h"
#include "core/wire/image_fields.h"

namespace thaw::wire {

// What can be asked for: samples, trajectories, measurements.
template <>
struct Fields<BandFilter> {
    static void visit(auto& v, auto& value) { visitRecipe(v, value); }
};
template <>
struct Fields<ClassChoice> {
    static void visit(auto& v, auto& value) { visitRecipe(v, value); }
};
template <>
struct Fields<ModelChoice> {
    static void visit(auto& v, auto& value) {
        v("kind", value.kind);
        v("path", value.path);
    }
};
template <>
struct Fields<SampleRequest> {
    static void visit(auto& v, auto& value) {
        v("source", value.source);
        v("steps", value.steps);
        v("seeds", value.seeds);
        v("path", value.path);
        v("shift", value.shift);
        v("surgery", value.surgery);
        v("classes", value.classes);
    }
};
template <>
struct Fields<TrajectoryRequest> {
    static void visit(auto& v, auto& value) {
        v("seed", value.seed);
        v("steps", value.steps);
        v("shift", value.shift);
        v("classes", value.classes);
    }
};
template <>
struct Fields<ImageSpectrumRequest> {
    static void visit(auto& v, auto& value) {
        v("images", value.images);
        v("stylegan3", value.styleGan3);
        v("chunk", value.chunk);
    }
};
template <>
struct Fields<LayerSweepRequest> {
    static void visit(auto& v, auto& value) {
        v("blocks", value.blocks);
        v("sigmas", value.sigmas);
        v("images", value.images);
        v("first_seed", value.firstSeed);
        v("chunk", value.chunk);
        v("remove_mean", value.removeMean);
        v("hann_window", value.hannWindow);
        v("band_edges", value.bandEdges);
        v("classes", value.classes);
    }
};
template <>
struct Fields<TransferRequest> {
    static void visit(auto& v, auto& value) {
        v("block", value.block);
        v("sigma", value.sigma);
        v("images", value.images);
        v("first_seed", value.firstSeed);
        v("chunk", value.chunk);
        v("strength", value.strength);
        v("classes", value.classes);
    }
};
template <>
struct Fields<BlockSwapRequest> {
    static void visit(auto& v, auto& value) {
        v("blocks", value.blocks);
        v("sigmas", value.sigmas);
        v("images", value.images);
        v("first_seed", value.firstSeed);
        v("chunk", value.chunk);
        v("classes", value.classes);
    }
};
template <>
struct Fields<SpectrumJob> {
    static void visit(auto& v, auto& value) {
        v("block", value.block);
        v("sigma", value.sigma);
        v("images", value.images);
        v("first_seed", value.firstSeed);
        v("model", value.model);
        v("classes", value.classes);
    }
};
template <>
struct Fields<SweepJob> {
    static void visit(auto& v, auto& value) {
        v("request", value.request);
        v("model", value.model);
    }
};
template <>
struct Fields<DifferenceJob> {
    static void visit(auto& v, auto& value) {
        v("request", value.request);
        v("a", value.a);
        v("b", value.b);
    }
};
template <>
struct Fields<ChannelsJob> {
    static void visit(auto& v, auto& value) {
        v("block", value.block);
        v("sigma", value.sigma);
        v("request", value.request);
        v("model", value.model);
    }
};
template <>
struct Fields<TransferJob> {
    static void visit(auto& v, auto& value) {
        v("request", value.request);
        v("model", value.model);
    }
};
template <>
struct Fields<ProbeJob> {
    static void visit(auto& v, auto& value) {
        v("request", value.request);
        v("model", value.model);
    }
};
template <>
struct Fields<SwapJob> {
    static void visit(auto& v, auto& value) {
        v("request", value.request);
        v("tuned", value.tuned);
        v("pretrained", value.pretrained);
    }
};
template <>
struct Fields<ImagesJob> {
    static void visit(auto& v, auto& value) { v("request", value.request); }
};
template <>
struct KindNames<MeasurementJob> {
    static constexpr std::array<const char*, 8> all{"spectrum", "sweep", "difference", "channels",
                                                    "transfer", "probe", "swap",       "images"};
};

}  // namespace thaw::wire
