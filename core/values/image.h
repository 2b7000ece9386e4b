// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// An 8-bit image, row-major, channels interleaved (HWC); channels is 1 (grey) or 3 (RGB).
struct Image {
    int width = 0;
    int height = 0;
    int channels = 1;
    std::vector<std::uint8_t> pixels;

    bool operator==(const Image&) const = default;
};

/// Which generator made a column of samples.
enum class SampleSource {
    OriginalMultiStep,  ///< the pre-trained denoiser, Heun sampler with `steps` steps
    OriginalOneStep,    ///< the pre-trained denoiser used as G(z) = D(80 z; 80)
    TunedOneStep,       ///< the fine-tuned generator's EMA weights, one step
    RealData,           ///< images of the data set, for orientation
};

/// One column of the comparison: image k comes from seed k of the request.
struct SampleColumn {
    SampleSource source = SampleSource::OriginalOneStep;
    int steps = 1;                     ///< sampler steps (1 for one-step)
    double kimg = 0;                   ///< thousand images the tuned generator has seen; 0 for the original
    std::vector<std::uint64_t> seeds;  ///< as asked for
    std::vector<Image> images;         ///< one per seed
};

}  // namespace thaw
