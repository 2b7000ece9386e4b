// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/sampler_config.h"

#include <string>

namespace thaw {

/// How a model makes images as it was trained to: a student in its m steps from its own noise level, a diffusion model by
/// Heun's sampler with as many steps as EDM publishes for images of its size (18 up to 32×32 pixels, 40 above; of
/// ImageNet-64 that is the deterministic sampler). What a file says of it is read by core/io/model_sampler.h.
struct TrainedSampler {
    SamplerConfig config;    ///< OneStep or MultiStep for students, else Heun
    int studentSteps = 0;    ///< m of a student; 0 = a diffusion model
    bool isAssumed = false;  ///< the file has a student's wrapper, but does not say in how many steps it was trained

    bool isStudent() const { return studentSteps > 0; }
    /// sigma where a student's one step, or its first, begins; absent (80) of a diffusion model.
    std::optional<double> oneStepSigma() const { return isStudent() ? config.sigmaMax : std::optional<double>(); }

    bool operator==(const TrainedSampler&) const = default;
};

/// EDM's number of Heun steps for images of that size.
int publishedSteps(int resolution);

/// The sampler of `steps` steps of a column: kTrainedSteps = as trained, kGeneratorSteps = as trained of a student and
/// one step of others, 1 = one step from the student's level or 80, more =
/// Heun's, but a student's own jumps where it was trained for exactly so many.
SamplerConfig samplerOfSteps(const TrainedSampler& trained, int steps);

/// A sentence where a sampler asks of a model what it was not trained for: a diffusion model's sampler of a student, another
/// number of jumps, another noise level, or a student's jumps of a diffusion model. Empty where all is as trained. One step
/// of a diffusion model is what fine-tuning begins with, and no contradiction.
std::string contradiction(const TrainedSampler& trained, const SamplerConfig& asked);

}  // namespace thaw
