// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/denoiser.h"
#include "core/diffusion/noise_schedule.h"

#include <functional>
#include <limits>
#include <optional>

namespace thaw {

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

/// The noise levels a run of this denoiser visits, ending with 0 (OneStep: sigmaMax alone; MultiStep: ending with
/// sigmaMin): the wanted range clipped to the denoiser's, spaced by EDM's eq. 5, rounded to the levels it knows.
std::vector<double> noiseLevels(const SamplerConfig& config, const DenoiserImpl& denoiser);

/// Network evaluations per image: 1, m, 2N - 1 (Heun), N (Euler).
int networkEvaluations(const SamplerConfig& config);

/// Asked before every network evaluation with the share done; false cancels with Error(Interrupted).
using StepCallback = std::function<bool(double fraction)>;
/// N(0, I) like its argument; for churn. `SeedStreams::randnLike` makes images depend on their seeds alone.
using NoiseSource = std::function<torch::Tensor(const torch::Tensor&)>;

/// How a batch is sampled, beside what and by which sampler.
struct SampleContext {
    Conditioning conditioning;
    ForwardMode mode;
    StepCallback callback;
    NoiseSource noise;  ///< needed where churn.amount > 0
    /// Called at every step's beginning with its level, x there, and D(x; sigma). Heun and Euler only.
    std::function<void(double sigma, const torch::Tensor& x, const torch::Tensor& denoised)> observe = {};
    ResponseHook hook = {};  ///< hears every network evaluation, and may change what flows through it
};

/// latents [N, C, R, R] ~ N(0, I) -> float images in about [-1, 1]. The multi-step samplers integrate in double. No
/// gradient is recorded. Throws Configuration (samplerProblems), Interrupted.
torch::Tensor sample(Denoiser& denoiser, const torch::Tensor& latents, const SamplerConfig& config,
                     const SampleContext& context = {});

/// clip(x·127.5 + 128, 0, 255) truncated: EDM's quantisation. Float [N, C, H, W] -> uint8 of the same shape.
torch::Tensor quantise(const torch::Tensor& images);

}  // namespace thaw
