// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/window.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace thaw {
namespace {

constexpr double kKaiserBeta = 8.0;

// Σ ((x/2)^k / k!)²; all terms are positive, so it converges without cancellation.
double besselI0(double x) {
    double term = 1.0, sum = 1.0;
    for (int k = 1; term > 1e-17 * sum; ++k) {
        const double factor = x / (2.0 * k);
        term *= factor * factor;
        sum += term;
    }
    return sum;
}

double sample(WindowKind kind, int n, int length) {
    if (length == 1) return 1.0;
    switch (kind) {
    case WindowKind::None: return 1.0;
    case WindowKind::Hann: {
        const double s = std::sin(std::numbers::pi * n / length);
        return s * s;
    }
    case WindowKind::Kaiser8: {
        const double t = 2.0 * n / (length - 1) - 1.0;
        return besselI0(kKaiserBeta * std::sqrt(std::max(0.0, 1.0 - t * t)));
    }
    }
    throw std::logic_error("window: unknown kind");
}

}  // namespace

std::vector<double> unitEnergyWindow(WindowKind kind, int length) {
    if (length < 1) throw std::invalid_argument("window: the length must be positive");
    std::vector<double> window(static_cast<std::size_t>(length));
    double energy = 0.0;
    for (int n = 0; n < length; ++n) {
        window[n] = sample(kind, n, length);
        energy += window[n] * window[n];
    }
    for (auto& w : window) w /= std::sqrt(energy);
    return window;
}

}  // namespace thaw
