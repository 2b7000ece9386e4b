// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sampler_options.h"

namespace thaw::cli {
namespace {

template <class Value>
void addChoice(CLI::App& verb, const std::string& option, Value& value, const std::map<std::string, Value>& names,
               const std::string& meaning) {
    verb.add_option(option, value, meaning)->transform(oneOf(names))->default_str(nameIn(names, value));
}

}  // namespace

std::vector<double> SamplerOptions::classes() const {
    return labels.empty() || labels == "random" ? std::vector<double>() : parseNumbers(labels, "--labels");
}

void addSamplerOptions(CLI::App& verb, SamplerOptions& options) {
    auto& config = options.config;
    auto& ablation = config.ablation;
    addChoice(verb, "--sampler", config.kind, samplerNames(), "one-step, multi-step, heun, euler or ablation");
    verb.add_option("--steps", config.steps, "steps of all samplers but one-step")->capture_default_str();
    verb.add_option("--sigma-min", config.sigmaMin, "last noise level before 0")->check(CLI::PositiveNumber);
    verb.add_option("--sigma-max", config.sigmaMax, "first noise level, and that of one-step")
        ->check(CLI::PositiveNumber);
    verb.add_option("--sigma-mid", config.sigmaMid, "multi-step with two steps: the level in between")
        ->capture_default_str();
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
    verb.add_option("--labels", options.labels, "classes of a conditional model: random, one, or one per image")
        ->capture_default_str();
    verb.add_option("--batch", options.batch, "images a forward pass")
        ->check(CLI::Range(1, 65536))
        ->capture_default_str();
}

}  // namespace thaw::cli
