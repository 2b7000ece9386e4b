// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/processes.h"
#include "core/train/adam.h"
#include "core/train/late_values.h"
#include "core/values/train_state.h"

namespace thaw {

/// What a step has to tell, kept on its device until all of it is read with one wait.
class StepValues {
public:
    /// The field becomes the sum of all that is added to it: micro-batches add up to their batch.
    void add(StepValue field, const torch::Tensor& value);
    /// An update's norm becomes `norm` (none: R1's own update is not shown) and, with `blocks`, the norms of G's blocks.
    void add(const Adam::LateUpdate& update, StepValue norm, bool blocks, const Adam::Named& parameters);
    /// Nothing is added after this. Where several processes share the batch, sums and the calls of networks become those of
    /// all; updates are the same in each.
    void send(const NetworkCalls& calls, const ProcessesPtr& processes);
    /// Waits for them. Throws Diverged where a loss is not finite, or where more than half of a gradient had to be replaced:
    /// replacing hides a blown-up network behind weights that look alive, and half of a gradient is no accident.
    void readInto(StepMetrics& metrics);

private:
    struct Gradient {
        StepValue norm;
        std::int64_t entries;
        std::vector<std::string> blocks;  // of each parameter; empty where they are not shown
        std::size_t parameters;
    };

    std::vector<std::pair<StepValue, torch::Tensor>> sums_;
    std::vector<std::pair<Gradient, torch::Tensor>> gradients_;
    LateValues late_;
};

}  // namespace thaw
