// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/spectrum_slices.h"

#include "core/values/decibel.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace thaw {
namespace {

constexpr double kStyleGan3Smoothing = 1.25;  // bins of a spectrum that is not interpolated

// Along `count` values that are `step` apart and periodic.
void smoothAlong(const double* in, double* out, int count, std::ptrdiff_t step, const std::vector<double>& kernel) {
    const int radius = int(kernel.size()) / 2;
    for (int i = 0; i < count; ++i) {
        double sum = 0;
        for (int j = 0; j <= 2 * radius; ++j)
            sum += kernel[std::size_t(j)] * in[std::ptrdiff_t(((i + j - radius) % count + count) % count) * step];
        out[i * step] = sum;
    }
}

std::vector<double> gaussian(double sigma) {
    const int radius = int(std::lround(4 * sigma));
    std::vector<double> kernel;
    double sum = 0;
    for (int j = -radius; j <= radius; ++j) {
        kernel.push_back(std::exp(-0.5 * j * j / (sigma * sigma)));
        sum += kernel.back();
    }
    for (auto& weight : kernel) weight /= sum;
    return kernel;
}

RadialProfile slice(const Spectrum& spectrum, int interpolation, int down, double unit) {
    if (spectrum.height != spectrum.width) throw std::invalid_argument("spectrum slices: the spectrum must be square");
    RadialProfile profile;
    for (int k = 0; 2 * k <= spectrum.width; ++k) {
        profile.frequency.push_back(k * unit / interpolation);
        profile.power.push_back(spectrum.power[std::size_t(k * down) * std::size_t(spectrum.width) + std::size_t(k)]);
    }
    return profile;
}

}  // namespace

RadialProfile sliceAt0(const Spectrum& spectrum, int interpolation) { return slice(spectrum, interpolation, 0, 1); }

RadialProfile sliceAt45(const Spectrum& spectrum, int interpolation) {
    return slice(spectrum, interpolation, 1, std::numbers::sqrt2);
}

SpectrumHeatMap styleGan3HeatMap(const Spectrum& spectrum, int interpolation) {
    const int H = spectrum.height, W = spectrum.width;
    const auto kernel = gaussian(kStyleGan3Smoothing * interpolation);
    const auto levels = decibel(spectrum.power);
    std::vector<double> rows(levels.size()), smooth(levels.size());
    for (int u = 0; u < H; ++u)
        smoothAlong(levels.data() + std::ptrdiff_t(u) * W, rows.data() + std::ptrdiff_t(u) * W, W, 1, kernel);
    for (int v = 0; v < W; ++v) smoothAlong(rows.data() + v, smooth.data() + v, H, W, kernel);

    SpectrumHeatMap map;
    map.height = H + 1;
    map.width = W + 1;
    const int centreY = H / 2, centreX = W / 2;
    for (int y = 0; y <= H; ++y) {
        map.frequencyY.push_back(double(y - centreY) / interpolation);
        for (int x = 0; x <= W; ++x)
            map.level.push_back(
                smooth[std::size_t((y - centreY + H) % H) * std::size_t(W) + std::size_t((x - centreX + W) % W)]);
    }
    for (int x = 0; x <= W; ++x) map.frequencyX.push_back(double(x - centreX) / interpolation);
    return map;
}

}  // namespace thaw
