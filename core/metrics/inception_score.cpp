// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/inception_score.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {

void InceptionScore::add(const torch::Tensor& logits) {
    TORCH_CHECK(logits.dim() == 2, "inception score: logits must be [N, K], got ", logits.sizes());
    const torch::NoGradGuard noGrad;
    const auto all = logits.to(torch::kCPU, torch::kDouble).log_softmax(1);
    for (std::int64_t first = 0; first < all.size(0);) {
        const auto taken = std::min(splitSize_ - inSplit_, all.size(0) - first);
        const auto logP = all.narrow(0, first, taken);
        const auto p = logP.exp();
        // 0·log 0 = 0, also where the logarithm is -inf.
        negativeEntropy_ += torch::where(p > 0, p * logP, torch::zeros_like(p)).sum().item<double>();
        probability_ = inSplit_ == 0 ? p.sum(0) : probability_ + p.sum(0);
        inSplit_ += taken;
        first += taken;
        if (inSplit_ == splitSize_) {
            scores_.push_back(ofCurrent());
            inSplit_ = 0;
            negativeEntropy_ = 0;
        }
    }
}

double InceptionScore::ofCurrent() const {
    const double n = double(inSplit_);
    return std::exp(negativeEntropy_ / n - torch::xlogy(probability_ / n, probability_ / n).sum().item<double>());
}

InceptionScore::Value InceptionScore::value() const {
    auto scores = scores_;
    if (inSplit_ > 0) scores.push_back(ofCurrent());
    TORCH_CHECK(!scores.empty(), "inception score: no images");
    double sum = 0, squares = 0;
    for (const double score : scores) sum += score;
    const double mean = sum / double(scores.size());
    for (const double score : scores) squares += (score - mean) * (score - mean);
    return {mean, std::sqrt(squares / double(scores.size())), std::int64_t(scores.size()),
            inSplit_ > 0 ? inSplit_ : splitSize_};
}

}  // namespace thaw
