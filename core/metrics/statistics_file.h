// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_statistics.h"

#include <string>

namespace thaw {

/// Moments of a reference set with their provenance: distances compare only where the features are the same.
struct ReferenceStatistics {
    FeatureMoments moments;
    std::string features;  ///< name of the extractor; empty in files of other programs
    std::string data;      ///< which images, e.g. "Fashion-MNIST test (t10k)"; empty in files of other programs
};

/// Reads a `.npz` with `mu` [D] and `sigma` [D, D], float64 or float32, as FID programs write them; `provenance.json`
/// holds the rest where it was written here. Throws FileMissing, FileDamaged (also: not finite, not symmetric),
/// WrongKind (other arrays or shapes).
ReferenceStatistics readStatistics(const std::string& path);

/// Writes float64 `mu` and `sigma` and `provenance.json` {"num", "features", "data"}, whole or not at all.
void writeStatistics(const std::string& path, const ReferenceStatistics& statistics);

}  // namespace thaw
