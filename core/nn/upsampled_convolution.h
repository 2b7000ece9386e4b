// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

namespace thaw {

/// A 3×3 convolution, padding 1, of the map that repeats every pixel of x 2×2, without making that map. Over repeated
/// pixels the nine taps meet four pixels only, so each of the four outputs (2i+a, 2j+b), a, b in {0, 1}, is a 2×2
/// convolution of x with sums of taps:
///   y[2i+a, 2j+b] = sum_kl w_ab[k, l]·x[i+a+k-1, j+b+l-1],   w_ab[k, l] = sum_uv A_a[k, u]·A_b[l, v]·w[u, v],
///   A_0 = [1 0 0; 0 1 1],  A_1 = [1 1 0; 0 0 1].
/// 16·(R+1)² multiplications a pair of channels instead of 36·R². x [N, C, R, R'], weight [O, C, 3, 3], bias [O] of x's
/// type or convertible -> [N, O, 2R, 2R'] in x's type, channels-last; equal to the plain way up to rounding.
/// Differentiable once.
torch::Tensor upsampledConvolution(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias);

/// w_ab [4·O, C, 2, 2], output channel (2a+b)·O + o, in weight's type.
torch::Tensor phaseWeights(const torch::Tensor& weight);

}  // namespace thaw
