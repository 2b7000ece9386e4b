// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/freeze.h"

namespace thaw {

Adam::Named applyFreeze(Denoiser& generator, const FreezePlan& plan) {
    Adam::Named trainable;
    for (auto& item : generator->model->named_parameters()) {
        const bool frozen = isFrozen(plan, item.key());
        item.value().set_requires_grad(!frozen);
        item.value().mutable_grad() = torch::Tensor();
        if (!frozen) trainable.emplace_back(item.key(), item.value());
    }
    return trainable;
}

void requireGrad(torch::nn::Module& module, bool on) {
    for (auto& parameter : module.parameters()) parameter.set_requires_grad(on);
}

}  // namespace thaw
