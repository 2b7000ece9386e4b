// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/verbs.h"

#include "core/values/class_choice.h"
#include "core/values/trained_sampler.h"

#include <optional>
#include <string>
#include <vector>

namespace thaw::cli {

/// `--sampler` and its options, `--labels` and `--batch`, as sample, evaluate and spectrum share them.
struct SamplerOptions {
    std::string sampler = "auto";  ///< `auto` = as the model was trained, or a word of samplerNames
    std::optional<int> steps;
    std::optional<double> sigmaMid;
    SamplerConfig config;           ///< all but kind, steps and sigmaMid
    std::string labels = "random";  ///< `random`, `per-seed`, one class for all, or a comma list with one per image
    int batch = 64;

    /// For a model that was trained like this. What the options leave open is as it was trained: sampler and steps under
    /// `auto`, a student's noise levels under every sampler that jumps.
    SamplerConfig samplerFor(const TrainedSampler& trained) const;
    /// The list of classes; empty where `classChoice` says them. Throws Usage naming what is no number.
    std::vector<double> classes() const;
    /// For what takes no list; nothing where the labels are a list, or no class.
    std::optional<ClassChoice> classChoice() const;
};
void addSamplerOptions(CLI::App& verb, SamplerOptions& options);

/// How a model's images are made, and whether it has classes.
struct ModelSampling {
    SamplerConfig sampler;
    int labelDim = 0;
    /// The words of `--labels` for a report; null for a model without classes.
    nlohmann::ordered_json labels;
};
/// Reads what the model file says. A sentence on standard error where the options ask of it what it was not trained for.
/// Throws what openModel throws, and Configuration for a sampler that is impossible.
ModelSampling samplingOf(const std::string& model, const SamplerOptions& options, const Context& context);

}  // namespace thaw::cli
