// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/class_choice.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace thaw {

/// Classes that a user lists, one for all or one an image, as int64 [1] or [count]; undefined for an empty list. Throws
/// Configuration for classes that the model has not, wants not, or that are not as many as the images.
torch::Tensor listedClasses(const std::vector<double>& labels, std::int64_t count, int labelDim);

/// The classes of these seeds, int64 [n], where `drawn` are those of the seeds' own streams (SeedStreams::classes). Throws
/// Configuration for a class that a network of so many has not.
torch::Tensor chosenClasses(const ClassChoice& choice, const std::vector<std::uint64_t>& seeds,
                            const torch::Tensor& drawn, int labelDim);

/// One-hot labels of these seeds, float [n, labelDim], for who needs no other draw of their streams; undefined for a
/// network without classes. Throws as chosenClasses.
torch::Tensor classLabelsOf(const ClassChoice& choice, const std::vector<std::uint64_t>& seeds, int channels,
                            int resolution, int labelDim);

}  // namespace thaw
