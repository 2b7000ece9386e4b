// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include <torch/torch.h>

#include <map>

namespace thaw {

Adam::Adam(Named parameters, const AdamConfig& config) : config_(config) { setParameters(parameters); }

void Adam::setParameters(const Named& parameters) {
    std::map<std::string, Moments> kept;
    for (std::size_t i = 0; i < parameters_.size(); ++i) kept[parameters_[i].first] = moments_[i];
    parameters_ = parameters;
    moments_.clear();
    for (const auto& [name, tensor] : parameters_) {
        const auto it = kept.find(name);
        moments_.push_back(it != kept.end()
                               ? it->second
                               : Moments{torch::zeros_like(tensor, torch::MemoryFormat::Contiguous),
                                         torch::zeros_like(tensor, torch::MemoryFormat::Contiguous), 0});
    }
}

std::int64_t Adam::step(double learningRate) {
    torch::NoGradGuard guard;
    std::int64_t replaced = 0;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        auto& p = parameters_[i].second;
        auto& state = moments_[i];
        auto g = p.grad();
        if (!g.defined()) continue;
        // A sum is finite when every entry is (and overflows otherwise at worst): one cheap pass in the usual case.
        if (!std::isfinite(g.sum().item<double>())) {
            replaced += g.numel() - g.isfinite().sum().item<std::int64_t>();
            g = torch::nan_to_num(g, 0.0, 1e5, -1e5);
        }
        ++state.t;
        state.m.lerp_(g, 1 - config_.beta1);
        state.v.mul_(config_.beta2).addcmul_(g, g, 1 - config_.beta2);
        const double c1 = 1 - std::pow(config_.beta1, double(state.t));
        const double c2 = 1 - std::pow(config_.beta2, double(state.t));
        const auto denominator = state.v.sqrt().div_(std::sqrt(c2)).add_(config_.epsilon);
        p.addcdiv_(state.m, denominator, -learningRate / c1);
        p.mutable_grad() = torch::Tensor();
    }
    return replaced;
}

Adam::Named Adam::state() const {
    Named state;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const auto& name = parameters_[i].first;
        state.emplace_back("m." + name, moments_[i].m);
        state.emplace_back("v." + name, moments_[i].v);
        state.emplace_back("t." + name, torch::tensor(moments_[i].t, torch::kLong));
    }
    return state;
}

void Adam::loadState(const Named& state) {
    torch::NoGradGuard guard;
    const std::map<std::string, torch::Tensor> stored(state.begin(), state.end());
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const auto& name = parameters_[i].first;
        const auto m = stored.find("m." + name), v = stored.find("v." + name), t = stored.find("t." + name);
        if (m == stored.end() || v == stored.end() || t == stored.end()) continue;  // thawed after the snapshot
        moments_[i].m.copy_(m->second);
        moments_[i].v.copy_(v->second);
        moments_[i].t = t->second.item<std::int64_t>();
    }
}

}  // namespace thaw
