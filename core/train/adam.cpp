// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include <torch/torch.h>

#include <limits>

namespace thaw {

SanitisedGradient sanitise(const torch::Tensor& gradient) {
    return {torch::nan_to_num(gradient, 0.0, 1e5, -1e5),
            gradient.numel() - gradient.isfinite().sum().item<std::int64_t>()};
}

Adam::Adam(const Named& parameters, const AdamConfig& config) : config_(config) { setParameters(parameters); }

void Adam::setParameters(const Named& parameters, RethawState rethaw) {
    for (std::size_t i = 0; i < parameters_.size(); ++i) parked_[parameters_[i].first] = moments_[i];
    std::map<std::string, bool> before;
    for (const auto& [name, tensor] : parameters_) before[name] = true;
    parameters_ = parameters;
    moments_.clear();
    for (const auto& [name, tensor] : parameters_) {
        const auto it = parked_.find(name);
        const bool known = it != parked_.end() && (rethaw == RethawState::Keep || before.count(name) > 0);
        moments_.push_back(
            known ? Moments{it->second.m.to(tensor.device()), it->second.v.to(tensor.device()), it->second.t}
                  : Moments{torch::zeros_like(tensor, torch::MemoryFormat::Contiguous),
                            torch::zeros_like(tensor, torch::MemoryFormat::Contiguous), 0});
        if (it != parked_.end()) parked_.erase(it);
    }
}

double Adam::Update::norm() const {
    double squares = 0;
    for (const double n : norms) squares += n * n;
    return std::sqrt(squares);
}

Adam::Update Adam::step(double learningRate) {
    torch::NoGradGuard guard;
    Update update;
    std::vector<torch::Tensor> norms;
    for (const auto& [name, p] : parameters_)
        norms.push_back(p.grad().defined() ? p.grad().norm().to(torch::kDouble)
                                           : torch::zeros({}, p.options().dtype(torch::kDouble)));
    if (norms.empty()) return update;
    const auto all = torch::stack(norms).cpu();  // one wait for the device instead of one a parameter
    update.norms.assign(all.data_ptr<double>(), all.data_ptr<double>() + all.numel());
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        auto& p = parameters_[i].second;
        auto g = p.grad();
        if (!g.defined()) continue;
        p.mutable_grad() = torch::Tensor();
        update.entries += g.numel();
        // A norm is finite when every entry is (and overflows otherwise at worst): one cheap pass in the usual case.
        const bool large = !std::isfinite(update.norms[i]);
        if (large) {
            const auto clean = sanitise(g);
            g = clean.gradient;
            update.replaced += clean.replaced;
            update.norms[i] = g.to(torch::kDouble).norm().item<double>();
        }
        updateOne(p, g, moments_[i], learningRate, large);
    }
    return update;
}

void Adam::updateOne(const torch::Tensor& p, const torch::Tensor& gradient, Moments& state, double learningRate,
                     bool large) const {
    ++state.t;
    auto g = gradient, m = state.m, v = state.v;
    if (large)
        for (auto* x : {&g, &m, &v}) *x = x->to(torch::kDouble);
    m.lerp_(g, 1 - config_.beta1);
    v.mul_(config_.beta2).addcmul_(g, g, 1 - config_.beta2);
    if (large) {
        state.m.copy_(m);
        state.v.copy_(v.clamp_max(double(std::numeric_limits<float>::max())));
    }
    const double t = double(state.t), power = std::pow(config_.beta2, t), horizon = 2 / (1 - config_.beta2) - 1;
    double rate = learningRate / (1 - std::pow(config_.beta1, t));
    if (config_.rectified) {
        const double length = horizon - 2 * t * power / (1 - power);
        if (length <= 5) {
            p.add_(m.to(p.scalar_type()), -rate);
            return;
        }
        rate *= std::sqrt((length - 4) * (length - 2) * horizon / ((horizon - 4) * (horizon - 2) * length));
    }
    const auto denominator = v.sqrt().div_(std::sqrt(1 - power)).add_(config_.epsilon);
    if (large) p.sub_((m / denominator * rate).to(p.scalar_type()));
    else p.addcdiv_(m, denominator, -rate);
}

Adam::Named Adam::state() const {
    Named state;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        const auto& name = parameters_[i].first;
        state.emplace_back("m." + name, moments_[i].m);
        state.emplace_back("v." + name, moments_[i].v);
        state.emplace_back("t." + name, torch::tensor(moments_[i].t, torch::kLong));
    }
    for (const auto& [name, moments] : parked_) {
        state.emplace_back("parked.m." + name, moments.m);
        state.emplace_back("parked.v." + name, moments.v);
        state.emplace_back("parked.t." + name, torch::tensor(moments.t, torch::kLong));
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
    parked_.clear();
    const std::string prefix = "parked.m.";
    for (const auto& [key, m] : stored)
        if (key.rfind(prefix, 0) == 0) {
            const auto name = key.substr(prefix.size());
            parked_[name] = {m.clone(), stored.at("parked.v." + name).clone(),
                             stored.at("parked.t." + name).item<std::int64_t>()};
        }
}

}  // namespace thaw
