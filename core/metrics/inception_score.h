// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <cstdint>

namespace thaw {

/// Inception score (Salimans et al. 2016): over consecutive splits of 5,000 images each,
///
///     IS = exp( mean_n Σ_c p_nc (log p_nc - log p̄_c) ),   p = softmax(logits), p̄ = mean_n p_n
///
/// from 1 (all images alike, or no opinion) to the number of classes. Computed as mean Σ p log p - Σ p̄ log p̄ in double
/// precision, so nothing is kept but one sum per class. The last split may be shorter; a split of few images scores low.
class InceptionScore {
public:
    explicit InceptionScore(std::int64_t splitSize = 5000) : splitSize_(splitSize) {}

    /// logits [n, K], any floating type and device, in the order of the images.
    void add(const torch::Tensor& logits);

    struct Value {
        double mean = 0, std = 0;                ///< over the splits; population standard deviation
        std::int64_t splits = 0, lastSplit = 0;  ///< how many, and images in the last one
    };
    /// Needs at least one image.
    Value value() const;

private:
    double ofCurrent() const;

    std::int64_t splitSize_, inSplit_ = 0;
    torch::Tensor probability_;   // Σ_n p_n of the current split
    double negativeEntropy_ = 0;  // Σ_n Σ_c p log p of the current split
    std::vector<double> scores_;  // of the finished splits
};

}  // namespace thaw
