// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/ema.h"

#include <torch/torch.h>
#include <torch/version.h>

namespace thaw {

double emaBeta(const EmaConfig& config, double batch, double seenImages) {
    double halfLife = config.halfLifeKimg * 1000;
    if (config.rampUp > 0) halfLife = std::min(halfLife, config.rampUp * seenImages);
    return std::pow(0.5, batch / std::max(halfLife, 1e-8));
}

void updateEma(torch::nn::Module& average, const torch::nn::Module& weights, double beta) {
    torch::NoGradGuard guard;
    auto target = average.parameters();
    const auto source = weights.parameters();
    if (target.empty()) return;
    if (target.front().device().is_cpu()) {
        for (std::size_t i = 0; i < target.size(); ++i) target[i].lerp_(source[i], 1.0 - beta);
        return;
    }
    // All weights in the same few kernels: a GPU takes longer to be told of one than to do it.
#if TORCH_VERSION_MAJOR >= 2
    at::_foreach_lerp_(target, source, 1.0 - beta);
#else
    at::_foreach_add_(target, at::_foreach_sub(source, target), 1.0 - beta);
#endif
}

}  // namespace thaw
