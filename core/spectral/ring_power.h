// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/spectral/fft.h"
#include "core/spectral/window.h"

#include <torch/types.h>

#include <vector>

namespace thaw {

/// How a map is prepared before its transform.
struct RingOptions {
    bool removeMean = false;  ///< subtract each map's own mean first
    WindowKind window = WindowKind::None;
    int interpolation = 1;  ///< zero-pad to this many times the size, right and below: rings per cycle

    bool operator==(const RingOptions&) const = default;
};

/// Power on the rings of every single map's spectrum, in double precision:
///
///     E[k] = sum of P[u, v] over the bins with round(sqrt(u² + v²)) = k,   P = |FFT2(w·x)|²,  Σ w² = 1
///
/// which is |FFT2(x)|²/(H·W) without a window, as in PowerSpectrum. Rings go to the corner of the spectrum, so that
/// all E of a map sum to Σ x² (Parseval); the first rings() of them are whole, and E[k]/bins()[k] is there what
/// radialProfile gives. Many small maps are transformed at once, on LibTorch's threads; the number of threads changes
/// no bit, because every map's rings are summed alone.
class RingPower {
public:
    RingPower(int height, int width, const RingOptions& options = {});

    std::size_t rings() const { return rings_; }  ///< floor(min(H', W')/2) + 1 whole rings, H' = interpolation·H
    std::size_t allRings() const { return bins_.size(); }
    const std::vector<double>& bins() const { return bins_; }  ///< bins of each ring, corners included

    /// Length of a map's log amplitude: H/2 for square maps, else 0.
    std::size_t diagonal() const { return height_ == width_ ? std::size_t(fft_.height() / 2) : 0; }

    /// maps [N, C, H, W], any floating type, layout and device -> E, row-major [N·C][allRings()]. Where `logAmplitude` is
    /// given, it gets A[k, k] = log(|FFT2| + 1e-6) of each map, k = 0 .. diagonal()-1, of the unnormalised transform.
    std::vector<double> perMap(const torch::Tensor& maps, std::vector<double>* logAmplitude = nullptr) const;
    /// The same averaged over channels -> [N][allRings()] and [N][diagonal()].
    std::vector<double> perImage(const torch::Tensor& maps, std::vector<double>* logAmplitude = nullptr) const;

private:
    template <class T>
    void measure(const T* maps, std::int64_t count, double* energies, double* logAmplitude) const;

    int height_, width_;  // of a map, before zero-padding
    RingOptions options_;
    std::vector<double> windowY_, windowX_;
    Fft2 fft_;
    std::size_t rings_;
    std::vector<int> ringOfBin_;       // [H'][W'/2+1]
    std::vector<double> weightOfBin_;  // 2 where the mirrored half has the same bin, else 1
    std::vector<double> bins_;
};

}  // namespace thaw
