// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/measure.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace thaw {

/// Which numbers an evaluation gives, by name: `fid`, `kid`, `is`, `precision`, `recall`, `density`, `coverage`.
struct Metrics {
    std::set<std::string> names;

    bool has(const std::string& name) const { return names.count(name) > 0; }
    /// Whether the feature vectors themselves are needed, not just their moments.
    bool needVectors() const;
    bool needReference() const;
    /// Whether a feature network must be there: wavelets have a Fréchet distance alone.
    bool needNetwork() const { return needVectors() || has("is"); }
};
/// Throws Configuration naming the first unknown one, Usage where there is none.
Metrics parseMetrics(const std::string& text);

/// The measured numbers; absent where they were not asked for.
struct Quality {
    std::optional<double> fid, kid, kidStd, inceptionScore, inceptionScoreStd;
    std::optional<double> precision, recall, density, coverage;
    std::optional<std::int64_t> rank, referenceRank;   ///< directions with a spread, of the samples and the reference
    std::optional<int> neighbours, densityNeighbours;  ///< k of precision and recall, of density and coverage
    std::vector<double> bands;                         ///< of the wavelet distance, one a packet; fid is their mean
    Measure measure;                                   ///< what `fid` is, and what it may be called
    std::vector<std::string> warnings;                 ///< what must be said beside the numbers, a sentence each
};

}  // namespace thaw
