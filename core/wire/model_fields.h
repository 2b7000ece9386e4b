// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/model_card.h"
#include "core/values/model_summary.h"
#include "core/values/response_info.h"
#include "core/wire/record.h"

namespace thaw::wire {

// What is open: the model with its card, the data.
template <>
struct Words<SamplerKind> : MapWords<SamplerKind, samplerNames> {};
template <>
struct Words<Discretization> : MapWords<Discretization, discretizationNames> {};
template <>
struct Words<Schedule> : MapWords<Schedule, scheduleNames> {};
template <>
struct Words<Scaling> : MapWords<Scaling, scalingNames> {};
template <>
struct Words<AblationConfig::Solver> : MapWords<AblationConfig::Solver, solverNames> {};

template <>
struct Fields<ChurnConfig> {
    static void visit(auto& v, auto& value) {
        v("amount", value.amount);
        v("s_min", value.sMin);
        v("s_max", value.sMax);
        v("s_noise", value.sNoise);
    }
};
template <>
struct Fields<AblationConfig> {
    static void visit(auto& v, auto& value) {
        v("solver", value.solver);
        v("discretization", value.discretization);
        v("schedule", value.schedule);
        v("scaling", value.scaling);
        v("alpha", value.alpha);
        v("epsilon_s", value.epsilonS);
    }
};
template <>
struct Fields<SamplerConfig> {
    static void visit(auto& v, auto& value) {
        v("kind", value.kind);
        v("steps", value.steps);
        v("sigma_min", value.sigmaMin);
        v("sigma_max", value.sigmaMax);
        v("rho", value.rho);
        v("sigma_mid", value.sigmaMid);
        v("churn", value.churn);
        v("ablation", value.ablation);
    }
};
template <>
struct Fields<TrainedSampler> {
    static void visit(auto& v, auto& value) {
        v("config", value.config);
        v("student_steps", value.studentSteps);
        v("is_assumed", value.isAssumed);
    }
};
template <>
struct Fields<ParameterInfo> {
    static void visit(auto& v, auto& value) {
        v("name", value.name);
        v("shape", value.shape);
        v("count", value.count);
    }
};
template <>
struct Fields<BlockInfo> {
    static void visit(auto& v, auto& value) {
        v("name", value.name);
        v("kind", value.kind);
        v("resolution", value.resolution);
        v("in_channels", value.inChannels);
        v("out_channels", value.outChannels);
        v("has_response", value.hasResponse);
        v("parameters", value.parameters);
    }
};
template <>
struct Fields<ModelSummary> {
    static void visit(auto& v, auto& value) {
        v("title", value.title);
        v("path", value.path);
        v("wrapper_class", value.wrapperClass);
        v("architecture", value.architecture);
        v("img_resolution", value.imgResolution);
        v("img_channels", value.imgChannels);
        v("label_dim", value.labelDim);
        v("parameters", value.parameters);
        v("blocks", value.blocks);
        v("sampling", value.sampling);
    }
};
template <>
struct Fields<DataSummary> {
    static void visit(auto& v, auto& value) {
        v("title", value.title);
        v("path", value.path);
        v("count", value.count);
        v("resolution", value.resolution);
        v("channels", value.channels);
        v("label_dim", value.labelDim);
        v("label_vectors", value.labelVectors);
        v("notes", value.notes);
        v("class_names", value.classNames);
    }
};
template <>
struct Fields<ResponseInfo> {
    static void visit(auto& v, auto& value) {
        v("name", value.name);
        v("block", value.block);
        v("operation", value.operation);
        v("resolution", value.resolution);
        v("channels", value.channels);
    }
};
template <>
struct Fields<ModelCard> {
    static void visit(auto& v, auto& value) {
        v("file", value.file);
        v("format", value.format);
        v("bytes", value.bytes);
        v("configuration", value.configuration);
        v("kimg", value.kimg);
        v("kimg_from_name", value.kimgFromName);
        v("assumed_class", value.assumedClass);
        v("taken_from", value.takenFrom);
        v("not_taken", value.notTaken);
        v("unused_tensors", value.unusedTensors);
        v("notes", value.notes);
        v("metadata", value.metadata);
        v("licence_kind", value.licenceKind);
        v("licence", value.licence);
    }
};

}  // namespace thaw::wire
