// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/cross_spectrum.h"

#include "core/spectral/radial_profile.h"
#include "core/values/significance.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <cmath>

namespace thaw {

void CrossSpectrum::add(const torch::Tensor& xIn, const torch::Tensor& yIn) {
    TORCH_CHECK(xIn.dim() == 4 && xIn.sizes() == yIn.sizes(), "cross-spectrum: ", xIn.sizes(), " and ", yIn.sizes(),
                " do not pair");
    const auto prepared = [](const torch::Tensor& t) {
        return t.detach().to(torch::kCPU, torch::kDouble).contiguous();
    };
    const auto x = prepared(xIn), y = prepared(yIn);
    const int height = int(x.size(2)), width = int(x.size(3));
    if (!fft_) {
        fft_.emplace(height, width);
        channels_ = std::size_t(x.size(1));
        cross_.assign(channels_ * std::size_t(height) * fft_->halfWidth(), 0.0);
        meanX_ = meanY_ = cross_;
        powerX_.assign(cross_.size(), 0.0);
        powerY_.assign(cross_.size(), 0.0);
    }
    TORCH_CHECK(fft_->height() == height && fft_->width() == width && channels_ == std::size_t(x.size(1)),
                "cross-spectrum: maps of two shapes do not mix");
    const std::int64_t area = std::int64_t(height) * width, bins = std::int64_t(height) * fft_->halfWidth();
    const std::int64_t C = x.size(1);
    // Every channel has its own sums, so threads share nothing and change no bit.
    at::parallel_for(0, C, 1, [&](std::int64_t begin, std::int64_t end) {
        FftBuffer ofX(*fft_), ofY(*fft_);
        for (std::int64_t c = begin; c < end; ++c)
            for (std::int64_t n = 0; n < x.size(0); ++n) {
                const double *mapX = x.data_ptr<double>() + (n * C + c) * area,
                             *mapY = y.data_ptr<double>() + (n * C + c) * area;
                std::copy(mapX, mapX + area, ofX.in());
                std::copy(mapY, mapY + area, ofY.in());
                fft_->forward(ofX.in(), ofX.out());
                fft_->forward(ofY.in(), ofY.out());
                const double count = double(images_ + n + 1), share = (count - 1) / count;
                for (std::int64_t i = 0; i < bins; ++i) {
                    const auto at = std::size_t(c * bins + i);
                    const std::complex<double> offX = ofX.out()[i] - meanX_[at], offY = ofY.out()[i] - meanY_[at];
                    meanX_[at] += offX / count;
                    meanY_[at] += offY / count;
                    cross_[at] += share * offY * std::conj(offX);
                    powerX_[at] += share * std::norm(offX);
                    powerY_[at] += share * std::norm(offY);
                }
            }
    });
    images_ += x.size(0);
}

void CrossSpectrum::writeTo(TransferFunction& result) const {
    if (images_ == 0) return;
    const int H = fft_->height(), W = fft_->width(), half = fft_->halfWidth();
    const std::size_t size = std::size_t(H) * std::size_t(W);
    result.channels = int(channels_);
    const std::int64_t repetitions = images_ - 1;  // the means cost one
    result.coherenceLine = debiasedCoherence(coherenceLimit(repetitions), repetitions);
    for (auto* values : {&result.real, &result.imaginary, &result.gain, &result.coherence}) values->assign(size, 0.0);
    for (int u = 0; u < H; ++u)
        for (int v = 0; v < W; ++v) {
            const bool mirrored = v >= half;
            const std::size_t row = std::size_t(mirrored ? (H - u) % H : u), column = std::size_t(mirrored ? W - v : v);
            const std::size_t at = std::size_t(u) * std::size_t(W) + std::size_t(v);
            double heard = 0;  // channels with power in this bin
            for (std::size_t c = 0; c < channels_; ++c) {
                const std::size_t bin = (c * std::size_t(H) + row) * std::size_t(half) + column;
                if (!(powerX_[bin] > 0)) continue;
                heard += 1;
                const auto transfer = (mirrored ? std::conj(cross_[bin]) : cross_[bin]) / powerX_[bin];
                result.real[at] += transfer.real();
                result.imaginary[at] += transfer.imag();
                result.gain[at] += std::norm(transfer);
                // An output that does not vary follows nothing.
                result.coherence[at] +=
                    powerY_[bin] > 0
                        ? debiasedCoherence(std::norm(cross_[bin]) / (powerX_[bin] * powerY_[bin]), repetitions)
                        : 0;
            }
            for (auto* values : {&result.real, &result.imaginary, &result.gain, &result.coherence})
                (*values)[at] /= heard;  // 0/0 is NaN
        }
    result.ringGain = radialProfile({H, W, result.gain, images_}).power;
    for (auto* values : {&result.gain, &result.ringGain})
        for (auto& gain : *values) gain = std::sqrt(gain);
    result.ringCoherence = radialProfile({H, W, result.coherence, images_}).power;
}

}  // namespace thaw
