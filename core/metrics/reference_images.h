// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/open_dataset.h"

namespace thaw {

/// At most `limit` of `count` places, 0 = all: a random subset without repeats, drawn with seed 0 and sorted, int64 [n].
/// Not the first ones: many data sets are sorted by class.
torch::Tensor subsetOf(std::int64_t count, std::int64_t limit);

/// The images that stand for a data set as reference: subsetOf, with a title that says how many, e.g.
/// "CIFAR-10 train, 10000 of 50000 images".
Dataset referenceImages(const Dataset& data, std::int64_t limit);

}  // namespace thaw
