// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/shared_training.h"

#include <torch/torch.h>

namespace thaw {

std::vector<ConfigProblem> sharingProblems(int batch, int processes) {
    if (batch >= processes) return {};
    return {{"batch", "is " + std::to_string(batch) + ", must be at least " + std::to_string(processes) +
                          ", the number of processes that share it"}};
}

std::vector<ConfigProblem> sharingProblems(const FinetuneConfig& config, int processes) {
    auto problems = sharingProblems(config.batch, processes);
    if (problems.empty() && config.syncBatchNorm && config.batch % processes != 0)
        problems.push_back({"batch", "is " + std::to_string(config.batch) + ", must be a multiple of " +
                                         std::to_string(processes) +
                                         ", the number of processes, for discriminator.sync_batch_norm"});
    return problems;
}

std::unique_ptr<GradientSum> gradientSum(const ProcessesPtr& processes, const Adam::Named& parameters) {
    if (!processes) return {};
    std::vector<torch::Tensor> tensors;
    for (const auto& [name, tensor] : parameters) tensors.push_back(tensor);
    return std::make_unique<GradientSum>(processes, std::move(tensors));
}

void backward(const torch::Tensor& loss, GradientSum* sum) {
    if (sum) sum->backward(loss);
    else loss.backward();
}

}  // namespace thaw
