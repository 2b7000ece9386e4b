// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/metrics/feature_network.h"
#include "core/metrics/feature_statistics.h"
#include "core/metrics/finite_features.h"
#include "core/metrics/inception_score.h"
#include "core/metrics/shared_features.h"
#include "core/metrics/statistics_file.h"
#include "core/values/progress.h"
#include "core/values/quality.h"

#include <vector>

namespace thaw {

/// Takes 8-bit images, of several processes by the batches that each has, and keeps what the metrics need of them: moments, class scores' sums and, where `keep` says so and
/// the features have no bands, the vectors.
class FeatureCollector {
public:
    FeatureCollector(FeatureNetwork& network, bool keep, bool scores, ProcessesPtr processes = {})
        : network_(network),
          keep_(keep && network.bandCount() == 1),
          scores_(scores),
          processes_(std::move(processes)) {}
    /// A batch of each process, see sharedFeatures.
    void add(const std::function<torch::Tensor()>& images);
    void add(const torch::Tensor& images) {
        add([&] { return images; });
    }
    /// After the first image without finite features nothing more is kept, only counted, for requireFinite.
    const FiniteFeatures& finite() const { return finite_; }
    void requireFinite(const std::string& images) const { finite_.require(network_, images); }

    std::int64_t count() const { return moments_.count(); }
    FeatureMoments moments() const { return moments_.moments(); }
    torch::Tensor vectors() const;  ///< float [N, D]; undefined unless kept
    InceptionScore::Value score() const { return score_.value(); }

private:
    FeatureNetwork& network_;
    bool keep_, scores_;
    ProcessesPtr processes_;
    FiniteFeatures finite_;
    FeatureStatistics moments_;
    InceptionScore score_;
    std::vector<torch::Tensor> vectors_;
};

/// `reference` may be empty where no metric needs one. `neighbours` is k of precision and recall; density and coverage
/// take 5, as published. Distances run on `device` where that pays. Throws WrongKind for a distance that is not finite.
Quality measureQuality(const Metrics& metrics, const FeatureCollector& generated, const ReferenceStatistics& reference,
                       const FeatureNetwork& network, int neighbours, torch::Device device, const Progress& progress);

}  // namespace thaw
