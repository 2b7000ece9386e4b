// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <QImage>
#include <QString>

#include <optional>

namespace thaw {

/// How a block of samples is shown beside the one it is compared with.
enum class CompareMode {
    Plain,       ///< every block its own images
    Wipe,        ///< left of a line the reference's image, right of it the block's own
    Difference,  ///< own minus reference, signed, on a diverging map centred on 0
};

/// Own minus reference: the mean over channels of a - b, from -255 (blue) over 0 (white) to 255 (orange). Null when the
/// sizes differ.
QImage differenceImage(const Image& own, const Image& reference);

/// What a sample can be measured and sorted by.
enum class SampleMetric {
    Seed,       ///< no measure: the order of the seeds
    Psnr,       ///< 10·log10(255² / mean of (a - b)²) in dB against the reference; infinite for equal images
    Sharpness,  ///< mean over pixels of the squared Laplacian (4-neighbour, inside the image), in units of (full range)²
};

/// Nothing where there is nothing to measure: no reference, another size, less than 3 × 3 pixels.
std::optional<double> measure(SampleMetric metric, const Image& own, const Image* reference);

/// "PSNR 12.3 dB", "sharpness 0.041"; empty for SampleMetric::Seed.
QString metricText(SampleMetric metric, double value);

}  // namespace thaw
