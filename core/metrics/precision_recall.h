// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/progress.h"

#include <torch/types.h>

namespace thaw {

/// How two sets of feature vectors cover each other. Each vector of a set spans a ball that reaches its k-th nearest
/// neighbour in the same set, itself not counted; squared Euclidean distances, the rim belongs to the ball.
struct Coverage {
    double precision = 0;  ///< share of generated vectors inside some real ball (Kynkäänniemi et al. 2019)
    double recall = 0;     ///< share of real vectors inside some generated ball
    double density = 0;    ///< real balls a generated vector lies in, on average, divided by k (Naeem et al. 2020)
    double coverage = 0;   ///< share of real balls that hold a generated vector
};

/// real [n, D], generated [m, D], n, m > k >= 1, any floating type. Exact and in double precision on the device of
/// `real`; distances are held a block of rows at a time (about 256 MB), never as a whole. Throws Configuration where a
/// set is too small or not finite, Interrupted.
Coverage measureCoverage(const torch::Tensor& real, const torch::Tensor& generated, int k = 3,
                         const Progress& progress = {});

}  // namespace thaw
