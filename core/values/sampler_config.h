// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace thaw {

/// Where the noise levels of a sampling run lie (Karras et al. 2022, table 1, "time steps").
enum class Discretization { Edm, Vp, Ve, Iddpm };
/// sigma as a function of time t: Edm (linear) sigma = t; Ve sqrt(t); Vp sqrt(exp(beta_d·t²/2 + beta_min·t) - 1).
enum class Schedule { Linear, Vp, Ve };
/// s(t): the scale of the signal. None: 1. Vp: 1/sqrt(1 + sigma²), which keeps the variance.
enum class Scaling { None, Vp };

enum class SamplerKind {
    OneStep,    ///< D(sigmaMax·z; sigmaMax): the one-step generator
    MultiStep,  ///< `steps` Euler jumps of a few-step generator, returning the last denoised image (D2O, m-step)
    Heun,       ///< EDM's sampler (Karras et al. 2022, algorithms 1 and 2)
    Euler,      ///< the same without the second-order correction
    Ablation,   ///< the general sampler behind EDM's ablations: any schedule, scaling, discretisation and solver
};

/// Stochasticity (algorithm 2): noise is added back while sMin <= sigma <= sMax.
struct ChurnConfig {
    double amount = 0;  ///< S_churn; 0 = deterministic
    double sMin = 0, sMax = std::numeric_limits<double>::infinity();
    double sNoise = 1;  ///< standard deviation of the added noise
    bool operator==(const ChurnConfig&) const = default;
};

/// What only the ablation sampler can choose.
struct AblationConfig {
    enum class Solver { Euler, Heun } solver = Solver::Heun;
    Discretization discretization = Discretization::Edm;
    Schedule schedule = Schedule::Linear;
    Scaling scaling = Scaling::None;
    double alpha = 1;        ///< where the second stage looks: 1 Heun, 1/2 midpoint, 2/3 Ralston
    double epsilonS = 1e-3;  ///< smallest time of VP
    bool operator==(const AblationConfig&) const = default;
};

struct SamplerConfig {
    SamplerKind kind = SamplerKind::Heun;
    int steps = 18;                            ///< N >= 2 for Heun, Euler and Ablation; >= 1 for MultiStep
    std::optional<double> sigmaMin, sigmaMax;  ///< absent: 0.002 and 80, or what the ablation's discretisation has
    double rho = 7;
    double sigmaMid = 1;  ///< MultiStep with two steps: the level between sigmaMax and sigmaMin
    ChurnConfig churn;
    AblationConfig ablation;
    bool operator==(const SamplerConfig&) const = default;
};

/// The one-step generator, from this noise level (absent: 80).
inline SamplerConfig oneStepSampler(std::optional<double> sigma = {}) {
    SamplerConfig config;
    config.kind = SamplerKind::OneStep;
    config.sigmaMax = sigma;
    return config;
}

/// All problems of a configuration, as "field is value, must be ..." sentences; empty when it can run.
std::vector<std::string> samplerProblems(const SamplerConfig& config);

/// Throws Configuration naming every one of them.
void requireSane(const SamplerConfig& config);

/// Network evaluations per image: 1, m, 2N - 1 (Heun), N (Euler).
int networkEvaluations(const SamplerConfig& config);

/// "one-step", "heun, 18 steps", "heun, 18 steps, churn 40".
std::string samplerTitle(const SamplerConfig& config);

/// The words of the choices, as options and titles have them.
const std::map<std::string, SamplerKind>& samplerNames();
const std::map<std::string, Discretization>& discretizationNames();
const std::map<std::string, Schedule>& scheduleNames();
const std::map<std::string, Scaling>& scalingNames();
const std::map<std::string, AblationConfig::Solver>& solverNames();

/// The word of a choice.
template <class Value>
std::string nameIn(const std::map<std::string, Value>& names, Value value) {
    for (const auto& [name, meaning] : names)
        if (meaning == value) return name;
    return {};
}

}  // namespace thaw
