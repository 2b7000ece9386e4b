// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/class_choice.h"
#include "core/values/quality.h"
#include "core/values/sampler_config.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// How good images are: of a model, or of files, against a reference.
struct EvaluationRequest {
    std::string model;  ///< model file, run folder, or `builtin`; or
    std::string
        images;  ///< whatever readImages (core/data/image_files.h) takes; floats are quantised, since the distances
                 ///< are defined on 8-bit images, as a model's samples are too
    Metrics metrics{{"fid"}};
    /// See openFeatureNetwork. `auto` is the built-in classifier for the built-in data and where a metric needs a network,
    /// what a file of statistics was made with, and the Fréchet wavelet distance elsewhere.
    std::string features = kAutoFeatures;

    std::vector<std::uint64_t> seeds;  ///< of a model's images; at least 2
    std::string seedText;              ///< the same in words, for a file of features
    SamplerConfig sampler = oneStepSampler();
    std::vector<double> labels;  ///< as GenerationRequest has them
    ClassChoice classes{};
    int batch = 64;                               ///< images a forward pass
    std::optional<SamplerConfig> againstSampler;  ///< of `against`; absent = `sampler`
    std::optional<std::int64_t> subset;           ///< of `images`: so many at random; absent = all

    std::string against;           ///< reference: another model on the same seeds; or
    std::string reference;         ///< a file of statistics (`.npz`); or
    std::string data = "builtin";  ///< a data set
    DatasetOptions dataOptions;
    bool dataGiven = false;  ///< the user named the data, for what a file of statistics lacks
    bool partGiven = false;  ///< the user named its part; `t10k` of the built-in data and `train` of others without
    std::int64_t referenceImages = 10000;  ///< of the data, where dataOptions has no number: at random, 0 = all

    int neighbours = 3;        ///< k of precision and recall
    std::string saveFeatures;  ///< writes the features of the images here (`.npz`); empty = not
    ComputeOptions compute;
};

struct EvaluationResult {
    Quality quality;                 ///< its warnings are all warnings, of the network and the reference too
    std::vector<std::string> notes;  ///< what the data left out
    std::int64_t images = 0;
    std::string features;                         ///< title of the feature network
    std::string reference;                        ///< in words; empty where no metric needs one
    std::optional<std::int64_t> referenceImages;  ///< as the reference says
    double seconds = 0;                           ///< for the images, without the reference
};

/// What an evaluation is doing; each begins anew at 0.
enum class EvaluationStage {
    Data,        ///< reading the reference images
    Reference,   ///< their features, in images
    Images,      ///< features of the given images
    Samples,     ///< making a model's images, with their features
    Neighbours,  ///< precision, recall, density, coverage; in percent
};
/// `done` of `total`; false cancels.
using EvaluationProgress = std::function<bool(EvaluationStage stage, double done, double total)>;

/// A missing model or folder is found before minutes of reference, the reference before hours of sampling. Throws
/// Configuration, Usage, what openModel and openData throw, WrongKind for images that are not finite, Interrupted.
EvaluationResult evaluateImages(const EvaluationRequest& request, const EvaluationProgress& progress = {});

}  // namespace thaw
