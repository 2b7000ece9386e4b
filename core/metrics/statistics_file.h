// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_statistics.h"

#include <string>

namespace thaw {

/// Moments of a reference set with their provenance: distances compare only where the features are the same.
struct ReferenceStatistics {
    FeatureMoments moments;
    std::string features;   ///< name of the extractor; empty in files of other programs
    std::string data;       ///< which images, e.g. "Fashion-MNIST test (t10k)"; empty in files of other programs
    std::string resize;     ///< how images reached the extractor's size; empty = as they are, or not said
    torch::Tensor vectors;  ///< the features themselves, float [N, D]; undefined in most files
    std::string images;     ///< SHA-256 of the images, where somebody wants to know them again; else empty
};

/// Reads a `.npz` with `mu` [D] and `sigma` [D, D], float64 or float32, as FID programs write them, or with a band dimension
/// before (`mu` [B, D]), as the wavelet distance has; `provenance.json`
/// holds the rest where it was written here. An array `features` [N, D] is read too where there is one; other arrays, and a
/// foreign `features` that is no such array, are passed over unread. Throws FileMissing, FileDamaged (not symmetric; not
/// finite, with the count and the first), WrongKind (other arrays or shapes, a `.npy` of a dictionary).
ReferenceStatistics readStatistics(const std::string& path);

/// Writes float64 `mu` and `sigma`, float32 `features` where there are vectors, and `provenance.json` {"num",
/// "features", "data", "resize"} and "images_sha256" where it is known, whole or not at all.
void writeStatistics(const std::string& path, const ReferenceStatistics& statistics);

/// Throws WrongKind, naming both, where the statistics of `path` stem from another extractor than `features` or have
/// another number of dimensions or bands. Files of other programs do not name theirs; only the dimensions can be held
/// against them then, and one with bands is refused, for its order is not known.
void requireSameFeatures(const ReferenceStatistics& statistics, const std::string& path, const std::string& features,
                         std::int64_t dimensions, std::int64_t bands = 1);

}  // namespace thaw
