// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/preconditioning.h"

#include <torch/torch.h>

#include <array>
#include <cmath>
#include <limits>

namespace thaw {
namespace {

struct NamedWrapper {
    const char* name;
    Preconditioning kind;
};
constexpr std::array<NamedWrapper, 5> kWrappers{{{"VPPrecond", Preconditioning::Vp},
                                                 {"VEPrecond", Preconditioning::Ve},
                                                 {"iDDPMPrecond", Preconditioning::Iddpm},
                                                 {"EDMPrecond", Preconditioning::Edm},
                                                 {"D2OPrecond", Preconditioning::D2o}}};

}  // namespace

std::string className(Preconditioning kind) {
    for (const auto& wrapper : kWrappers)
        if (wrapper.kind == kind) return wrapper.name;
    return {};
}

std::optional<Preconditioning> preconditioningOf(const std::string& name) {
    for (const auto& wrapper : kWrappers)
        if (wrapper.name == name) return wrapper.kind;
    return {};
}

PreconditioningScales preconditioningScales(Preconditioning kind, const NetworkConfig& c, const torch::Tensor& sigmaIn,
                                            const torch::Tensor& u) {
    const auto sigma = sigmaIn.reshape({-1, 1, 1, 1});
    const auto flat = sigmaIn.reshape({-1});
    const auto one = torch::ones_like(sigma);
    switch (kind) {
    case Preconditioning::Vp: {
        const auto t = ((c.betaMin * c.betaMin + 2 * c.betaD * (1 + flat.square()).log()).sqrt() - c.betaMin) / c.betaD;
        return {one, -sigma, (sigma.square() + 1).rsqrt(), (c.timesteps - 1) * t};
    }
    case Preconditioning::Ve: return {one, sigma, one, (0.5 * flat).log()};
    case Preconditioning::Iddpm: {
        const auto nearest = (u.to(flat.options()).unsqueeze(0) - flat.unsqueeze(1)).abs().argmin(1);
        return {one, -sigma, (sigma.square() + 1).rsqrt(), (c.timesteps - 1 - nearest).to(flat.scalar_type())};
    }
    case Preconditioning::Edm:
    case Preconditioning::D2o: break;
    }
    const auto shifted = kind == Preconditioning::D2o ? sigma - c.epsilon : sigma;
    const double sd2 = c.sigmaData * c.sigmaData;
    const auto root = (sigma * sigma + sd2).sqrt();
    return {sd2 / (shifted * shifted + sd2), shifted * c.sigmaData / root, 1.0 / root, flat.log() / 4};
}

torch::Tensor iddpmSigmas(const NetworkConfig& c) {
    // In float throughout, as the published table is: in double its last levels differ in the fourth digit.
    const int M = c.timesteps;
    const auto alphaBar = [&](int j) {
        const float angle = float(0.5 * M_PI) * float(j) / float(M) / float(c.c2 + 1);
        return std::sin(angle) * std::sin(angle);
    };
    auto u = torch::zeros({M + 1});
    auto* values = u.data_ptr<float>();
    for (int j = M; j > 0; --j)
        values[j - 1] =
            std::sqrt((values[j] * values[j] + 1) / std::max(alphaBar(j - 1) / alphaBar(j), float(c.c1)) - 1);
    return u;
}

double vpSigma(const NetworkConfig& c, double t) {
    return std::sqrt(std::exp(0.5 * c.betaD * t * t + c.betaMin * t) - 1);
}

SigmaRange sigmaRange(Preconditioning kind, const NetworkConfig& c, const torch::Tensor& u) {
    SigmaRange range{0, std::numeric_limits<double>::infinity()};
    switch (kind) {
    case Preconditioning::Vp: {
        // In float, as published: exp(x) - 1 loses digits there, which moves the lower end to 2^-10.
        const auto sigma = [&](double t) {
            return double(std::sqrt(std::exp(float(0.5 * c.betaD * t * t + c.betaMin * t)) - 1.0f));
        };
        range = {sigma(c.epsilonT), sigma(1)};
        break;
    }
    case Preconditioning::Ve: range = {0.02, 100}; break;
    case Preconditioning::Iddpm: range = {u[c.timesteps - 1].item<double>(), u[0].item<double>()}; break;
    case Preconditioning::Edm:
    case Preconditioning::D2o: break;
    }
    return {c.sigmaMin.value_or(range.min), c.sigmaMax.value_or(range.max)};
}

}  // namespace thaw
