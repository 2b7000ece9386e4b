// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/class_choice.h"
#include "core/values/measure.h"
#include "core/values/sampler_config.h"

#include <cstdint>
#include <string>
#include <vector>

namespace thaw {

/// A model and how it samples.
struct SampledModel {
    std::string model = "builtin";  ///< model file, run folder, or `builtin`
    SamplerConfig sampler = oneStepSampler();
    /// Its images of the seeds, where they were made before: whatever readImages takes, the first ones in order.
    std::string images{};
};

/// Whether two generators make the same image of the same seed.
struct PairingRequest {
    SampledModel a, b;
    std::vector<std::uint64_t> seeds;  ///< at least 2
    ClassChoice classes{};
    std::string features =
        kAutoFeatures;         ///< see openFeatureNetwork; no distance of features where it is a `fwd` or `none`
    bool builtinData = false;  ///< for `auto`: the models are of the built-in data
    int batch = 64;            ///< images a forward pass
    ComputeOptions compute;
};

/// Distances d(a_k, b_j) between image k of one generator and image j of the other, 8-bit images scaled to [-1, 1].
struct PairDistances {
    double same = 0;        ///< mean over k of d(a_k, b_k)
    double sameSpread = 0;  ///< standard deviation of that over k
    double others = 0;      ///< mean over k and j != k: what a shuffle of the seeds gives on average
    double matched = 0;     ///< share of the k for which no b_j is nearer to a_k than b_k; chance is 1 / N
    /// 0 for the same images, 1 where a seed says nothing of the image.
    double ratio() const { return others > 0 ? same / others : 0; }
};

struct PairingResult {
    PairDistances pixels;      ///< root of the mean square over pixels and channels
    PairDistances features;    ///< Euclidean, of `featureTitle`'s features
    std::string featureTitle;  ///< empty where there is none
    std::int64_t images = 0;
};

/// Throws Configuration (fewer than 2 seeds, models of different sizes, sampler), what openModel and readImages throw, Interrupted.
PairingResult measurePairing(const PairingRequest& request, const Progress& progress = {});

}  // namespace thaw
