// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/change_dice.h"

#include <torch/torch.h>

#include <utility>

namespace thaw {

ChangeDice::ChangeDice(std::int64_t n, torch::Generator generator) : n_(n), generator_(std::move(generator)) {}

torch::Tensor ChangeDice::uniform() { return torch::rand({n_}, generator_, torch::kDouble); }

torch::Tensor ChangeDice::normal(double std) { return torch::randn({n_}, generator_, torch::kDouble) * std; }

torch::Tensor ChangeDice::maybe(double p, const torch::Tensor& value, double neutral) {
    return torch::where(uniform() < p, value, torch::full_like(value, neutral));
}

}  // namespace thaw
