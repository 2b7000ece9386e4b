// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/torch.h>

#include <cmath>
#include <functional>
#include <vector>

namespace thaw {

/// Largest difference between a gradient and central differences at some entries of a tensor, and what to measure it by.
struct GradientCheck {
    double worst = 0;    ///< largest |difference|
    double largest = 0;  ///< largest |central difference|: near 0, nothing was tested
};

/// `loss` must be a deterministic function of `x` (double precision, changed in place and put back); `entries` index
/// the flattened tensor, empty = all.
inline GradientCheck checkGradient(const std::function<torch::Tensor()>& loss, const torch::Tensor& x,
                                   std::vector<std::int64_t> entries = {}, double h = 1e-5) {
    const auto gradient = torch::autograd::grad({loss()}, {x})[0].flatten();
    auto flat = x.detach().view({-1});
    if (entries.empty())
        for (std::int64_t i = 0; i < flat.size(0); ++i) entries.push_back(i);
    GradientCheck check;
    for (const auto i : entries) {
        const double old = flat[i].item<double>();
        flat[i] = old + h;
        const double up = loss().item<double>();
        flat[i] = old - h;
        const double down = loss().item<double>();
        flat[i] = old;
        const double expected = (up - down) / (2 * h);
        check.worst = std::max(check.worst, std::abs(expected - gradient[i].item<double>()));
        check.largest = std::max(check.largest, std::abs(expected));
    }
    return check;
}

}  // namespace thaw
