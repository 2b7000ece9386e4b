// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/class_choice.h"
#include "core/values/image_spectrum.h"
#include "core/values/sampler_config.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace thaw {

/// Images whose spectrum is measured apart from a Session: of files, of a data set, or of a model by any sampler.
struct ImageSetRequest {
    std::string model;          ///< model file, run folder, or `builtin`; or
    std::string images;         ///< whatever readImages (core/data/image_files.h) takes; or
    std::string data;           ///< a data set. Beside a model or images it lends mean and deviation for whitening.
    std::int64_t limit = 1000;  ///< the first so many of files and data, 0 = all
    std::vector<std::uint64_t> seeds;  ///< of a model's images
    SamplerConfig sampler = oneStepSampler();
    std::vector<double> labels;  ///< as GenerationRequest has them
    ClassChoice classes{};
    int batch = 64;
    bool styleGan3 = false;  ///< whitened (without data by the images themselves), windowed, zero-padded four times
    ComputeOptions compute;
};

struct ImageSetSpectrum {
    ImageSpectrumTable table;
    std::vector<std::string> notes;  ///< what the data left out
};

/// `reading` is asked while a data set is read, `sampling` while images are made, with the share done. Throws Usage where
/// nothing is named, Configuration, what openModel and openData throw, Interrupted.
ImageSetSpectrum measureImageSet(const ImageSetRequest& request, const Progress& reading = {},
                                 const Progress& sampling = {});

}  // namespace thaw
