// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sampler_options.h"

#include "core/io/model_description.h"

namespace thaw::cli {
namespace {

template <class Value>
void addChoice(CLI::App& verb, const std::string& option, Value& value, const std::map<std::string, Value>& names,
               const std::string& meaning) {
    verb.add_option(option, value, meaning)->transform(oneOf(names))->default_str(nameIn(names, value));
}

}  // namespace

SamplerConfig SamplerOptions::samplerFor(const TrainedSampler& trained) const {
    SamplerConfig result = config;
    result.kind = sampler == "auto" ? trained.config.kind : samplerNames().at(sampler);
    const bool jumps = result.kind == SamplerKind::OneStep || result.kind == SamplerKind::MultiStep;
    // Another number of steps of a student is as many jumps.
    if (sampler == "auto" && jumps && steps) result.kind = *steps == 1 ? SamplerKind::OneStep : SamplerKind::MultiStep;
    const bool likeTrained = jumps == trained.isStudent();
    result.steps = steps.value_or(likeTrained ? trained.config.steps : result.steps);
    if (jumps && trained.isStudent()) {
        if (!result.sigmaMax) result.sigmaMax = trained.config.sigmaMax;
        result.sigmaMid = trained.config.sigmaMid;
    }
    if (sigmaMid) result.sigmaMid = *sigmaMid;
    if (sampler == "one-step" && steps && *steps != 1)
        throw Error(ErrorCode::Usage, "--sampler one-step takes one step, not --steps " + std::to_string(*steps) + ".",
                    "Leave --steps out, or choose multi-step or heun.");
    return result;
}

std::optional<ClassChoice> SamplerOptions::classChoice() const {
    return labels.empty() ? ClassChoice() : classChoiceOf(labels);
}

std::vector<double> SamplerOptions::classes() const {
    return classChoice() ? std::vector<double>() : parseNumbers(labels, "--labels");
}

ModelSampling samplingOf(const std::string& model, const SamplerOptions& options, const Context& context) {
    const auto summary = summarise(describeModel(model), model);
    ModelSampling sampling{options.samplerFor(summary.sampling), summary.labelDim, {}};
    requireSane(sampling.sampler);
    if (const auto words = contradiction(summary.sampling, sampling.sampler); !words.empty()) say(context, words);
    if (summary.labelDim > 0) sampling.labels = options.labels;
    else if (const auto choice = options.classChoice(); choice && choice->kind == ClassChoice::Kind::One)
        throw Error(ErrorCode::Configuration, "--labels is '" + options.labels + "', but this model has no classes.",
                    "Leave --labels out.");
    return sampling;
}

void addSamplerOptions(CLI::App& verb, SamplerOptions& options) {
    auto& config = options.config;
    auto& ablation = config.ablation;
    std::map<std::string, std::string> samplers{{"auto", "auto"}};
    for (const auto& [name, kind] : samplerNames()) samplers[name] = name;
    verb.add_option("--sampler", options.sampler,
                    "auto: as the model was trained, a student in its steps, a diffusion model by heun; or one-step, "
                    "multi-step, heun, euler, ablation")
        ->transform(oneOf(samplers))
        ->capture_default_str();
    verb.add_option("--steps", options.steps,
                    "steps of all samplers but one-step (a student's own; heun 18 up to 32x32 pixels, 40 above)");
    verb.add_option("--sigma-min", config.sigmaMin, "last noise level before 0")->check(aboveZero());
    verb.add_option("--sigma-max", config.sigmaMax,
                    "first noise level, and that of one-step (a student's own, else 80)")
        ->check(aboveZero());
    verb.add_option("--sigma-mid", options.sigmaMid, "multi-step with two steps: the level in between (1)");
    verb.add_option("--rho", config.rho, "how closely the low noise levels lie (EDM, eq. 5)")->capture_default_str();
    verb.add_option("--s-churn", config.churn.amount, "noise added back during sampling, 0 = none")
        ->capture_default_str();
    verb.add_option("--s-min", config.churn.sMin, "no churn below this noise level")->capture_default_str();
    verb.add_option("--s-max", config.churn.sMax, "no churn above this noise level")->capture_default_str();
    verb.add_option("--s-noise", config.churn.sNoise, "standard deviation of the noise added back")
        ->capture_default_str();
    addChoice(verb, "--solver", ablation.solver, solverNames(), "ablation: euler or heun");
    addChoice(verb, "--discretization", ablation.discretization, discretizationNames(),
              "ablation: edm, vp, ve or iddpm");
    addChoice(verb, "--schedule", ablation.schedule, scheduleNames(), "ablation: linear, vp or ve");
    addChoice(verb, "--scaling", ablation.scaling, scalingNames(), "ablation: none or vp");
    verb.add_option("--alpha", ablation.alpha, "ablation: second stage of heun, 1 Heun, 0.5 midpoint")
        ->capture_default_str();
    verb.add_option("--epsilon-s", ablation.epsilonS, "ablation: smallest time of vp")->capture_default_str();
    verb.add_option(
            "--labels", options.labels,
            "classes of a conditional model: random, per-seed (seed modulo their number), one, or one per image")
        ->capture_default_str();
    verb.add_option("--batch", options.batch, "images a forward pass")->check(between(1, 65536))->capture_default_str();
}

}  // namespace thaw::cli
