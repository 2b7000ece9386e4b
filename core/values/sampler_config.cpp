// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/sampler_config.h"

#include "core/values/error.h"

#include <cmath>
#include <sstream>

namespace thaw {
namespace {

constexpr double kLowest = 0.002, kHighest = 80;  // EDM's defaults

}  // namespace

std::vector<std::string> samplerProblems(const SamplerConfig& c) {
    std::vector<std::string> problems;
    const auto require = [&](bool good, const std::string& field, double value, const std::string& must) {
        std::ostringstream text;
        text << field << " is " << value << ", must be " << must;
        if (!good) problems.push_back(text.str());
    };
    const int least = c.kind == SamplerKind::MultiStep ? 1 : 2;
    if (c.kind != SamplerKind::OneStep)
        require(c.steps >= least && c.steps <= 100000, "steps", c.steps,
                "between " + std::to_string(least) + " and 100000");
    const double low = c.sigmaMin.value_or(kLowest), high = c.sigmaMax.value_or(kHighest);
    if (c.sigmaMin) require(low > 0 && std::isfinite(low), "sigma_min", low, "positive and finite");
    std::ostringstream lowest;
    lowest << "finite and above sigma_min (" << low << ")";
    if (c.sigmaMin || c.sigmaMax) require(high > low && std::isfinite(high), "sigma_max", high, lowest.str());
    require(c.rho > 0 && std::isfinite(c.rho), "rho", c.rho, "positive and finite");
    require(c.churn.amount >= 0 && std::isfinite(c.churn.amount), "s_churn", c.churn.amount, "0 or more, and finite");
    require(c.churn.sNoise >= 0 && std::isfinite(c.churn.sNoise), "s_noise", c.churn.sNoise, "0 or more, and finite");
    require(c.churn.sMin >= 0, "s_min", c.churn.sMin, "0 or more");
    require(c.churn.sMax >= c.churn.sMin, "s_max", c.churn.sMax, "s_min or more");
    if (c.kind == SamplerKind::MultiStep && c.steps == 2)
        require(c.sigmaMid > low && c.sigmaMid < high, "sigma_mid", c.sigmaMid, "between sigma_min and sigma_max");
    if (c.kind == SamplerKind::Ablation) {
        require(c.ablation.alpha > 0 && c.ablation.alpha <= 1, "alpha", c.ablation.alpha, "above 0 and at most 1");
        require(c.ablation.epsilonS > 0 && c.ablation.epsilonS < 1, "epsilon_s", c.ablation.epsilonS,
                "between 0 and 1");
    }
    return problems;
}

void requireSane(const SamplerConfig& config) {
    std::string text;
    for (const auto& problem : samplerProblems(config)) text += (text.empty() ? "" : "; ") + problem;
    if (!text.empty())
        throw Error(ErrorCode::Configuration, "The sampler cannot run: " + text + ".", "Correct these options.");
}

int networkEvaluations(const SamplerConfig& config) {
    switch (config.kind) {
    case SamplerKind::OneStep: return 1;
    case SamplerKind::MultiStep:
    case SamplerKind::Euler: return config.steps;
    case SamplerKind::Heun: return 2 * config.steps - 1;
    case SamplerKind::Ablation: break;
    }
    return config.ablation.solver == AblationConfig::Solver::Euler ? config.steps : 2 * config.steps - 1;
}

std::string samplerTitle(const SamplerConfig& config) {
    if (config.kind == SamplerKind::OneStep) return "one-step";
    std::ostringstream text;
    const auto& ablation = config.ablation;
    if (config.kind == SamplerKind::Ablation)
        text << "ablation (" << nameIn(discretizationNames(), ablation.discretization) << ", "
             << nameIn(scheduleNames(), ablation.schedule) << ", " << nameIn(scalingNames(), ablation.scaling) << ", "
             << nameIn(solverNames(), ablation.solver) << "), ";
    else text << nameIn(samplerNames(), config.kind) << ", ";
    text << config.steps << " steps";
    if (config.churn.amount > 0) text << ", churn " << config.churn.amount;
    return text.str();
}

const std::map<std::string, SamplerKind>& samplerNames() {
    static const std::map<std::string, SamplerKind> names{{"one-step", SamplerKind::OneStep},
                                                          {"multi-step", SamplerKind::MultiStep},
                                                          {"heun", SamplerKind::Heun},
                                                          {"euler", SamplerKind::Euler},
                                                          {"ablation", SamplerKind::Ablation}};
    return names;
}

const std::map<std::string, Discretization>& discretizationNames() {
    static const std::map<std::string, Discretization> names{{"edm", Discretization::Edm},
                                                             {"vp", Discretization::Vp},
                                                             {"ve", Discretization::Ve},
                                                             {"iddpm", Discretization::Iddpm}};
    return names;
}

const std::map<std::string, Schedule>& scheduleNames() {
    static const std::map<std::string, Schedule> names{
        {"linear", Schedule::Linear}, {"vp", Schedule::Vp}, {"ve", Schedule::Ve}};
    return names;
}

const std::map<std::string, Scaling>& scalingNames() {
    static const std::map<std::string, Scaling> names{{"none", Scaling::None}, {"vp", Scaling::Vp}};
    return names;
}

const std::map<std::string, AblationConfig::Solver>& solverNames() {
    static const std::map<std::string, AblationConfig::Solver> names{{"euler", AblationConfig::Solver::Euler},
                                                                     {"heun", AblationConfig::Solver::Heun}};
    return names;
}

}  // namespace thaw
