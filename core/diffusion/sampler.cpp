// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/sampler.h"

#include "core/nn/evaluation_mode.h"
#include "core/values/error.h"

#include <torch/torch.h>

#include <algorithm>

namespace thaw {
namespace {

constexpr double kSigmaMin = 0.002, kSigmaMax = 80;  // EDM's defaults

SigmaRange wantedRange(const SamplerConfig& config, const DenoiserImpl& denoiser) {
    SigmaRange wanted{kSigmaMin, kSigmaMax};
    if (config.kind == SamplerKind::Ablation) {
        const NetworkConfig published;
        switch (config.ablation.discretization) {
        case Discretization::Vp: wanted = {vpSigma(published, config.ablation.epsilonS), vpSigma(published, 1)}; break;
        case Discretization::Ve: wanted = {0.02, 100}; break;
        case Discretization::Iddpm: wanted = {kSigmaMin, 81}; break;
        case Discretization::Edm: break;
        }
    }
    const auto known = denoiser.range();
    return {std::max(config.sigmaMin.value_or(wanted.min), known.min),
            std::min(config.sigmaMax.value_or(wanted.max), known.max)};
}

std::vector<double> spacedLevels(const SamplerConfig& config, const SigmaRange& range) {
    if (config.kind == SamplerKind::MultiStep) {
        if (config.steps == 1) return {range.max, range.min};
        if (config.steps == 2) return {range.max, config.sigmaMid, range.min};
        return edmSigmas(config.steps + 1, range.min, range.max, config.rho);
    }
    if (config.kind == SamplerKind::Ablation) {
        switch (config.ablation.discretization) {
        case Discretization::Vp: return vpSigmas(config.steps, range.min, range.max, config.ablation.epsilonS);
        case Discretization::Ve: return veSigmas(config.steps, range.min, range.max);
        case Discretization::Iddpm: return iddpmSigmaSteps(config.steps, range.min, range.max);
        case Discretization::Edm: break;
        }
    }
    return edmSigmas(config.steps, range.min, range.max, config.rho);
}

// One sampling run: the denoiser in double precision, its levels, the noise, and the callback that may cancel it.
class Run {
public:
    Run(Denoiser& denoiser, const torch::Tensor& latents, const SamplerConfig& config, const SampleContext& context)
        : denoiser_(denoiser),
          config_(config),
          context_(context),
          levels_(noiseLevels(config, *denoiser)),
          z_(latents.to(torch::kDouble)),
          evaluations_(networkEvaluations(config)) {
        if (config.churn.amount > 0 && !context.noise) throw std::logic_error("sample: churn needs a source of noise");
    }

    torch::Tensor oneStep() {
        const auto x = z_ * levels_[0], denoised = D(x, levels_[0]);
        if (context_.observe) context_.observe(levels_[0], x, denoised);
        return denoised;
    }

    torch::Tensor multiStep() {
        auto x = z_ * levels_[0];
        torch::Tensor denoised;
        for (int i = 0; i < config_.steps; ++i) {
            const double t = levels_[std::size_t(i)], next = levels_[std::size_t(i) + 1];
            denoised = D(x, t, next);  // a two-time student takes the level at which the jump ends
            if (context_.observe) context_.observe(t, x, denoised);
            x = x + (denoised - x) / t * (t - next);
        }
        return denoised;
    }

    // Algorithm 2; the comments are its lines.
    torch::Tensor edm() {
        const int N = config_.steps;
        auto x = z_ * levels_[0];
        for (int i = 0; i < N; ++i) {
            const double t = levels_[std::size_t(i)], next = levels_[std::size_t(i) + 1];
            const double tHat = denoiser_->roundSigma(t + gamma(t) * t);
            const auto xHat = churned(x, tHat * tHat - t * t, 1);  // 5, 6
            const auto denoised = D(xHat, tHat);
            if (context_.observe) context_.observe(tHat, xHat, denoised);
            const auto d = (xHat - denoised) / tHat;  // 7
            x = xHat + (next - tHat) * d;             // 8
            if (config_.kind == SamplerKind::Heun && i + 1 < N) {
                const auto dNext = (x - D(x, next)) / next;          // 10
                x = xHat + (next - tHat) * (0.5 * d + 0.5 * dNext);  // 11
            }
        }
        return x;
    }

    // dx/dt = (sigma'/sigma + s'/s)·x - sigma'·s/sigma·D(x/s; sigma)   (eq. 4)
    torch::Tensor ablation() {
        const auto& a = config_.ablation;
        const auto range = wantedRange(config_, *denoiser_);
        const NoiseCurve curve(a.schedule, a.scaling, range.min, range.max, a.epsilonS);
        const auto slope = [&](const torch::Tensor& x, double t) {
            const double sigma = curve.sigma(t), ratio = curve.sigmaSlope(t) / sigma, s = curve.scale(t);
            return (ratio + curve.scaleSlope(t) / s) * x - ratio * s * D(x / s, sigma);
        };
        std::vector<double> times;
        for (std::size_t i = 0; i + 1 < levels_.size(); ++i) times.push_back(curve.time(levels_[i]));
        times.push_back(0);
        auto x = z_ * (curve.sigma(times[0]) * curve.scale(times[0]));
        const int N = config_.steps;
        for (int i = 0; i < N; ++i) {
            const double t = times[std::size_t(i)], next = times[std::size_t(i) + 1], sigma = curve.sigma(t);
            const double tHat = curve.time(denoiser_->roundSigma(sigma + gamma(sigma) * sigma)), h = next - tHat;
            const double sigmaHat = curve.sigma(tHat);
            const auto xHat =
                churned(curve.scale(tHat) / curve.scale(t) * x, sigmaHat * sigmaHat - sigma * sigma, curve.scale(tHat));
            const auto d = slope(xHat, tHat);
            if (a.solver == AblationConfig::Solver::Euler || i + 1 == N) {
                x = xHat + h * d;
            } else {
                const auto dNext = slope(xHat + a.alpha * h * d, tHat + a.alpha * h);
                x = xHat + h * ((1 - 0.5 / a.alpha) * d + 0.5 / a.alpha * dNext);
            }
        }
        return x;
    }

private:
    torch::Tensor D(const torch::Tensor& x, double sigma, std::optional<double> target = {}) {
        if (context_.callback && !context_.callback(double(done_++) / evaluations_))
            throw Error(ErrorCode::Interrupted, "Sampling was cancelled.");
        const auto level = torch::full({1}, sigma, x.options());
        auto conditioning = context_.conditioning;
        if (target) conditioning.target = torch::full({1}, *target, x.options());
        return denoiser_->forward(x, level, conditioning, context_.mode, context_.hook).to(torch::kDouble);
    }
    double gamma(double sigma) const {
        const auto& c = config_.churn;
        return c.amount > 0 && sigma >= c.sMin && sigma <= c.sMax
                   ? std::min(c.amount / config_.steps, std::sqrt(2.0) - 1)
                   : 0;
    }
    // Noise is drawn in every step of a stochastic run, even where none is added, so that seeds stay comparable.
    torch::Tensor churned(const torch::Tensor& x, double variance, double scale) {
        if (config_.churn.amount <= 0) return x;
        return x + std::sqrt(std::max(variance, 0.0)) * scale * config_.churn.sNoise * context_.noise(x);
    }

    Denoiser& denoiser_;
    const SamplerConfig& config_;
    const SampleContext& context_;
    std::vector<double> levels_;
    torch::Tensor z_;
    int evaluations_, done_ = 0;
};

}  // namespace

std::vector<double> noiseLevels(const SamplerConfig& config, const DenoiserImpl& denoiser) {
    const auto range = wantedRange(config, denoiser);
    if (config.kind == SamplerKind::OneStep) return {denoiser.roundSigma(range.max)};
    auto levels = spacedLevels(config, range);
    for (auto& sigma : levels) sigma = denoiser.roundSigma(sigma);
    if (config.kind != SamplerKind::MultiStep) levels.push_back(0);
    return levels;
}

torch::Tensor sample(Denoiser& denoiser, const torch::Tensor& latents, const SamplerConfig& config,
                     const SampleContext& context) {
    requireSane(config);
    torch::NoGradGuard guard;
    EvaluationMode evaluation(*denoiser);
    Run run(denoiser, latents, config, context);
    switch (config.kind) {
    case SamplerKind::OneStep: return run.oneStep().to(torch::kFloat);
    case SamplerKind::MultiStep: return run.multiStep().to(torch::kFloat);
    case SamplerKind::Ablation: return run.ablation().to(torch::kFloat);
    case SamplerKind::Heun:
    case SamplerKind::Euler: break;
    }
    return run.edm().to(torch::kFloat);
}

torch::Tensor quantise(const torch::Tensor& images) { return (images * 127.5 + 128).clamp(0, 255).to(torch::kByte); }

}  // namespace thaw
