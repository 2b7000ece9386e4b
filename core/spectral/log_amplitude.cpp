// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/log_amplitude.h"

#include <torch/torch.h>

#include <cmath>

namespace thaw {

void LogAmplitude::add(const torch::Tensor& maps) {
    TORCH_CHECK(maps.dim() == 4 && maps.size(2) == maps.size(3), "log amplitude: maps must be [N, C, H, H], got ",
                maps.sizes());
    const int size = int(maps.size(2));
    if (!fft_) {
        fft_.emplace(size, size);
        sum_.assign(std::size_t(size / 2), 0.0);
    }
    TORCH_CHECK(fft_->height() == size, "log amplitude: maps of ", fft_->height(), " and ", size, " pixels do not mix");
    const auto flat = maps.detach().to(torch::kCPU, torch::kDouble).contiguous();
    const std::int64_t count = flat.size(0) * flat.size(1), area = std::int64_t(size) * size;
    FftBuffer buffer(*fft_);
    for (std::int64_t m = 0; m < count; ++m) {
        const double* map = flat.data_ptr<double>() + m * area;
        std::copy(map, map + area, buffer.in());
        fft_->forward(buffer.in(), buffer.out());
        // k < H/2 lies in the half that is computed.
        for (std::size_t k = 0; k < sum_.size(); ++k)
            sum_[k] += std::log(std::abs(buffer.out()[k * std::size_t(fft_->halfWidth()) + k]) + 1e-6);
    }
    maps_ += count;
}

RelativeLogAmplitude LogAmplitude::value() const {
    RelativeLogAmplitude value;
    value.maps = maps_;
    for (std::size_t k = 0; maps_ > 0 && k < sum_.size(); ++k) {
        value.position.push_back(sum_.size() > 1 ? double(k) / double(sum_.size() - 1) : 0);
        value.amplitude.push_back((sum_[k] - sum_[0]) / double(maps_));
    }
    return value;
}

}  // namespace thaw
