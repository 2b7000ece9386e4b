// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/image_spectrum.h"

#include "core/spectral/radial_profile.h"
#include "core/spectral/spectrum_slices.h"
#include "core/values/profile_shape.h"
#include "core/values/range_check.h"

#include <torch/torch.h>

#include <array>
#include <cmath>

namespace thaw {
namespace {

PowerSpectrumOptions powerOptions(const ImageSpectrumOptions& options) {
    return options.styleGan3 ? styleGan3Spectrum({options.mean, options.std}) : PowerSpectrumOptions{};
}

int checkedCount(int count, const ImageSpectrumOptions& options) {
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    check.range("num", count, 1, 1'000'000);
    check.atLeast("chunk", options.chunk, 1);
    check.require(options.std > 0, "std", "is " + RangeCheck::shown(options.std) + ", must be above 0");
    throwProblems(problems, "the spectrum");
    return count;
}

}  // namespace

ImageSpectrum::ImageSpectrum(ImageStream images, int count, const ImageSpectrumOptions& options, std::string title)
    : images_(std::move(images)),
      options_(options),
      title_(std::move(title)),
      ranges_(imageRanges(checkedCount(count, options), options.chunk)),
      power_(powerOptions(options)) {}

bool ImageSpectrum::advance() {
    if (next_ == ranges_.size()) return false;
    const auto images = images_(ranges_[next_]);
    power_.add(images);
    logAmplitude_.add(images);
    // The rings of single images: their means are those of the spectrum, their spread is what is wanted.
    const auto white = options_.styleGan3 ? (images.to(torch::kDouble) - options_.mean) / options_.std : images;
    if (!rings_) {
        const auto window = options_.styleGan3 ? WindowKind::Kaiser8 : WindowKind::None;
        rings_.emplace(int(images.size(2)), int(images.size(3)), RingOptions{false, window, options_.interpolation()});
    }
    const auto energies = rings_->perImage(white);
    for (std::size_t first = 0; first < energies.size(); first += rings_->allRings())
        moments_.add({energies.data() + first, rings_->allRings()});
    return ++next_ < ranges_.size();
}

double ImageSpectrum::progress() const { return double(next_) / double(ranges_.size()); }

ImageSpectrumTable ImageSpectrum::value() const {
    ImageSpectrumTable table;
    table.title = title_;
    table.interpolation = options_.interpolation();
    table.images = moments_.count();
    if (table.images == 0) return table;
    table.spectrum = power_.value();
    table.profile = radialProfile(table.spectrum, table.interpolation);
    for (std::size_t k = 0; k < table.profile.power.size(); ++k)
        table.deviation.push_back(moments_.deviation(k) / rings_->bins()[k]);
    table.slice0 = sliceAt0(table.spectrum, table.interpolation);
    table.slice45 = sliceAt45(table.spectrum, table.interpolation);
    table.logAmplitude = logAmplitude_.value();
    table.slope = logLogSlope(table.profile);
    table.centroid = spectralCentroid(table.profile);
    return table;
}

Whitening datasetWhitening(const Dataset& data) {
    std::array<double, 256> counts{};
    for (const auto& piece : data.images.split(1000)) {
        const auto bytes = piece.contiguous();
        const auto* pixel = bytes.data_ptr<std::uint8_t>();
        for (std::int64_t i = 0; i < bytes.numel(); ++i) counts[pixel[i]] += 1;
    }
    double n = 0, sum = 0, squares = 0;
    for (int value = 0; value < 256; ++value) {
        n += counts[std::size_t(value)];
        sum += value * counts[std::size_t(value)];
    }
    if (n == 0) return {};
    const double mean = sum / n;
    for (int value = 0; value < 256; ++value) squares += (value - mean) * (value - mean) * counts[std::size_t(value)];
    const double std = std::sqrt(squares / n) / 127.5;
    return {mean / 127.5 - 1, std > 0 ? std : 1.0};
}

}  // namespace thaw
