// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "core/spectral/log_amplitude.h"
#include "core/spectral/moments.h"
#include "core/spectral/power_spectrum.h"
#include "core/spectral/probe_inputs.h"
#include "core/spectral/ring_power.h"
#include "core/values/image_spectrum.h"
#include "core/values/measurement.h"

#include <functional>
#include <optional>

namespace thaw {

/// Where images come from: those numbered first .. last-1, float [n, C, H, W].
using ImageStream = std::function<torch::Tensor(const ImageRange& range)>;

/// The spectrum of `count` images, chunk by chunk; see ImageSpectrumTable.
class ImageSpectrum : public Measurement<ImageSpectrumTable> {
public:
    /// Throws Configuration for a number of images outside 1 .. 1000000 and a deviation that is not above 0.
    ImageSpectrum(ImageStream images, int count, const ImageSpectrumOptions& options, std::string title = {});

    bool advance() override;
    double progress() const override;
    ImageSpectrumTable value() const override;

private:
    ImageStream images_;
    ImageSpectrumOptions options_;
    std::string title_;
    std::vector<ImageRange> ranges_;
    std::size_t next_ = 0;
    PowerSpectrum power_;
    std::optional<RingPower> rings_;
    Moments moments_;  // of every image's rings
    LogAmplitude logAmplitude_;
};

/// Mean and deviation of all pixels of the data in the units of imageBatch ([-1, 1]), exactly, from the histogram of their
/// bytes: StyleGAN3's whitening. The deviation is 1 where all pixels are equal.
Whitening datasetWhitening(const Dataset& data);

}  // namespace thaw
