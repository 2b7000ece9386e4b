// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_statistics.h"

#include <torch/torch.h>

namespace thaw {

void FeatureStatistics::add(const torch::Tensor& features) {
    TORCH_CHECK(features.dim() == 2 || features.dim() == 3,
                "feature statistics: features must be [N, D] or [B, N, D], got ", features.sizes());
    if (features.size(-2) == 0) return;
    const torch::NoGradGuard noGrad;
    const auto batch = features.to(torch::kCPU, torch::kDouble);
    const std::int64_t added = batch.size(-2);
    const auto batchMean = batch.mean(-2);
    if (count_ == 0) {
        mean_ = torch::zeros_like(batchMean);
        auto shape = batchMean.sizes().vec();
        shape.push_back(shape.back());
        scatter_ = torch::zeros(shape, torch::kDouble);
    }
    TORCH_CHECK(mean_.sizes() == batchMean.sizes(), "feature statistics: ", mean_.sizes(), " and ", batchMean.sizes(),
                " dimensions do not mix");
    const auto centred = batch - batchMean.unsqueeze(-2);
    const auto delta = batchMean - mean_;
    const double share = double(added) / double(count_ + added);
    if (batch.dim() == 2) scatter_.addmm_(centred.t(), centred);
    else scatter_.baddbmm_(centred.transpose(-2, -1), centred);
    scatter_.add_(delta.unsqueeze(-1) * delta.unsqueeze(-2), double(count_) * share);
    mean_.add_(delta, share);
    count_ += added;
}

FeatureMoments FeatureStatistics::moments() const {
    TORCH_CHECK(count_ >= 2, "feature statistics: a covariance needs two vectors, there are ", count_);
    const auto covariance = scatter_ / double(count_ - 1);
    return {mean_.clone(), (covariance + covariance.transpose(-2, -1)) / 2, count_};
}

void FeatureStatistics::reset() {
    count_ = 0;
    mean_ = torch::Tensor();
    scatter_ = torch::Tensor();
}

}  // namespace thaw
