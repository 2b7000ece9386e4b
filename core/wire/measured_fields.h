// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/measurement_job.h"
#include "core/wire/record.h"

namespace thaw::wire {

// What was measured.
template <>
struct Fields<Spectrum> {
    static void visit(auto& v, auto& value) {
        v("height", value.height);
        v("width", value.width);
        v("power", value.power);
        v("maps", value.maps);
    }
};
template <>
struct Fields<RadialProfile> {
    static void visit(auto& v, auto& value) {
        v("frequency", value.frequency);
        v("power", value.power);
    }
};
template <>
struct Fields<RelativeLogAmplitude> {
    static void visit(auto& v, auto& value) {
        v("position", value.position);
        v("amplitude", value.amplitude);
        v("maps", value.maps);
    }
};
template <>
struct Fields<LayerSpectrum> {
    static void visit(auto& v, auto& value) {
        v("model", value.model);
        v("block", value.block);
        v("sigma", value.sigma);
        v("images", value.images);
        v("channels", value.channels);
        v("first_seed", value.firstSeed);
        v("tuned", value.tuned);
        v("spectrum", value.spectrum);
        v("profile", value.profile);
        v("level_error", value.levelError);
    }
};
template <>
struct Fields<LayerSweepTable> {
    static void visit(auto& v, auto& value) {
        v("model", value.model);
        v("blocks", value.blocks);
        v("resolutions", value.resolutions);
        v("channels", value.channels);
        v("sigmas", value.sigmas);
        v("frequencies", value.frequencies);
        v("power", value.power);
        v("deviation", value.deviation);
        v("energy", value.energy);
        v("energy_deviation", value.energyDeviation);
        v("centroid", value.centroid);
        v("centroid_deviation", value.centroidDeviation);
        v("slope", value.slope);
        v("log_amplitude", value.logAmplitude);
        v("band_edges", value.bandEdges);
        v("band_share", value.bandShare);
        v("images", value.images);
        v("first_seed", value.firstSeed);
    }
};
template <>
struct Fields<LayerDifferenceTable> {
    static void visit(auto& v, auto& value) {
        v("model", value.model);
        v("against", value.against);
        v("blocks", value.blocks);
        v("sigmas", value.sigmas);
        v("frequencies", value.frequencies);
        v("difference", value.difference);
        v("standard_error", value.standardError);
        v("t", value.t);
        v("p", value.p);
        v("q", value.q);
        v("images", value.images);
        v("images_asked", value.imagesAsked);
        v("complete", value.complete);
        v("first_seed", value.firstSeed);
    }
};
template <>
struct Fields<ChannelProfiles> {
    static void visit(auto& v, auto& value) {
        v("block", value.block);
        v("sigma", value.sigma);
        v("frequencies", value.frequencies);
        v("power", value.power);
        v("images", value.images);
    }
};
template <>
struct Fields<TransferFunction> {
    static void visit(auto& v, auto& value) {
        v("model", value.model);
        v("block", value.block);
        v("sigma", value.sigma);
        v("images", value.images);
        v("first_seed", value.firstSeed);
        v("height", value.height);
        v("width", value.width);
        v("channels", value.channels);
        v("real", value.real);
        v("imaginary", value.imaginary);
        v("gain", value.gain);
        v("coherence", value.coherence);
        v("frequencies", value.frequencies);
        v("ring_gain", value.ringGain);
        v("ring_coherence", value.ringCoherence);
        v("coherence_line", value.coherenceLine);
        v("response_gain", value.responseGain);
    }
};
template <>
struct Fields<FourierGainMap> {
    static void visit(auto& v, auto& value) {
        v("model", value.model);
        v("block", value.block);
        v("sigma", value.sigma);
        v("images", value.images);
        v("first_seed", value.firstSeed);
        v("height", value.height);
        v("width", value.width);
        v("gain", value.gain);
    }
};
template <>
struct Fields<BlockSwapTable> {
    static void visit(auto& v, auto& value) {
        v("model", value.model);
        v("against", value.against);
        v("blocks", value.blocks);
        v("sigmas", value.sigmas);
        v("frequencies", value.frequencies);
        v("power", value.power);
        v("deviation", value.deviation);
        v("energy", value.energy);
        v("share", value.share);
        v("whole_power", value.wholePower);
        v("whole_energy", value.wholeEnergy);
        v("images", value.images);
        v("first_seed", value.firstSeed);
    }
};
template <>
struct Fields<ImageSpectrumTable> {
    static void visit(auto& v, auto& value) {
        v("title", value.title);
        v("images", value.images);
        v("spectrum", value.spectrum);
        v("interpolation", value.interpolation);
        v("profile", value.profile);
        v("deviation", value.deviation);
        v("slice0", value.slice0);
        v("slice45", value.slice45);
        v("log_amplitude", value.logAmplitude);
        v("slope", value.slope);
        v("centroid", value.centroid);
    }
};
template <>
struct KindNames<MeasuredValue> {
    static constexpr std::array<const char*, 8> all{"spectrum", "sweep", "difference", "channels",
                                                    "transfer", "probe", "swap",       "images"};
};
template <>
struct Fields<Measured> {
    static void visit(auto& v, auto& value) {
        v("value", value.value);
        v("share", value.share);
        v("complete", value.complete);
        v("kimg", value.kimg);
    }
};

}  // namespace thaw::wire
