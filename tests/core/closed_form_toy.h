// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/noise.h"
#include "tests/core/toy.h"

/// Toy networks whose answers can be worked out.
namespace thaw::toy {

/// All weights zero under EDM's wrapper: D(x; sigma) = x/(1 + 4·sigma²), the best denoiser of N(0, 0.25).
inline Denoiser zeros() {
    Denoiser d(network(), Preconditioning::Edm);
    const torch::NoGradGuard noGrad;
    for (auto& parameter : d->parameters()) parameter.zero_();
    return d;
}

/// A two-time network that makes something of all that it is told; a fresh one ends in almost nothing and ignores its
/// second time, whose last layer is multiplied by `emphasis`.
inline Denoiser twoTimeListener(Preconditioning kind, double emphasis) {
    auto config = network();
    config.twoTime = true;
    Denoiser d(config, kind);
    d->model->initialise(1);
    const torch::NoGradGuard noGrad;
    auto generator = seededGenerator(101);
    for (auto& parameter : d->parameters()) parameter.add_(0.1 * torch::randn(parameter.sizes(), generator));
    d->model->named_parameters()["map_time1.weight"].mul_(emphasis);
    return d;
}

}  // namespace thaw::toy
