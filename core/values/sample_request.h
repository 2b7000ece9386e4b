// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/band_filter.h"
#include "core/values/class_choice.h"
#include "core/values/image.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// Instead of a number of steps: the sampler that the model was trained for (core/values/trained_sampler.h).
inline constexpr int kTrainedSteps = 0;
/// The same for a student, but one step of a diffusion model: a one-step column of figures, whatever model stands there.
inline constexpr int kGeneratorSteps = -1;

/// A column of samples.
struct SampleRequest {
    SampleSource source = SampleSource::OriginalOneStep;
    /// For OriginalMultiStep and OtherModel: of Heun's sampler, 1 = one step; kTrainedSteps, kGeneratorSteps.
    int steps = 18;
    std::vector<std::uint64_t> seeds;   ///< image k depends on seeds[k] alone
    std::string path{};                 ///< for OtherModel
    LatentShift shift{};                ///< not for RealData
    std::vector<BandFilter> surgery{};  ///< bands that are scaled inside the network in every evaluation
    ClassChoice classes{};              ///< what a conditional network is told

    bool operator==(const SampleRequest&) const = default;

    bool takesManySteps() const {
        return source == SampleSource::OriginalMultiStep ||
               (source == SampleSource::OtherModel && steps != 1 && steps != kGeneratorSteps);
    }
    /// The request for the images that follow the first `done`: as many as keep the compute thread answering quickly, and
    /// no more than `most`, where that is given.
    SampleRequest piece(std::size_t done, std::size_t most = 0) const;
};

/// Adds the next images of a column.
void append(SampleColumn& column, SampleColumn piece);

/// The steps of one image.
struct TrajectoryRequest {
    std::uint64_t seed = 0;
    int steps = 18;
    LatentShift shift{};
    ClassChoice classes{};

    bool operator==(const TrajectoryRequest&) const = default;
};

/// The spectrum of real images or of samples.
struct ImageSpectrumRequest {
    SampleRequest images;    ///< source, steps, seeds; real image k is number seeds[k] modulo their count
    bool styleGan3 = false;  ///< whitened with mean and deviation of the open data, windowed, zero-padded four times
    int chunk = 64;          ///< images a piece

    bool operator==(const ImageSpectrumRequest&) const = default;
};

}  // namespace thaw
