// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/nn.h>

namespace thaw {

/// Puts a module into evaluation mode (no dropout, running statistics) and restores its mode at the end of the scope.
class EvaluationMode {
public:
    explicit EvaluationMode(torch::nn::Module& module) : module_(module), training_(module.is_training()) {
        module_.eval();
    }
    ~EvaluationMode() { module_.train(training_); }
    EvaluationMode(const EvaluationMode&) = delete;
    EvaluationMode& operator=(const EvaluationMode&) = delete;

private:
    torch::nn::Module& module_;
    bool training_;
};

}  // namespace thaw
