// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise_schedule.h"

#include "core/diffusion/preconditioning.h"

#include <torch/torch.h>

#include <cmath>

namespace thaw {

std::vector<double> edmSigmas(int steps, double sigmaMin, double sigmaMax, double rho) {
    std::vector<double> sigmas;
    const double high = std::pow(sigmaMax, 1 / rho), low = std::pow(sigmaMin, 1 / rho);
    for (int i = 0; i < steps; ++i) sigmas.push_back(std::pow(high + double(i) / (steps - 1) * (low - high), rho));
    return sigmas;
}

std::vector<double> veSigmas(int steps, double sigmaMin, double sigmaMax) {
    std::vector<double> sigmas;
    for (int i = 0; i < steps; ++i) sigmas.push_back(sigmaMax * std::pow(sigmaMin / sigmaMax, double(i) / (steps - 1)));
    return sigmas;
}

std::vector<double> vpSigmas(int steps, double sigmaMin, double sigmaMax, double epsilonS) {
    const NoiseCurve curve(Schedule::Vp, Scaling::None, sigmaMin, sigmaMax, epsilonS);
    std::vector<double> sigmas;
    for (int i = 0; i < steps; ++i) sigmas.push_back(curve.sigma(1 + double(i) / (steps - 1) * (epsilonS - 1)));
    return sigmas;
}

std::vector<double> iddpmSigmaSteps(int steps, double sigmaMin, double sigmaMax) {
    const auto table = iddpmSigmas(NetworkConfig{});
    std::vector<double> inside, sigmas;
    for (std::int64_t j = 0; j < table.numel(); ++j)
        if (const double u = table[j].item<double>(); u >= sigmaMin && u <= sigmaMax) inside.push_back(u);
    if (inside.empty()) return {sigmaMax};
    for (int i = 0; i < steps; ++i)
        sigmas.push_back(inside[std::size_t(std::nearbyint(double(inside.size() - 1) / (steps - 1) * i))]);
    return sigmas;
}

NoiseCurve::NoiseCurve(Schedule schedule, Scaling scaling, double sigmaMin, double sigmaMax, double epsilonS)
    : schedule_(schedule), scaling_(scaling) {
    // ln(sigma² + 1) = beta_d·t²/2 + beta_min·t, solved for the two points.
    const double low = std::log(sigmaMin * sigmaMin + 1), high = std::log(sigmaMax * sigmaMax + 1);
    betaD_ = 2 * (low / epsilonS - high) / (epsilonS - 1);
    betaMin_ = high - 0.5 * betaD_;
}

double NoiseCurve::sigma(double t) const {
    switch (schedule_) {
    case Schedule::Linear: return t;
    case Schedule::Ve: return std::sqrt(t);
    case Schedule::Vp: break;
    }
    return std::sqrt(std::expm1(0.5 * betaD_ * t * t + betaMin_ * t));
}

double NoiseCurve::time(double sigma) const {
    switch (schedule_) {
    case Schedule::Linear: return sigma;
    case Schedule::Ve: return sigma * sigma;
    case Schedule::Vp: break;
    }
    return (std::sqrt(betaMin_ * betaMin_ + 2 * betaD_ * std::log1p(sigma * sigma)) - betaMin_) / betaD_;
}

double NoiseCurve::sigmaSlope(double t) const {
    switch (schedule_) {
    case Schedule::Linear: return 1;
    case Schedule::Ve: return 0.5 / std::sqrt(t);
    case Schedule::Vp: break;
    }
    const double s = sigma(t);
    return 0.5 * (betaMin_ + betaD_ * t) * (s + 1 / s);
}

double NoiseCurve::scale(double t) const {
    const double s = sigma(t);
    return scaling_ == Scaling::Vp ? 1 / std::sqrt(1 + s * s) : 1;
}

double NoiseCurve::scaleSlope(double t) const {
    return scaling_ == Scaling::Vp ? -sigma(t) * sigmaSlope(t) * std::pow(scale(t), 3) : 0;
}

}  // namespace thaw
