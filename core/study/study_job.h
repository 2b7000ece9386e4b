// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sampler_config.h"
#include "core/values/train_config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

/// What images of a study are compared with. Settings are chosen on Validation and never reported by it.
enum class StudyReference {
    Test,        ///< images that no run is trained or tuned on; of the built-in data its test part
    Validation,  ///< the training images
};

/// A generator: the end of a training job of the study, or the model that the study is about.
struct StudyGenerator {
    std::string run;  ///< name of a TrainingJob; empty = the pre-trained model
    SamplerConfig sampler = oneStepSampler();
    bool operator==(const StudyGenerator&) const = default;
};

/// A fine-tuning run. Measured at its end, and on its way every `config.fidEveryKimg`, by `config.fidImages` images.
struct TrainingJob {
    FinetuneConfig config;
    std::int64_t trainingImages = 0;  ///< a random subset of the data, another one for each seed; 0 = all
    StudyReference reference = StudyReference::Test;
};

/// Fréchet distance of seeds 0 .. images - 1 to the reference, or to another generator's images of the same seeds.
struct DistanceJob {
    StudyGenerator generator;
    std::optional<StudyGenerator> against;
    int images = 5000;
};

/// Whether both make the same image of the same seed (core/session/pairing.h), seeds 0 .. images - 1.
struct PairingJob {
    StudyGenerator a, b;
    int images = 1000;
};

/// What the layers of a generator's network respond by frequency: mean power of all whole blocks and of the denoised image
/// (core/values/layer_sweep.h). Seeds 0 .. images - 1 at every noise level: the same noise and the same real images for every
/// network.
struct ResponsesJob {
    StudyGenerator generator;  ///< its sampler plays no part
    int images = 64;
    std::vector<double> sigmas;
};

/// Mean power of images by frequency (core/values/image_spectrum.h): samples of seeds 0 .. images - 1, or real images, as
/// many, evenly chosen among the test part of the built-in data, among all images of other data.
struct ImagePowerJob {
    std::optional<StudyGenerator> generator;  ///< nothing: real images
    int images = 1000;
};

/// One piece of work and its name, which is unique in a study: `gan-seed1`.
struct StudyJob {
    std::string name;
    std::variant<TrainingJob, DistanceJob, PairingJob, ResponsesJob, ImagePowerJob> work;
};

/// Names of the training jobs whose generators it looks at.
std::vector<std::string> neededRuns(const StudyJob& job);

/// All that decides the job's result but the model, the data and the runs that it needs, as JSON in one line.
std::string jobText(const StudyJob& job);

}  // namespace thaw
