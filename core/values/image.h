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
    OtherModel,         ///< a model file or run folder beside the open model
};

/// How far latents have been dragged away from their seeds. Seeds lie on a grid with 1 to the right and 100 down; between
/// four of them z is their bilinear blend, divided by the root of the weights' squares so that it stays N(0, I).
struct LatentShift {
    double x = 0, y = 0;
    bool operator==(const LatentShift&) const = default;
};

/// The way of one image through the multi-step sampler.
struct Trajectory {
    std::uint64_t seed = 0;
    int steps = 0;
    std::vector<double> sigmas;  ///< level of every call of the denoiser that begins a step, then 0
    std::vector<Image>
        noisy;  ///< x at that level, scaled by sigma_data / sqrt(sigma² + sigma_data²) to the images' range
    std::vector<Image> denoised;  ///< D(x; sigma); the last one is the finished image
};

/// One column of the comparison: image k comes from seed k of the request.
struct SampleColumn {
    SampleSource source = SampleSource::OriginalOneStep;
    int steps = 1;    ///< sampler steps (1 for one-step)
    double kimg = 0;  ///< thousand images that the tuned generator has seen, or the newest snapshot of a run; else 0
    std::vector<std::uint64_t> seeds;  ///< as asked for
    std::vector<Image> images;         ///< one per seed
    LatentShift shift;
    bool hasClasses = false;  ///< the generator is conditional
    std::string sampler{};    ///< in words, "heun, 18 steps"; empty of real images
    bool asTrained = true;    ///< false where the sampler asks of the model what it was not trained for (contradiction)
};

}  // namespace thaw
