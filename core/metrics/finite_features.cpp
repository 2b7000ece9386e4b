// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/finite_features.h"

#include "core/values/error.h"

#include <torch/torch.h>

#include <cmath>

namespace thaw {

void FiniteFeatures::add(const FeatureBatch& batch) {
    // [N, D], or [B, N, D] of bands.
    const auto& features = batch.features;
    auto faulty = features.isfinite().logical_not().any(-1);
    if (features.dim() == 3) faulty = faulty.any(0);
    if (batch.logits.defined()) faulty = faulty.logical_or(batch.logits.isfinite().logical_not().any(-1));
    faults_.add(faultyRows(faulty));
}

void FiniteFeatures::require(const FeatureNetwork& network, const std::string& images) const {
    if (!faults_) return;
    throw Error(
        ErrorCode::WrongKind,
        "'" + network.title() + "' gives features that are not finite for " + faults_.text() + ", of " + images + ".",
        "Look at that image and at the range that the network takes, or choose other features (--features).");
}

void requireFiniteValue(const std::string& name, std::optional<double> value) {
    if (!value || std::isfinite(*value)) return;
    throw Error(ErrorCode::WrongKind, "The " + name + " is not finite: the features are too large for it.",
                "Look at the range that the feature network takes, or choose other features (--features).");
}

}  // namespace thaw
