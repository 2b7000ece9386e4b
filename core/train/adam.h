// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <torch/types.h>

#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// Adam (Kingma & Ba 2015) over named parameters, with state that can be written and read back exactly.
/// m = b1·m + (1-b1)·g;  v = b2·v + (1-b2)·g²;  p -= lr·(m/(1-b1^t)) / (sqrt(v/(1-b2^t)) + eps)
class Adam {
public:
    using Named = std::vector<std::pair<std::string, torch::Tensor>>;

    Adam(Named parameters, const AdamConfig& config);

    /// One update from the parameters' gradients, which are cleared. Gradient entries that are not finite count as
    /// nan = 0, ±inf = ±1e5 (as published); returns how many were replaced.
    std::int64_t step(double learningRate);
    std::int64_t step() { return step(config_.learningRate); }

    /// Exactly this set from now on: parameters that stay keep their moments, new ones start with none.
    void setParameters(const Named& parameters);

    const Named& parameters() const { return parameters_; }
    /// `m.NAME`, `v.NAME` and `t.NAME`, for snapshots.
    Named state() const;
    void loadState(const Named& state);

private:
    struct Moments {
        torch::Tensor m, v;
        std::int64_t t = 0;  // per parameter: a weight thawed late starts its own bias correction
    };
    Named parameters_;
    std::vector<Moments> moments_;
    AdamConfig config_;
};

}  // namespace thaw
