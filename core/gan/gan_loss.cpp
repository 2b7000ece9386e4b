// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/gan_loss.h"

#include <torch/torch.h>

#include <functional>

namespace thaw {
namespace {

torch::Tensor reduce(const std::vector<torch::Tensor>& logits, LossReduction reduction,
                     const std::function<torch::Tensor(const torch::Tensor&)>& pointwise) {
    torch::Tensor total;
    for (const auto& head : logits) {
        const auto perSample = pointwise(head).mean(1);
        const auto value = reduction == LossReduction::Sum ? perSample.sum() : perSample.mean() / double(logits.size());
        total = total.defined() ? total + value : value;
    }
    return total;
}

torch::Tensor meanOver(const std::vector<torch::Tensor>& logits,
                       const std::function<torch::Tensor(const torch::Tensor&)>& value) {
    torch::Tensor sum;
    for (const auto& head : logits) {
        const auto mean = value(head.detach()).mean().to(torch::kDouble);
        sum = sum.defined() ? sum + mean : mean;
    }
    return sum / double(logits.size());
}

}  // namespace

torch::Tensor generatorLoss(const std::vector<torch::Tensor>& fake, GanLossKind kind, LossReduction reduction) {
    return reduce(fake, reduction,
                  [&](const torch::Tensor& l) { return kind == GanLossKind::Hinge ? -l : torch::softplus(-l); });
}

torch::Tensor discriminatorLoss(const std::vector<torch::Tensor>& fake, const std::vector<torch::Tensor>& real,
                                GanLossKind kind, LossReduction reduction) {
    const bool hinge = kind == GanLossKind::Hinge;
    return reduce(fake, reduction,
                  [&](const torch::Tensor& l) { return hinge ? torch::relu(1 + l) : torch::softplus(l); }) +
           reduce(real, reduction,
                  [&](const torch::Tensor& l) { return hinge ? torch::relu(1 - l) : torch::softplus(-l); });
}

torch::Tensor r1Penalties(const std::vector<torch::Tensor>& logits, const torch::Tensor& images) {
    torch::Tensor sum;
    for (const auto& head : logits) sum = sum.defined() ? sum + head.sum() : head.sum();
    const auto gradient = torch::autograd::grad({sum}, {images}, {}, /*retain_graph=*/true, /*create_graph=*/true)[0];
    return gradient.square().flatten(1).sum(1);
}

torch::Tensor r1Penalty(const std::vector<torch::Tensor>& logits, const torch::Tensor& images) {
    return r1Penalties(logits, images).mean();
}

double r1Gain(const R1Config& config) { return config.gamma / 2 * config.interval; }

torch::Tensor meanLogit(const std::vector<torch::Tensor>& logits) {
    return meanOver(logits, [](const torch::Tensor& head) { return head; });
}

torch::Tensor meanSign(const std::vector<torch::Tensor>& logits) {
    return meanOver(logits, [](const torch::Tensor& head) { return head.sign(); });
}

}  // namespace thaw
