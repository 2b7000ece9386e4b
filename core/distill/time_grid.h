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
///   RCD          t = N, s uniform 0 .. t-2, u = s + 1
/// `kind` is one of these; N is a power of two for progressive.
DistillTimes drawTimes(Distillation kind, const TimeGrid& grid, std::int64_t n, torch::Generator generator);

/// The same under DistillRecipe::Paper, where t > u >= s, u = s meaning that the teacher goes all the way:
///   progressive  stage j: K = N/2^(j+1) jumps; t uniform 1 .. K, u = t - 1/2, s = t - 1, all times N/K
///   consistency  t uniform 1 .. N, u = t - 1, s = 0
///   trajectory   t uniform 1 .. N, s uniform 0 .. t-1, u uniform s .. t-1
///   RCD          as drawTimes
/// `stage` is 0 .. log2(N)-1.
DistillTimes drawPaperTimes(Distillation kind, const TimeGrid& grid, std::int64_t n, torch::Generator generator,
                            int stage);

/// Where PD in stages stands after `step` of `steps` steps. Stage j = 0 .. log2(N)-1 halves the student's jumps to
/// N/2^(j+1); the last two, to 2 and to 1, last twice as long as the others, and within each the learning rate falls
/// linearly to 0 (Salimans & Ho 2022).
struct ProgressiveStage {
    int stage = 0;
    double rate = 1;  ///< factor on the learning rate
};
ProgressiveStage progressiveStage(int timesteps, std::int64_t step, std::int64_t steps);

}  // namespace thaw
