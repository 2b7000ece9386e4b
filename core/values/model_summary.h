// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/trained_sampler.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// One parameter tensor. `name` is EDM's state-dict name without the wrapper's `model.` prefix,
/// e.g. `enc.28x28_block0.conv0.weight`.
struct ParameterInfo {
    std::string name;
    std::vector<std::int64_t> shape;
    std::int64_t count = 0;  ///< number of scalars

    bool operator==(const ParameterInfo&) const = default;
};

/// One top-level module of the network, in forward order: `map_layer0`, `enc.28x28_conv`, `dec.14x14_up`, ...
struct BlockInfo {
    std::string name;    ///< module path without `model.`
    std::string kind;    ///< "linear", "conv", "norm", "block", "down", "up", "attention block", ...
    int resolution = 0;  ///< pixels per side of its output; 0 for the mapping network
    int inChannels = 0;
    int outChannels = 0;
    bool hasResponse = false;  ///< its output is an image-shaped map whose spectrum can be taken
    std::vector<ParameterInfo> parameters;

    std::int64_t parameterCount() const {
        std::int64_t n = 0;
        for (const auto& p : parameters) n += p.count;
        return n;
    }
    bool operator==(const BlockInfo&) const = default;
};

/// Everything the window shows of a model; made by `OpenFiles::openModel`.
struct ModelSummary {
    std::string title;         ///< what to call it on screen, e.g. "Fashion-MNIST EDM (built in)"
    std::string path;          ///< where it came from; "builtin" for the embedded model
    std::string wrapperClass;  ///< EDMPrecond, D2OPrecond
    std::string architecture;  ///< e.g. "SongUNet (DDPM++)"
    int imgResolution = 0;
    int imgChannels = 0;
    int labelDim = 0;
    std::int64_t parameters = 0;
    std::vector<BlockInfo> blocks;
    TrainedSampler sampling;  ///< how it makes images as it was trained

    /// All parameter tensors in state-dict order.
    std::vector<ParameterInfo> allParameters() const {
        std::vector<ParameterInfo> all;
        for (const auto& b : blocks) all.insert(all.end(), b.parameters.begin(), b.parameters.end());
        return all;
    }
    bool operator==(const ModelSummary&) const = default;
};

/// What the window shows of a data set.
struct DataSummary {
    std::string title;  ///< e.g. "Fashion-MNIST, 60,000 images 28×28 grey"
    std::string path;
    std::int64_t count = 0;
    int resolution = 0;
    int channels = 0;
    int labelDim = 0;                ///< classes (largest class + 1), or the length of label vectors; 0 without labels
    bool labelVectors = false;       ///< labels are vectors of numbers instead of classes
    std::vector<std::string> notes;  ///< sentences on what was left out or converted when it was read
    std::vector<std::string> classNames{};  ///< name of class k, where the data give names; else empty
};

}  // namespace thaw
