// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/model_sampler.h"

#include "core/values/error.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

namespace thaw {
namespace {

constexpr int kMostSteps = 1000;
constexpr double kStudentSigma = 80;

[[noreturn]] void badWord(const std::string& name, const std::string& value, const std::string& must) {
    throw Error(ErrorCode::FileDamaged,
                "The model file says " + name + " = '" + value.substr(0, 40) + "', which must be " + must + ".",
                "Get the file again, or name another snapshot of the run.");
}

std::optional<double> numberOf(const std::map<std::string, std::string>& metadata, const std::string& name) {
    const auto word = metadata.find(name);
    if (word == metadata.end()) return {};
    double number = 0;
    const auto* end = word->second.data() + word->second.size();
    const auto [rest, error] = std::from_chars(word->second.data(), end, number);
    if (error != std::errc() || rest != end || !std::isfinite(number) || number <= 0)
        badWord(name, word->second, "a positive number");
    return number;
}

SamplerConfig jumps(int steps, double sigma) {
    auto config = oneStepSampler(sigma);
    config.steps = steps;
    if (steps > 1) config.kind = SamplerKind::MultiStep;
    return config;
}

// All digits, so that the level is the same number when it is read again.
std::string exactly(double number) {
    char text[40];
    const auto [end, error] = std::to_chars(text, text + sizeof text, number);
    return {text, end};
}

}  // namespace

TrainedSampler samplerOfModel(Preconditioning kind, const NetworkConfig& config,
                              const std::map<std::string, std::string>& metadata) {
    if (const auto steps = numberOf(metadata, "student_steps")) {
        if (*steps != std::floor(*steps) || *steps > kMostSteps)
            badWord("student_steps", metadata.at("student_steps"), "a whole number from 1 to 1000");
        TrainedSampler trained{jumps(int(*steps), numberOf(metadata, "sigma").value_or(kStudentSigma)), int(*steps)};
        if (*steps == 2) trained.config.sigmaMid = numberOf(metadata, "sigma_mid").value_or(trained.config.sigmaMid);
        return trained;
    }
    if (kind == Preconditioning::D2o || config.twoTime) return {jumps(1, kStudentSigma), 1, true};
    TrainedSampler diffusion;
    diffusion.config.steps = publishedSteps(config.imgResolution);
    return diffusion;
}

std::map<std::string, std::string> samplerWords(const SamplerConfig& student) {
    const int steps = student.kind == SamplerKind::OneStep ? 1 : student.steps;
    std::map<std::string, std::string> words{{"student_steps", std::to_string(steps)},
                                             {"sigma", exactly(student.sigmaMax.value_or(kStudentSigma))}};
    if (steps == 2) words["sigma_mid"] = exactly(student.sigmaMid);
    return words;
}

}  // namespace thaw
