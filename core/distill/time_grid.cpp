// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/time_grid.h"

#include <torch/torch.h>

#include <cmath>

namespace thaw {
namespace {

// Uniform whole numbers low .. high, both included, with bounds of their own for every image.
torch::Tensor uniform(const torch::Tensor& low, const torch::Tensor& high, torch::Generator generator) {
    const auto share = torch::rand(low.sizes(), generator, torch::kDouble);
    return low + (share * (high - low + 1).to(torch::kDouble)).floor().to(torch::kLong).minimum(high - low);
}

}  // namespace

torch::Tensor TimeGrid::sigma(const torch::Tensor& index) const {
    const double high = std::pow(kSigmaMax, 1 / kRho), low = std::pow(kSigmaMin, 1 / kRho);
    const auto share = index.to(torch::kDouble) / steps_;
    return (high + (1 - share) * (low - high)).pow(kRho).to(torch::kFloat);
}

DistillTimes drawTimes(Distillation kind, const TimeGrid& grid, std::int64_t n, torch::Generator generator) {
    const auto all = [n](std::int64_t value) { return torch::full({n}, value, torch::kLong); };
    const std::int64_t N = grid.steps();
    switch (kind) {
    case Distillation::Progressive: {
        const int levels = int(std::floor(std::log2(double(N)) + 0.5));
        const auto K = torch::pow(torch::full({n}, 2, torch::kLong), uniform(all(0), all(levels - 1), generator));
        const auto unit = torch::div(torch::full_like(K, N), K, "floor");
        const auto t = uniform(all(1), K, generator) * unit;
        return {t, t - torch::div(unit, 2, "floor"), t - unit};
    }
    case Distillation::Consistency: {
        const auto t = uniform(all(2), all(N), generator);
        return {t, t - 1, all(0)};
    }
    case Distillation::Trajectory: {
        const auto t = uniform(all(2), all(N), generator);
        const auto u = uniform(all(1), t - 1, generator);
        return {t, u, uniform(all(0), u - 1, generator)};
    }
    case Distillation::Restart: {
        const auto s = uniform(all(0), all(N - 2), generator);
        return {all(N), s + 1, s};
    }
    case Distillation::None:
    case Distillation::Regression: break;
    }
    throw std::logic_error("drawTimes: this objective has no times");
}

}  // namespace thaw
