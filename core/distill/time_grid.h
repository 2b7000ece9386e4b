// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <torch/types.h>

namespace thaw {

/// The ladder of noise levels that distillation climbs: sigma_k, k = 0 .. N, with sigma_0 = 0.002, sigma_N = 80 and
/// sigma_k = (80^(1/7) + (1 - k/N)·(0.002^(1/7) - 80^(1/7)))^7.
class TimeGrid {
public:
    explicit TimeGrid(int steps) : steps_(steps) {}
    int steps() const { return steps_; }
    /// int64 [n] indices -> float [n] noise levels.
    torch::Tensor sigma(const torch::Tensor& index) const;

    static constexpr double kSigmaMin = 0.002, kSigmaMax = 80, kRho = 7;

private:
    int steps_;
};

/// Where a distillation target starts (t), pauses (u) and ends (s): grid indices t > u >= s, int64 [n].
struct DistillTimes {
    torch::Tensor t, u, s;
};
/// One draw per image:
///   progressive  K = 2^level, level uniform in 0 .. log2(N)-1; t uniform 1 .. K, u = t - 1/2, s = t - 1, all times N/K
///   consistency  t uniform 2 .. N, u = t - 1, s = 0
///   trajectory   t uniform 2 .. N, u uniform 1 .. t-1, s uniform 0 .. u-1
///   restart      t = N, s uniform 0 .. t-2, u = s + 1
/// `kind` is one of these; N is a power of two for progressive.
DistillTimes drawTimes(Distillation kind, const TimeGrid& grid, std::int64_t n, torch::Generator generator);

}  // namespace thaw
