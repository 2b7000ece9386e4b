// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/adam.h"

#include "core/train/late_values.h"

#include <torch/torch.h>

#include <limits>

namespace thaw {

namespace {

constexpr double kLargestOnDevice = 1e18;  // its square is a float

}  // namespace

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
    const auto late = stepLate(learningRate);
    return read(late, LateValues(late.values).read());
}

Adam::LateUpdate Adam::stepLate(double learningRate) {
    torch::NoGradGuard guard;
    if (!parameters_.empty() && !parameters_.front().second.device().is_cpu()) return stepOnDevice(learningRate);
    const auto update = stepOnHost(learningRate);
    std::vector<double> values{double(update.replaced)};
    values.insert(values.end(), update.norms.begin(), update.norms.end());
    return {update.entries, torch::tensor(values, torch::kDouble)};
}

Adam::Update Adam::read(const LateUpdate& update, const std::vector<double>& values) {
    return {std::int64_t(values.front()), update.entries, {values.begin() + 1, values.end()}};
}

Adam::Update Adam::stepOnHost(double learningRate) {
    Update update;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        auto& p = parameters_[i].second;
        auto g = p.grad();
        update.norms.push_back(g.defined() ? g.norm().item<double>() : 0);
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
    const auto rate = rateOf(state.t, learningRate);
    if (!rate.divided) {
        p.add_(m.to(p.scalar_type()), -rate.rate);
        return;
    }
    const auto denominator = v.sqrt().div_(rate.correction).add_(config_.epsilon);
    if (large) p.sub_((m / denominator * rate.rate).to(p.scalar_type()));
    else p.addcdiv_(m, denominator, -rate.rate);
}

Adam::LateUpdate Adam::stepOnDevice(double learningRate) {
    const auto options = parameters_.front().second.options().dtype(torch::kDouble);
    std::vector<torch::Tensor> flat, p, m, v, g;
    std::vector<std::int64_t> counts;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
        auto& parameter = parameters_[i].second;
        if (!parameter.grad().defined()) continue;
        flat.push_back(parameter.grad().reshape({-1}));
        counts.push_back(flat.back().numel());
        places.push_back(i);
        parameter.mutable_grad() = torch::Tensor();
        p.push_back(parameter);
        m.push_back(moments_[i].m);
        v.push_back(moments_[i].v);
        ++moments_[i].t;
    }
    if (flat.empty()) return {0, torch::zeros({std::int64_t(parameters_.size()) + 1}, options)};
    auto all = torch::cat(flat);
    flat.clear();
    const auto replaced = all.isfinite().logical_not().sum();
    all = torch::nan_to_num(all, 0.0, 1e5, -1e5).clamp_(-kLargestOnDevice, kLargestOnDevice);
    const auto parts = all.split_with_sizes(counts);
    for (std::size_t k = 0; k < parts.size(); ++k) g.push_back(parts[k].view(p[k].sizes()));

    at::_foreach_mul_(m, config_.beta1);
    at::_foreach_add_(m, g, 1 - config_.beta1);
    at::_foreach_mul_(v, config_.beta2);
    at::_foreach_addcmul_(v, g, g, 1 - config_.beta2);
    const auto roots = at::_foreach_sqrt(v);
    std::vector<torch::Tensor> moved[2], by[2], denominators;  // as a plain average; divided by the root of the squares
    std::vector<at::Scalar> rates[2], corrections;
    for (std::size_t k = 0; k < places.size(); ++k) {
        const auto rate = rateOf(moments_[places[k]].t, learningRate);
        moved[rate.divided].push_back(p[k]);
        by[rate.divided].push_back(m[k]);
        rates[rate.divided].emplace_back(-rate.rate);
        if (!rate.divided) continue;
        denominators.push_back(roots[k]);
        corrections.emplace_back(rate.correction);
    }
    if (!moved[0].empty()) at::_foreach_add_(moved[0], at::_foreach_mul(by[0], rates[0]));
    if (!moved[1].empty()) {
        at::_foreach_div_(denominators, corrections);
        at::_foreach_add_(denominators, config_.epsilon);
        at::_foreach_addcdiv_(moved[1], by[1], denominators, rates[1]);
    }

    const auto norms = at::_foreach_norm(g);
    auto ofAll = std::vector<torch::Tensor>(parameters_.size(), torch::zeros({}, norms.front().options()));
    for (std::size_t k = 0; k < places.size(); ++k) ofAll[places[k]] = norms[k];
    return {all.numel(),
            torch::cat({replaced.to(torch::kDouble).reshape({1}), torch::stack(ofAll).to(torch::kDouble)})};
}

Adam::Rate Adam::rateOf(std::int64_t steps, double learningRate) const {
    const double t = double(steps), power = std::pow(config_.beta2, t), horizon = 2 / (1 - config_.beta2) - 1;
    Rate rate{learningRate / (1 - std::pow(config_.beta1, t)), std::sqrt(1 - power), true};
    if (!config_.rectified) return rate;
    const double length = horizon - 2 * t * power / (1 - power);
    rate.divided = length > 5;
    if (rate.divided)
        rate.rate *= std::sqrt((length - 4) * (length - 2) * horizon / ((horizon - 4) * (horizon - 2) * length));
    return rate;
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
