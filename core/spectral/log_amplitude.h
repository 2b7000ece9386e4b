// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/fft.h"
#include "core/values/spectrum.h"

#include <torch/types.h>

#include <optional>
#include <vector>

namespace thaw {

/// Relative log amplitude (Park & Kim 2022): A = log(|FFT2(h)| + 1e-6), unnormalised, averaged over images and channels
/// after the logarithm; along the diagonal from the centre d[k] = A[k, k], k = 0 .. H/2 - 1; what is shown is d[k] - d[0].
/// add: square maps [N, C, H, H] of one size.
class LogAmplitude {
public:
    void add(const torch::Tensor& maps);
    /// Empty before the first map.
    RelativeLogAmplitude value() const;

private:
    std::optional<Fft2> fft_;
    std::vector<double> sum_;  // of A[k, k]
    std::int64_t maps_ = 0;
};

}  // namespace thaw
