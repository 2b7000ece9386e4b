// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/finite_rows.h"
#include "core/metrics/feature_network.h"

#include <optional>
#include <string>

namespace thaw {

/// Counts the images whose features or class scores are not finite, a batch after another: of them no mean, no covariance and
/// no distance exists, and a network that gives some must not end in a number.
class FiniteFeatures {
public:
    void add(const FeatureBatch& batch);

    bool anyFault() const { return bool(faults_); }
    /// Not one image so far has finite features: more would say nothing.
    bool hopeless() const { return faults_.count > 0 && faults_.count == faults_.rows; }
    /// Throws WrongKind naming the network, the images, how many of how many, and the first.
    void require(const FeatureNetwork& network, const std::string& images) const;

private:
    FaultyRows faults_;
};

/// Throws WrongKind where a distance of finite features is not finite itself, since they are too large; nothing passes.
void requireFiniteValue(const std::string& name, std::optional<double> value);

}  // namespace thaw
