// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace thaw {

enum class Subset {
    Random,  ///< chosen by the seed, then kept in the order of the data set
    First,   ///< the first ones
};

/// How a data set is read.
struct DatasetOptions {
    std::string part = "train";  ///< `train` or `t10k` (the test images), where the source has both
    bool strict = false;         ///< an image that cannot be read is an error instead of being left out and noted
    std::int64_t maxImages = 0;  ///< at most so many, 0 = all; the images left out are never decoded
    Subset subset = Subset::Random;
    /// Of the random subset. A permutation of LibTorch's generator: NumPy's shuffle, and so the subsets that EDM's
    /// dataset code chooses, are not reproduced.
    std::uint64_t seed = 0;

    bool operator==(const DatasetOptions&) const = default;
};

}  // namespace thaw
