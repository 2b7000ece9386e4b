// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/ring_power.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

constexpr double kLogFloor = 1e-6;  // of Park & Kim's log amplitude

// [N·C][size] -> [N][size]
std::vector<double> meanOverChannels(const std::vector<double>& single, const torch::Tensor& maps, std::size_t size) {
    const std::size_t images = std::size_t(maps.size(0)), channels = std::size_t(maps.size(1));
    std::vector<double> mean(images * size, 0.0);
    for (std::size_t n = 0; n < images; ++n)
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t k = 0; k < size; ++k)
                mean[n * size + k] += single[(n * channels + c) * size + k] / double(channels);
    return mean;
}

// Maps a plan: enough to hide the cost of a call, few enough to stay in the cache.
int batchFor(int height, int width) { return std::clamp(4096 / (height * width), 1, 32); }

}  // namespace

RingPower::RingPower(int height, int width, const RingOptions& options)
    : height_(height),
      width_(width),
      options_(options),
      windowY_(unitEnergyWindow(options.window, height)),
      windowX_(unitEnergyWindow(options.window, width)),
      fft_(height * options.interpolation, width * options.interpolation,
           batchFor(height * options.interpolation, width * options.interpolation)),
      rings_(std::size_t(std::min(fft_.height(), fft_.width()) / 2) + 1) {
    height = fft_.height();
    width = fft_.width();
    for (int u = 0; u < height; ++u)
        for (int v = 0; v < fft_.halfWidth(); ++v) {
            const double down = u <= height / 2 ? u : u - height;
            const int ring = int(std::lround(std::sqrt(down * down + double(v) * v)));
            const bool mirrored = v > 0 && 2 * v != width;
            ringOfBin_.push_back(ring);
            weightOfBin_.push_back(mirrored ? 2 : 1);
            if (std::size_t(ring) >= bins_.size()) bins_.resize(std::size_t(ring) + 1, 0.0);
            bins_[std::size_t(ring)] += weightOfBin_.back();
        }
}

template <class T>
void RingPower::measure(const T* maps, std::int64_t count, double* energies, double* logAmplitude) const {
    const std::int64_t batch = fft_.batch(), size = std::int64_t(height_) * width_,
                       half = std::int64_t(ringOfBin_.size());
    const std::int64_t groups = (count + batch - 1) / batch, K = std::int64_t(bins_.size());
    const std::int64_t padded = std::int64_t(fft_.height()) * fft_.width();
    at::parallel_for(0, groups, 1, [&](std::int64_t begin, std::int64_t end) {
        FftBuffer buffer(fft_);
        for (std::int64_t g = begin; g < end; ++g) {
            const std::int64_t first = g * batch, filled = std::min(batch, count - first);
            for (std::int64_t m = 0; m < filled; ++m) {
                const T* map = maps + (first + m) * size;
                double* in = buffer.in() + m * padded;
                if (padded > size) std::fill(in, in + padded, 0.0);
                double mean = 0;
                if (options_.removeMean) {
                    for (std::int64_t i = 0; i < size; ++i) mean += double(map[i]);
                    mean /= double(size);
                }
                for (int y = 0; y < height_; ++y, in += fft_.width())
                    for (int x = 0; x < width_; ++x, ++map)
                        in[x] = windowY_[std::size_t(y)] * windowX_[std::size_t(x)] * (double(*map) - mean);
            }
            std::fill(buffer.in() + filled * padded, buffer.in() + batch * padded, 0.0);
            fft_.forward(buffer.in(), buffer.out());
            for (std::int64_t m = 0; m < filled; ++m) {
                const auto* bin = buffer.out() + m * half;
                double* energy = energies + (first + m) * K;
                for (std::int64_t i = 0; i < half; ++i)
                    energy[ringOfBin_[std::size_t(i)]] += weightOfBin_[std::size_t(i)] * std::norm(bin[i]);
                if (!logAmplitude) continue;
                // The windows have unit energy: without their factor 1/sqrt(H·W) the transform is unnormalised.
                double* levels = logAmplitude + (first + m) * std::int64_t(diagonal());
                for (std::size_t k = 0; k < diagonal(); ++k)
                    levels[k] = std::log(
                        std::abs(bin[k * std::size_t(fft_.halfWidth()) + k]) * std::sqrt(double(size)) + kLogFloor);
            }
        }
    });
}

std::vector<double> RingPower::perMap(const torch::Tensor& maps, std::vector<double>* logAmplitude) const {
    TORCH_CHECK(maps.dim() == 4 && maps.size(2) == height_ && maps.size(3) == width_,
                "ring power: maps must be [N, C, ", height_, ", ", width_, "], got ", maps.sizes());
    const bool wide = maps.scalar_type() == torch::kDouble;
    const auto flat = maps.detach().to(torch::kCPU, wide ? torch::kDouble : torch::kFloat).contiguous();
    const std::int64_t count = flat.size(0) * flat.size(1);
    std::vector<double> energies(std::size_t(count) * bins_.size(), 0.0);
    if (logAmplitude) logAmplitude->assign(std::size_t(count) * diagonal(), 0.0);
    double* levels = logAmplitude ? logAmplitude->data() : nullptr;
    if (wide) measure(flat.data_ptr<double>(), count, energies.data(), levels);
    else measure(flat.data_ptr<float>(), count, energies.data(), levels);
    return energies;
}

std::vector<double> RingPower::perImage(const torch::Tensor& maps, std::vector<double>* logAmplitude) const {
    const auto energies = perMap(maps, logAmplitude);
    if (logAmplitude) *logAmplitude = meanOverChannels(*logAmplitude, maps, diagonal());
    return meanOverChannels(energies, maps, bins_.size());
}

}  // namespace thaw
