// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/radial_profile.h"

#include <algorithm>
#include <cmath>

namespace thaw {

RadialProfile radialProfile(const Spectrum& spectrum, int interpolation) {
    RadialProfile profile;
    if (spectrum.power.empty()) return profile;
    const int height = spectrum.height, width = spectrum.width;
    const std::size_t rings = std::size_t(std::min(height, width) / 2) + 1;
    profile.power.assign(rings, 0.0);
    std::vector<double> bins(rings, 0.0);
    for (int i = 0; i < height; ++i)
        for (int j = 0; j < width; ++j) {
            const double u = i <= height / 2 ? i : i - height, v = j <= width / 2 ? j : j - width;
            const auto ring = std::size_t(std::lround(std::sqrt(u * u + v * v)));
            if (ring >= rings) continue;
            profile.power[ring] += spectrum.power[std::size_t(i) * width + j];
            bins[ring] += 1.0;
        }
    for (std::size_t k = 0; k < rings; ++k) {
        profile.frequency.push_back(double(k) / interpolation);
        profile.power[k] /= bins[k];
    }
    return profile;
}

}  // namespace thaw
