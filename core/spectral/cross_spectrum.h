// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/fft.h"
#include "core/values/transfer.h"

#include <torch/types.h>

#include <complex>
#include <optional>
#include <vector>

namespace thaw {

/// Cross-spectrum of pairs of maps, channel by channel, in double precision: what a system does to each frequency, and how
/// much of its output follows its input linearly. X and Y are the transforms less their means over the images:
///
///     H_c[u, v] = <Y X*> / <|X|²>,   coherence_c = |<Y X*>|² / (<|X|²> <|Y|²>), debiased,   <> over images
///
/// add: x and y [N, C, H, W] of one shape. writeTo fills the cross-spectral fields of a TransferFunction. A linear,
/// shift-invariant y = h * x + b (circular, b the same map for all images) gives H = FFT2(h) and coherence 1; independent
/// signals, and outputs that do not depend on the image, give 0 in expectation. The sums are updated about running means
/// (Welford 1962), so that a large mean costs no digits and a constant output has no power at all.
class CrossSpectrum {
public:
    void add(const torch::Tensor& x, const torch::Tensor& y);
    std::int64_t images() const { return images_; }
    void writeTo(TransferFunction& result) const;

private:
    std::optional<Fft2> fft_;
    std::int64_t images_ = 0;
    std::size_t channels_ = 0;
    std::vector<std::complex<double>> meanX_, meanY_;  // [C][H][W/2+1] over images
    std::vector<std::complex<double>> cross_;          // sums over images of (F_y - mean)(F_x - mean)*
    std::vector<double> powerX_, powerY_;
};

}  // namespace thaw
