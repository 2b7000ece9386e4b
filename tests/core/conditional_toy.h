// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/toy.h"

#include <cmath>

/// A conditional network whose every output depends on the label, and the unconditional one that it is when it is told one
/// class. SongUNet embeds a label l as label(l·sqrt(label_dim)), which is added before the first mapping layer; so with one
/// class for all it is a bias of that layer: b' = b + W·(A·e_c·sqrt(label_dim) + a).
namespace thaw::toy {

inline constexpr int kClasses = 3;

inline Denoiser conditional(std::uint64_t seed = 1) {
    auto config = network();
    config.labelDim = kClasses;
    Denoiser d(config, Preconditioning::Edm);
    d->model->initialise(seed);
    // Fresh networks end in almost nothing; this one makes something of everything it is told.
    const torch::NoGradGuard noGrad;
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed + 100);
    for (auto& item : d->named_parameters()) item.value() += 0.1 * torch::randn(item.value().sizes(), generator);
    d->model->named_parameters()["map_label.weight"].mul_(4);
    for (auto& parameter : d->parameters()) parameter.set_requires_grad(false);
    d->eval();
    return d;
}

inline Denoiser toldOneClass(const Denoiser& conditional, int index) {
    auto config = conditional->config();
    config.labelDim = 0;
    Denoiser plain(config, conditional->kind());
    const torch::NoGradGuard noGrad;
    const auto own = conditional->model->named_parameters();
    for (auto& item : plain->model->named_parameters()) item.value().copy_(own[item.key()]);
    auto label = own["map_label.weight"].select(1, index) * std::sqrt(double(conditional->config().labelDim));
    if (const auto* bias = own.find("map_label.bias")) label = label + *bias;
    plain->model->named_parameters()["map_layer0.bias"].add_(torch::mv(own["map_layer0.weight"], label));
    for (auto& parameter : plain->parameters()) parameter.set_requires_grad(false);
    plain->eval();
    return plain;
}

/// The toy data with a class for every image: k modulo kClasses.
inline Dataset labelledData(int count = 16) {
    auto all = data(count);
    all.images = torch::randint(0, 256, {count, 1, 8, 8}, at::make_generator<at::CPUGeneratorImpl>(5)).to(torch::kByte);
    all.labels = torch::arange(count, torch::kLong).remainder(kClasses);
    return all;
}

inline torch::Tensor oneHotOf(const std::vector<std::int64_t>& classes) {
    return torch::one_hot(torch::tensor(classes, torch::kLong), kClasses).to(torch::kFloat);
}

}  // namespace thaw::toy
