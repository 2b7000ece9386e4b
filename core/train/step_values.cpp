// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/step_values.h"

#include "core/diffusion/noise.h"

#include "core/values/error.h"
#include "core/values/number_text.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

namespace thaw {
namespace {

// `enc.28x28_block0.conv0.weight` belongs to the block `enc.28x28_block0`, `map_layer0.bias` to `map_layer0`.
std::string blockOf(const std::string& parameter) {
    const bool nested = parameter.rfind("enc.", 0) == 0 || parameter.rfind("dec.", 0) == 0;
    const auto end = parameter.find('.', nested ? 4 : 0);
    return parameter.substr(0, end);
}

const char* lossName(StepValue field) {
    if (field == &StepMetrics::gLoss) return "The generator's loss";
    if (field == &StepMetrics::dLoss) return "The discriminator's loss";
    if (field == &StepMetrics::distillLoss) return "The imitation loss";
    return field == &StepMetrics::r1 ? "R1" : nullptr;
}

void requireFinite(StepValue field, double value, std::int64_t step) {
    const char* name = lossName(field);
    if (!name || std::isfinite(value)) return;
    throw Error(ErrorCode::Diverged,
                std::string(name) + " became " + shortNumber(value) + " at step " + std::to_string(step) + ".",
                "Lower the learning rates or raise R1 gamma, and start again or resume from the last snapshot.");
}

std::vector<BlockGradient> blockNorms(const std::vector<std::string>& blocks, const std::vector<double>& norms) {
    std::vector<BlockGradient> all;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (all.empty() || all.back().block != blocks[i]) all.push_back({blocks[i], 0});
        all.back().norm = std::hypot(all.back().norm, norms[i]);
    }
    return all;
}

}  // namespace

void StepValues::add(StepValue field, const torch::Tensor& value) {
    const auto part = value.detach().to(torch::kDouble);
    const auto known = std::find_if(sums_.begin(), sums_.end(), [&](const auto& sum) { return sum.first == field; });
    if (known == sums_.end()) sums_.emplace_back(field, part);
    else known->second = known->second + part;
}

void StepValues::add(const Adam::LateUpdate& update, StepValue norm, bool blocks, const Adam::Named& parameters) {
    Gradient gradient{norm, update.entries, {}, parameters.size()};
    if (blocks)
        for (const auto& [name, tensor] : parameters) gradient.blocks.push_back(blockOf(name));
    gradients_.emplace_back(std::move(gradient), update.values);
}

void StepValues::send(const NetworkCalls& calls, const ProcessesPtr& processes) {
    std::vector<torch::Tensor> shared;
    for (const auto& [field, value] : sums_) shared.push_back(value.reshape({1}));
    std::vector<double> counts;
    for (const auto count : kNetworkCalls) counts.push_back(double(calls.*count));
    const auto device = shared.empty() ? torch::Device(torch::kCPU) : shared.front().device();
    shared.push_back(uploaded(torch::tensor(counts, torch::kDouble), device));
    auto ofBatch = torch::cat(shared);
    if (processes) processes->sum(ofBatch);
    std::vector<torch::Tensor> all{ofBatch};
    for (const auto& [gradient, values] : gradients_) all.push_back(values);
    late_ = LateValues(torch::cat(all));
}

void StepValues::readInto(StepMetrics& metrics) {
    const auto& values = late_.read();
    std::size_t at = 0;
    for (const auto& sum : sums_) {
        metrics.*sum.first = values[at];
        requireFinite(sum.first, values[at++], metrics.step);
    }
    for (const auto count : kNetworkCalls) metrics.calls.*count = std::int64_t(std::llround(values[at++]));
    metrics.sanitisedGradients = 0;
    for (const auto& [gradient, tensor] : gradients_) {
        const auto end = at + 1 + gradient.parameters;
        const auto update = Adam::read({gradient.entries, {}},
                                       {values.begin() + std::ptrdiff_t(at), values.begin() + std::ptrdiff_t(end)});
        at = end;
        metrics.sanitisedGradients += update.replaced;
        if (2 * update.replaced > update.entries && update.entries > 0)
            throw Error(ErrorCode::Diverged,
                        std::to_string(update.replaced) + " of " + std::to_string(update.entries) +
                            " gradient entries were not finite at step " + std::to_string(metrics.step) + ".",
                        "Lower the learning rates or use fp32, and start again or resume from the last snapshot.");
        if (gradient.norm) metrics.*gradient.norm = update.norm();
        if (!gradient.blocks.empty()) metrics.blockGradients = blockNorms(gradient.blocks, update.norms);
    }
}

}  // namespace thaw
