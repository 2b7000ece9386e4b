// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/fft.h"
#include "core/spectral/window.h"
#include "core/values/spectrum.h"

#include <torch/types.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace thaw {

/// x ↦ (x - mean) / std with one mean and one standard deviation for the whole data set.
struct Whitening {
    double mean = 0.0;
    double std = 1.0;
    bool operator==(const Whitening&) const = default;
};

/// Mean and population standard deviation over all elements, in double precision. std is 1 where all are equal.
Whitening measureWhitening(const torch::Tensor& images);

/// What is added up in a bin.
enum class PowerUnit {
    PerPixel,      ///< |FFT2(w·x)|² with Σ w² = 1: without a window |FFT2(x)|²/(H·W)
    Unnormalised,  ///< H·W times that: without a window |FFT2(x)|²
};

struct PowerSpectrumOptions {
    bool removeMean = false;  ///< subtract each map's own mean first; the DC bin is then 0 (no window)
    Whitening whitening;      ///< applied to every map before its mean is removed
    WindowKind window = WindowKind::None;
    int interpolation = 1;  ///< zero-pad to this many times the size, right and below, before the FFT
    PowerUnit unit = PowerUnit::PerPixel;

    bool operator==(const PowerSpectrumOptions&) const = default;
};

/// StyleGAN3's average spectrum (Karras et al. 2021): whitened, Kaiser window with beta 8, zero-padded four times.
PowerSpectrumOptions styleGan3Spectrum(const Whitening& whitening);

/// Average power spectrum of a stream of maps, in double precision:
///
///     P[u, v] = mean over maps of |FFT2(w · (x - mean) / std)|²,   Σ w² = 1
///
/// add: [N, C, H, W], any floating or 8-bit type, layout and device; every (n, c) is one map. All maps have one size.
/// value: [H', W'] = interpolation · [H, W] in unshifted order. Without window and interpolation the bins sum to the
/// mean over maps of Σ x² (Parseval), and white noise of variance s² has the power s² in every bin.
/// Uses LibTorch's threads; the result does not depend on their number, nor on how maps are split into calls beyond
/// the last digits.
class PowerSpectrum {
public:
    explicit PowerSpectrum(const PowerSpectrumOptions& options = {});

    void add(const torch::Tensor& maps);
    /// The average so far; empty (0×0) before the first map.
    Spectrum value() const;
    void reset();

    std::int64_t maps() const { return maps_; }
    const PowerSpectrumOptions& options() const { return options_; }

private:
    void resize(int height, int width);
    template <class T>
    void addMaps(const T* maps, std::int64_t count);

    PowerSpectrumOptions options_;
    int height_ = 0, width_ = 0;  // of a map, before zero-padding
    std::vector<double> windowY_, windowX_;
    std::optional<Fft2> fft_;
    std::vector<double> sum_;  // [H'][W'/2+1]
    std::int64_t maps_ = 0;
};

}  // namespace thaw
