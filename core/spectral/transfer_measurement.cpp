// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/transfer_measurement.h"
#include "core/values/not_a_number.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace thaw {
namespace {

// Adds R[k]/(H·W) of every image: the mean square of its Fourier coefficients F/(H·W) on the ring.
void addCoefficients(std::optional<RingPower>& rings, std::vector<double>& sum, const torch::Tensor& maps) {
    const auto height = maps.size(2), width = maps.size(3);
    if (!rings) rings.emplace(int(height), int(width));
    sum.resize(rings->rings(), 0.0);
    const auto energies = rings->perImage(maps);
    for (std::size_t n = 0; n < std::size_t(maps.size(0)); ++n)
        for (std::size_t k = 0; k < rings->rings(); ++k)
            sum[k] += energies[n * rings->allRings() + k] / rings->bins()[k] / double(height * width);
}

}  // namespace

TransferMeasurement::TransferMeasurement(NetworkPart part, TransferRequest request, std::string model)
    : part_(std::move(part)),
      request_(std::move(request)),
      model_(std::move(model)),
      ranges_(imageRanges(request_.images, request_.chunk)) {}

bool TransferMeasurement::advance() {
    if (next_ == ranges_.size()) return false;
    const auto range = ranges_[next_];
    const torch::NoGradGuard noGrad;
    const auto x = part_.inputs(range), y = part_.map(x, range);
    height_ = int(x.size(2));
    width_ = int(x.size(3));
    if (x.sizes() == y.sizes()) cross_.add(x, y);

    auto noise = torch::empty_like(x);
    for (int n = 0; n < range.count(); ++n)
        noise[n].copy_(perturbationNoise(x[n], request_.firstSeed + std::uint64_t(range.first + n)));
    const auto disturbed = x + noise * (imageRms(x) * request_.strength);
    // What was really added, after rounding.
    addCoefficients(ringsIn_, powerIn_, disturbed.to(torch::kDouble) - x.to(torch::kDouble));
    addCoefficients(ringsOut_, powerOut_, part_.map(disturbed, range).to(torch::kDouble) - y.to(torch::kDouble));
    return ++next_ < ranges_.size();
}

double TransferMeasurement::progress() const { return double(next_) / double(ranges_.size()); }

TransferFunction TransferMeasurement::value() const {
    TransferFunction result;
    result.model = model_;
    result.block = request_.block;
    result.sigma = request_.sigma;
    result.firstSeed = request_.firstSeed;
    result.images = next_ == 0 ? 0 : ranges_[next_ - 1].last;
    result.height = height_;
    result.width = width_;
    cross_.writeTo(result);
    for (std::size_t k = 0; k < powerIn_.size(); ++k) {
        result.frequencies.push_back(double(k));
        const bool known = k < powerOut_.size() && powerIn_[k] > 0;
        result.responseGain.push_back(known ? std::sqrt(powerOut_[k] / powerIn_[k]) : kNan);
    }
    return result;
}

torch::Tensor fourierBasisImage(int height, int width, int u, int v) {
    const auto y = torch::arange(height, torch::kDouble).unsqueeze(1),
               x = torch::arange(width, torch::kDouble).unsqueeze(0);
    const auto wave = (2 * std::numbers::pi * (y * (double(u) / height) + x * (double(v) / width))).cos();
    return wave / wave.norm();
}

FourierProbe::FourierProbe(NetworkPart part, TransferRequest request, std::string model)
    : part_(std::move(part)), request_(std::move(request)), model_(std::move(model)) {}

void FourierProbe::begin() {
    const ImageRange all{0, request_.images};
    inputs_ = part_.inputs(all);
    outputs_ = part_.map(inputs_, all);
    const int H = int(inputs_.size(2)), W = int(inputs_.size(3));
    gain_.assign(std::size_t(H) * std::size_t(W), kNan);
    for (int u = 0; u < H; ++u)
        for (int v = 0; v <= W / 2; ++v) {
            // Of two bins that mirror each other within a column, the first.
            if ((v == 0 || 2 * v == W) && 2 * u > H) continue;
            frequencies_.emplace_back(u, v);
        }
    const auto radius = [H](const std::pair<int, int>& f) {
        const int u = std::min(f.first, H - f.first);
        return u * u + f.second * f.second;
    };
    std::stable_sort(frequencies_.begin(), frequencies_.end(),
                     [&](const auto& a, const auto& b) { return radius(a) < radius(b); });
}

bool FourierProbe::advance() {
    const torch::NoGradGuard noGrad;
    if (!inputs_.defined()) begin();
    if (next_ == frequencies_.size()) return false;
    const std::size_t last = std::min(frequencies_.size(), next_ + std::size_t(request_.chunk));
    const std::int64_t N = inputs_.size(0), C = inputs_.size(1), H = inputs_.size(2), W = inputs_.size(3);
    std::vector<torch::Tensor> basis;
    for (std::size_t i = next_; i < last; ++i)
        basis.push_back(fourierBasisImage(int(H), int(W), frequencies_[i].first, frequencies_[i].second));
    const auto waves = torch::stack(basis).unsqueeze(1).to(inputs_.options());  // [B, 1, H, W]
    std::vector<double> sum(basis.size(), 0.0);
    for (std::int64_t n = 0; n < N; ++n) {
        const auto x = inputs_.slice(0, n, n + 1);
        // Random signs per channel, the same for every frequency; e makes the rms that of the request.
        const auto signs = perturbationNoise(x[0].slice(1, 0, 1).slice(2, 0, 1), request_.firstSeed + std::uint64_t(n))
                               .sign()
                               .reshape({1, C, 1, 1});
        const auto scale = imageRms(x) * request_.strength * std::sqrt(double(H * W));
        const auto disturbed = x + waves * signs * scale;
        const auto rms = [](const torch::Tensor& t) {
            return imageRms(t.to(torch::kDouble)).reshape(-1).to(torch::kCPU);
        };
        const auto out = rms(part_.map(disturbed, {int(n), int(n) + 1}) - outputs_.slice(0, n, n + 1)),
                   in = rms(disturbed.to(torch::kDouble) - x.to(torch::kDouble));
        for (std::size_t i = 0; i < sum.size(); ++i) {
            const double was = in[std::int64_t(i)].item<double>();
            sum[i] += was > 0 ? out[std::int64_t(i)].item<double>() / was : kNan;
        }
    }
    for (std::size_t i = 0; i < sum.size(); ++i) {
        const auto [u, v] = frequencies_[next_ + i];
        gain_[std::size_t(u * W + v)] = gain_[std::size_t((H - u) % H * W + (W - v) % W)] = sum[i] / double(N);
    }
    next_ = last;
    return next_ < frequencies_.size();
}

double FourierProbe::progress() const { return frequencies_.empty() ? 0 : double(next_) / double(frequencies_.size()); }

FourierGainMap FourierProbe::value() const {
    FourierGainMap map;
    map.model = model_;
    map.block = request_.block;
    map.sigma = request_.sigma;
    map.firstSeed = request_.firstSeed;
    if (!inputs_.defined()) return map;
    map.images = inputs_.size(0);
    map.height = int(inputs_.size(2));
    map.width = int(inputs_.size(3));
    map.gain = gain_;
    return map;
}

}  // namespace thaw
