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

int levelsOf(std::int64_t N) { return int(std::floor(std::log2(double(N)) + 0.5)); }

torch::Tensor repeated(std::int64_t n, std::int64_t value) { return torch::full({n}, value, torch::kLong); }

// Jumps of one K-th of the ladder, K per image: from a multiple of N/K, with a pause half way.
DistillTimes halvedJumps(const torch::Tensor& K, std::int64_t N, torch::Generator generator) {
    const auto unit = torch::div(torch::full_like(K, N), K, "floor");
    const auto t = uniform(torch::ones_like(K), K, generator) * unit;
    return {t, t - torch::div(unit, 2, "floor"), t - unit};
}

}  // namespace

torch::Tensor TimeGrid::sigma(const torch::Tensor& index) const {
    const double high = std::pow(kSigmaMax, 1 / kRho), low = std::pow(kSigmaMin, 1 / kRho);
    const auto share = index.to(torch::kDouble) / steps_;
    return (high + (1 - share) * (low - high)).pow(kRho).to(torch::kFloat);
}

DistillTimes drawTimes(Distillation kind, const TimeGrid& grid, std::int64_t n, torch::Generator generator) {
    const auto all = [n](std::int64_t value) { return repeated(n, value); };
    const std::int64_t N = grid.steps();
    switch (kind) {
    case Distillation::Progressive:
        return halvedJumps(torch::pow(all(2), uniform(all(0), all(levelsOf(N) - 1), generator)), N, generator);
    case Distillation::Consistency: {
        const auto t = uniform(all(2), all(N), generator);
        return {t, t - 1, all(0)};
    }
    case Distillation::Trajectory: {
        const auto t = uniform(all(2), all(N), generator);
        const auto u = uniform(all(1), t - 1, generator);
        return {t, u, uniform(all(0), u - 1, generator)};
    }
    case Distillation::Rcd: {
        const auto s = uniform(all(0), all(N - 2), generator);
        return {all(N), s + 1, s};
    }
    case Distillation::None:
    case Distillation::Regression: break;
    }
    throw std::logic_error("drawTimes: this objective has no times");
}

DistillTimes drawPaperTimes(Distillation kind, const TimeGrid& grid, std::int64_t n, torch::Generator generator,
                            int stage) {
    const std::int64_t N = grid.steps();
    switch (kind) {
    case Distillation::Progressive: return halvedJumps(repeated(n, N >> (stage + 1)), N, generator);
    case Distillation::Consistency: {
        const auto t = uniform(repeated(n, 1), repeated(n, N), generator);
        return {t, t - 1, repeated(n, 0)};
    }
    case Distillation::Trajectory: {
        const auto t = uniform(repeated(n, 1), repeated(n, N), generator);
        const auto s = uniform(repeated(n, 0), t - 1, generator);
        return {t, uniform(s, t - 1, generator), s};
    }
    case Distillation::Rcd:
    case Distillation::None:
    case Distillation::Regression: break;
    }
    return drawTimes(kind, grid, n, generator);
}

ProgressiveStage progressiveStage(int timesteps, std::int64_t step, std::int64_t steps) {
    const int levels = levelsOf(timesteps);
    const double parts = levels + std::min(levels, 2);
    const auto end = [&](int stage) {
        const int twice = std::max(0, stage + 1 - std::max(levels - 2, 0));
        return std::int64_t(std::llround(double(steps) * (stage + 1 + twice) / parts));
    };
    ProgressiveStage place;
    while (place.stage + 1 < levels && step >= end(place.stage)) ++place.stage;
    const auto begin = place.stage > 0 ? end(place.stage - 1) : 0, until = end(place.stage);
    place.rate = step < until ? 1 - double(step - begin) / double(until - begin) : 0;
    return place;
}

}  // namespace thaw
