// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/power_spectrum.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// Maps are summed in groups of this size, the groups one after another: the same bits whatever the number of threads.
constexpr std::int64_t kGroup = 64;
// Groups in flight, a bound on their memory.
constexpr std::int64_t kSlice = 64 * kGroup;

struct Shape {
    int height, width;
    double gain;    // of the whole window
    double offset;  // whitening mean
    bool removeMean;
};

template <class T>
void load(const T* map, const Shape& shape, const std::vector<double>& windowY, const std::vector<double>& windowX,
          int paddedWidth, double* in) {
    double mean = shape.offset;
    if (shape.removeMean) {
        double sum = 0.0;
        for (std::int64_t i = 0; i < std::int64_t(shape.height) * shape.width; ++i) sum += double(map[i]);
        mean = sum / (double(shape.height) * shape.width);
    }
    for (int y = 0; y < shape.height; ++y) {
        const double gain = shape.gain * windowY[y];
        const T* row = map + std::ptrdiff_t(y) * shape.width;
        double* target = in + std::ptrdiff_t(y) * paddedWidth;
        for (int x = 0; x < shape.width; ++x) target[x] = gain * windowX[x] * (double(row[x]) - mean);
        std::fill(target + shape.width, target + paddedWidth, 0.0);
    }
}

}  // namespace

Whitening measureWhitening(const torch::Tensor& images) {
    const auto values = images.detach().to(torch::kDouble);
    const double mean = values.mean().item<double>();
    const double std = (values - mean).square().mean().sqrt().item<double>();
    return {mean, std > 0 ? std : 1.0};
}

PowerSpectrumOptions styleGan3Spectrum(const Whitening& whitening) {
    PowerSpectrumOptions options;
    options.whitening = whitening;
    options.window = WindowKind::Kaiser8;
    options.interpolation = 4;
    return options;
}

PowerSpectrum::PowerSpectrum(const PowerSpectrumOptions& options) : options_(options) {
    TORCH_CHECK(options.interpolation >= 1, "power spectrum: interpolation is ", options.interpolation);
    TORCH_CHECK(options.whitening.std > 0, "power spectrum: standard deviation is ", options.whitening.std);
}

void PowerSpectrum::resize(int height, int width) {
    height_ = height;
    width_ = width;
    windowY_ = unitEnergyWindow(options_.window, height);
    windowX_ = unitEnergyWindow(options_.window, width);
    fft_.emplace(height * options_.interpolation, width * options_.interpolation);
    sum_.assign(std::size_t(fft_->height()) * fft_->halfWidth(), 0.0);
}

void PowerSpectrum::add(const torch::Tensor& maps) {
    TORCH_CHECK(maps.dim() == 4, "power spectrum: maps must be [N, C, H, W], got ", maps.sizes());
    if (maps.numel() == 0) return;
    if (maps_ == 0) resize(int(maps.size(2)), int(maps.size(3)));
    TORCH_CHECK(maps.size(2) == height_ && maps.size(3) == width_, "power spectrum: maps of ", height_, "x", width_,
                " and ", maps.size(2), "x", maps.size(3), " do not mix");
    const bool wide = maps.scalar_type() == torch::kDouble;
    const auto flat = maps.detach().to(torch::kCPU, wide ? torch::kDouble : torch::kFloat).contiguous();
    const std::int64_t count = flat.size(0) * flat.size(1);
    const std::int64_t mapSize = std::int64_t(height_) * width_;
    for (std::int64_t first = 0; first < count; first += kSlice) {
        const std::int64_t slice = std::min(kSlice, count - first);
        if (wide) addMaps(flat.data_ptr<double>() + first * mapSize, slice);
        else addMaps(flat.data_ptr<float>() + first * mapSize, slice);
    }
    maps_ += count;
}

template <class T>
void PowerSpectrum::addMaps(const T* maps, std::int64_t count) {
    const std::int64_t groups = (count + kGroup - 1) / kGroup, bins = std::int64_t(sum_.size());
    const std::int64_t mapSize = std::int64_t(height_) * width_;
    const double area = options_.unit == PowerUnit::Unnormalised ? double(mapSize) : 1.0;
    const Shape shape{height_, width_, std::sqrt(area) / options_.whitening.std, options_.whitening.mean,
                      options_.removeMean};
    std::vector<double> partial(std::size_t(groups * bins), 0.0);
    at::parallel_for(0, groups, 1, [&](std::int64_t first, std::int64_t last) {
        FftBuffer buffer(*fft_);
        for (std::int64_t g = first; g < last; ++g) {
            double* sum = partial.data() + g * bins;
            for (std::int64_t m = g * kGroup; m < std::min(count, (g + 1) * kGroup); ++m) {
                load(maps + m * mapSize, shape, windowY_, windowX_, fft_->width(), buffer.in());
                std::fill(buffer.in() + std::ptrdiff_t(height_) * fft_->width(),
                          buffer.in() + std::ptrdiff_t(fft_->height()) * fft_->width(), 0.0);
                fft_->forward(buffer.in(), buffer.out());
                for (std::int64_t i = 0; i < bins; ++i) sum[i] += std::norm(buffer.out()[i]);
            }
        }
    });
    for (std::int64_t g = 0; g < groups; ++g)
        for (std::int64_t i = 0; i < bins; ++i) sum_[i] += partial[g * bins + i];
}

Spectrum PowerSpectrum::value() const {
    Spectrum spectrum;
    if (maps_ == 0) return spectrum;
    const int height = fft_->height(), width = fft_->width(), half = fft_->halfWidth();
    spectrum.height = height;
    spectrum.width = width;
    spectrum.maps = maps_;
    spectrum.power.resize(std::size_t(height) * width);
    for (int u = 0; u < height; ++u)
        for (int v = 0; v < width; ++v) {
            const bool mirrored = v >= half;
            const int row = mirrored ? (height - u) % height : u, column = mirrored ? width - v : v;
            spectrum.power[std::size_t(u) * width + v] = sum_[std::size_t(row) * half + column] / double(maps_);
        }
    return spectrum;
}

void PowerSpectrum::reset() {
    maps_ = 0;
    sum_.clear();
}

}  // namespace thaw
