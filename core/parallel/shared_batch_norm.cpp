// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/parallel/shared_batch_norm.h"

#include <torch/torch.h>

namespace thaw {
namespace {

// y = sum over processes of x; so is its gradient, and the gradient's.
struct SumOverProcesses : torch::autograd::Function<SumOverProcesses> {
    static torch::Tensor forward(torch::autograd::AutogradContext* context, const torch::Tensor& x,
                                 const Processes* processes) {
        context->saved_data["processes"] = std::int64_t(reinterpret_cast<std::intptr_t>(processes));
        auto sum = x.detach().contiguous().clone();
        processes->sum(sum);
        return sum;
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                   torch::autograd::variable_list gradients) {
        const auto* processes =
            reinterpret_cast<const Processes*>(std::intptr_t(context->saved_data["processes"].toInt()));
        return {apply(gradients[0], processes), torch::Tensor()};
    }
};

void moveRunningStatistics(torch::nn::BatchNorm2dImpl& norm, const torch::Tensor& mean, const torch::Tensor& variance,
                           const torch::Tensor& count) {
    if (!norm.running_mean.defined()) return;
    const torch::NoGradGuard numbersAlone;
    norm.num_batches_tracked += 1;
    const auto fixed = norm.options.momentum();  // a number that is asked for makes the host wait
    const double momentum = fixed ? *fixed : 1.0 / norm.num_batches_tracked.item<double>();
    norm.running_mean.lerp_(mean.detach().to(norm.running_mean.scalar_type()), momentum);
    const auto unbiased = variance.detach() * (count / (count - 1));
    norm.running_var.lerp_(unbiased.to(norm.running_var.scalar_type()), momentum);
}

}  // namespace

torch::Tensor sharedBatchNorm(const torch::Tensor& x, torch::nn::BatchNorm2dImpl& norm, const ProcessesPtr& processes) {
    const auto h = x.to(x.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat);
    const auto wide = [](const torch::Tensor& channels) { return channels.reshape({1, -1, 1, 1}); };
    const auto sumOf = [&](const torch::Tensor& values) { return SumOverProcesses::apply(values, processes.get()); };
    // Of the mean first and of the distances from it afterwards, since E(x²) - E(x)² cancels.
    const auto own = torch::full({1}, double(h.size(0) * h.size(2) * h.size(3)), h.options());
    auto count = own.clone();
    processes->sum(count);
    const auto mean = sumOf(h.sum({0, 2, 3})) / count;
    const auto centred = h - wide(mean);
    const auto variance = sumOf(centred.square().sum({0, 2, 3})) / count;
    moveRunningStatistics(norm, mean, variance, count);
    const auto y = centred * wide((variance + norm.options.eps()).rsqrt());
    return (y * wide(norm.weight) + wide(norm.bias)).to(x.scalar_type());
}

}  // namespace thaw
