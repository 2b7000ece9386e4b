// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <torch/types.h>

#include <vector>

namespace thaw {

/// Logits of one batch: per head [N, L]. Every loss is, per head and sample, a mean over the L patches; `Mean` then
/// averages over samples and heads, `Sum` adds them up as the published code does.

/// Non-saturating: softplus(-fake). Hinge: -fake.
torch::Tensor generatorLoss(const std::vector<torch::Tensor>& fake, GanLossKind kind, LossReduction reduction);

/// Non-saturating: softplus(fake) + softplus(-real). Hinge: relu(1 + fake) + relu(1 - real).
torch::Tensor discriminatorLoss(const std::vector<torch::Tensor>& fake, const std::vector<torch::Tensor>& real,
                                GanLossKind kind, LossReduction reduction);

/// R1 (Mescheder et al. 2018) on images: |d(sum of all logits)/d(image)|² per image, [N]. `images` requires grad and
/// `logits` was computed from it with ForwardMode::twiceDifferentiable.
torch::Tensor r1Penalties(const std::vector<torch::Tensor>& logits, const torch::Tensor& images);
/// Their mean, before `r1Gain`.
torch::Tensor r1Penalty(const std::vector<torch::Tensor>& logits, const torch::Tensor& images);
/// What the mean penalty is multiplied by before D learns from it: gamma/2, and the interval, because it is applied in one
/// step out of so many.
double r1Gain(const R1Config& config);

/// Mean of sign(logit) over all samples and patches, float64 []: near +1 on reals and -1 on fakes, D has overpowered G.
torch::Tensor meanSign(const std::vector<torch::Tensor>& logits);

/// Mean logit over all samples and patches, float64 [].
torch::Tensor meanLogit(const std::vector<torch::Tensor>& logits);

}  // namespace thaw
