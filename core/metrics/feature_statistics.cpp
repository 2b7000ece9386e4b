// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_statistics.h"

#include <torch/torch.h>

namespace thaw {

void FeatureStatistics::add(const torch::Tensor& features) {
    TORCH_CHECK(features.dim() == 2, "feature statistics: features must be [N, D], got ", features.sizes());
    if (features.size(0) == 0) return;
    const torch::NoGradGuard noGrad;
    const auto batch = features.to(torch::kCPU, torch::kDouble);
    const std::int64_t added = batch.size(0), dimensions = batch.size(1);
    if (count_ == 0) {
        mean_ = torch::zeros({dimensions}, torch::kDouble);
        scatter_ = torch::zeros({dimensions, dimensions}, torch::kDouble);
    }
    TORCH_CHECK(mean_.size(0) == dimensions, "feature statistics: ", mean_.size(0), " and ", dimensions,
                " dimensions do not mix");
    const auto batchMean = batch.mean(0);
    const auto centred = batch - batchMean;
    const auto delta = batchMean - mean_;
    const double share = double(added) / double(count_ + added);
    scatter_.addmm_(centred.t(), centred);
    scatter_.add_(torch::outer(delta, delta), double(count_) * share);
    mean_.add_(delta, share);
    count_ += added;
}

FeatureMoments FeatureStatistics::moments() const {
    TORCH_CHECK(count_ >= 2, "feature statistics: a covariance needs two vectors, there are ", count_);
    const auto covariance = scatter_ / double(count_ - 1);
    return {mean_.clone(), (covariance + covariance.t()) / 2, count_};
}

void FeatureStatistics::reset() {
    count_ = 0;
    mean_ = torch::Tensor();
    scatter_ = torch::Tensor();
}

}  // namespace thaw
