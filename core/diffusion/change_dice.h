// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace thaw {

/// The random numbers of one change of a batch, double [N] on the CPU: a value for each image where the change happens,
/// the neutral one elsewhere.
class ChangeDice {
public:
    ChangeDice(std::int64_t n, torch::Generator generator);
    /// Uniform in [0, 1).
    torch::Tensor uniform();
    /// N(0, std²).
    torch::Tensor normal(double std);
    /// `value` [N] with probability p each, else `neutral`.
    torch::Tensor maybe(double p, const torch::Tensor& value, double neutral);

private:
    std::int64_t n_;
    torch::Generator generator_;
};

}  // namespace thaw
