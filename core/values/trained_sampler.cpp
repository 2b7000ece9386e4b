// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/trained_sampler.h"

#include "core/values/sample_request.h"

#include <sstream>

namespace thaw {
namespace {

constexpr double kUsualSigma = 80;

bool isJump(const SamplerConfig& config) {
    return config.kind == SamplerKind::OneStep || config.kind == SamplerKind::MultiStep;
}
int jumpsOf(const SamplerConfig& config) { return config.kind == SamplerKind::OneStep ? 1 : config.steps; }

std::string inSteps(int steps) { return steps == 1 ? "one step" : std::to_string(steps) + " steps"; }

std::string trainedWords(const TrainedSampler& trained) {
    std::ostringstream text;
    text << "The model was trained to make images in " << inSteps(trained.studentSteps)
         << " from sigma = " << trained.config.sigmaMax.value_or(kUsualSigma);
    return text.str();
}

}  // namespace

int publishedSteps(int resolution) { return resolution <= 32 ? 18 : 40; }

SamplerConfig samplerOfSteps(const TrainedSampler& trained, int steps) {
    if (steps == kTrainedSteps) return trained.config;
    if (trained.isStudent() && (steps == kGeneratorSteps || steps == trained.studentSteps)) return trained.config;
    if (steps == 1 || (steps == kGeneratorSteps && !trained.isStudent())) return oneStepSampler(trained.oneStepSigma());
    SamplerConfig heun;
    heun.steps = steps;
    return heun;
}

std::string contradiction(const TrainedSampler& trained, const SamplerConfig& asked) {
    std::ostringstream text;
    if (!trained.isStudent()) {
        if (asked.kind != SamplerKind::MultiStep) return {};
        text
            << "The model is a diffusion model; the jumps of multi-step are a few-step student's. It is done as asked.";
        return text.str();
    }
    if (!isJump(asked)) {
        text << trainedWords(trained) << ", not by a diffusion model's sampler (" << samplerTitle(asked)
             << "). It is done as asked; --sampler auto samples it as it was trained.";
        return text.str();
    }
    const double sigma = asked.sigmaMax.value_or(kUsualSigma);
    if (jumpsOf(asked) == trained.studentSteps && sigma == trained.config.sigmaMax.value_or(kUsualSigma)) return {};
    text << trainedWords(trained) << ", and " << inSteps(jumpsOf(asked)) << " from sigma = " << sigma
         << " were asked for. It is done as asked; --sampler auto samples it as it was trained.";
    return text.str();
}

}  // namespace thaw
