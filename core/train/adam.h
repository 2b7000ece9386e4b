// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/train_config.h"

#include <torch/types.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// A gradient without what is not finite: nan becomes 0, +inf 1e5, -inf -1e5, as published; finite values of any size stay.
struct SanitisedGradient {
    torch::Tensor gradient;
    std::int64_t replaced = 0;  ///< entries that were not finite
};
SanitisedGradient sanitise(const torch::Tensor& gradient);

/// Adam (Kingma & Ba 2015) over named parameters, with state that can be written and read back exactly.
/// m = b1·m + (1-b1)·g;  v = b2·v + (1-b2)·g²;  p -= lr·(m/(1-b1^t)) / (sqrt(v/(1-b2^t)) + eps)
/// Rectified (RAdam, Liu et al. 2020): with r = 2/(1-b2) - 1 and r_t = r - 2t·b2^t/(1-b2^t), the fraction above is taken
/// times sqrt((r_t-4)(r_t-2)r / ((r-4)(r-2)r_t)) where r_t > 5, and p -= lr·m/(1-b1^t) before.
/// Gradients pass `sanitise` first. Those whose squares are too large for float are taken in double, and leave the largest
/// float in v, so that the weight moves on afterwards. On a GPU, where nothing may wait to find out, finite entries beyond
/// 1e18 are cut to that instead, and all parameters move in the same few kernels.
class Adam {
public:
    using Named = std::vector<std::pair<std::string, torch::Tensor>>;

    Adam(const Named& parameters, const AdamConfig& config);

    /// What an update saw.
    struct Update {
        std::int64_t replaced = 0;  ///< gradient entries that were not finite
        std::int64_t entries = 0;   ///< of all gradients
        std::vector<double> norms;  ///< Euclidean norm of each parameter's gradient, in the order of parameters()
        double norm() const;        ///< of all together
    };
    /// One update from the parameters' gradients, which are cleared.
    Update step(double learningRate);
    Update step() { return step(config_.learningRate); }

    /// The same without waiting for a GPU: what it saw stays there.
    struct LateUpdate {
        std::int64_t entries = 0;
        torch::Tensor values;  ///< float64 [1 + parameters]: `replaced`, then `norms`
    };
    LateUpdate stepLate(double learningRate);
    static Update read(const LateUpdate& update, const std::vector<double>& values);

    /// Exactly this set from now on. Parameters that stay keep their moments. Those that leave take theirs along: with
    /// `Keep` they find them again when they come back, with `Reset` they start with none.
    void setParameters(const Named& parameters, RethawState rethaw = RethawState::Reset);

    const Named& parameters() const { return parameters_; }
    /// `m.NAME`, `v.NAME` and `t.NAME`, for snapshots.
    Named state() const;
    void loadState(const Named& state);

private:
    Update stepOnHost(double learningRate);
    LateUpdate stepOnDevice(double learningRate);
    struct Moments {
        torch::Tensor m, v;
        std::int64_t t = 0;  // per parameter: a weight thawed late starts its own bias correction
    };
    // p -= rate·m, over sqrt(v)/correction + epsilon where `divided`.
    struct Rate {
        double rate, correction;
        bool divided;
    };
    Rate rateOf(std::int64_t steps, double learningRate) const;
    void updateOne(const torch::Tensor& p, const torch::Tensor& gradient, Moments& state, double learningRate,
                   bool large) const;

    Named parameters_;
    std::vector<Moments> moments_;
    std::map<std::string, Moments> parked_;  // of parameters that are frozen at the moment
    AdamConfig config_;
};

}  // namespace thaw
