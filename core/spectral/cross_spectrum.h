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
/// much of its output follows its input linearly.
///
///     H_c[u, v] = <F_y F_x*> / <|F_x|²>,   coherence_c = |<F_y F_x*>|² / (<|F_x|²> <|F_y|²>),   <> over images
///
/// add: x and y [N, C, H, W] of one shape. writeTo fills the cross-spectral fields of a TransferFunction. A linear,
/// shift-invariant y = h * x (circular) gives H = FFT2(h) and coherence 1; independent signals give about 1/N.
class CrossSpectrum {
public:
    void add(const torch::Tensor& x, const torch::Tensor& y);
    std::int64_t images() const { return images_; }
    void writeTo(TransferFunction& result) const;

private:
    std::optional<Fft2> fft_;
    std::int64_t images_ = 0;
    std::size_t channels_ = 0;
    std::vector<std::complex<double>> cross_;  // [C][H][W/2+1] sums over images
    std::vector<double> powerX_, powerY_;
};

}  // namespace thaw
