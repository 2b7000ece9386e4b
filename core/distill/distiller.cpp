// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/distiller.h"

#include <torch/torch.h>

namespace thaw {
namespace {

torch::Tensor wide(const torch::Tensor& perImage) { return perImage.reshape({-1, 1, 1, 1}); }

// The student as a fixed function: its inputs still get a gradient, its weights none.
class FixedWeights {
public:
    explicit FixedWeights(torch::nn::Module& module) {
        for (auto& parameter : module.parameters())
            if (parameter.requires_grad()) trainable_.push_back(parameter.set_requires_grad(false));
    }
    ~FixedWeights() {
        for (auto& parameter : trainable_) parameter.set_requires_grad(true);
    }
    FixedWeights(const FixedWeights&) = delete;
    FixedWeights& operator=(const FixedWeights&) = delete;

private:
    std::vector<torch::Tensor> trainable_;
};

torch::Tensor rows(const torch::Tensor& x, const torch::Tensor& index) {
    return x.defined() ? x.index_select(0, index) : x;
}

torch::Tensor euler(const torch::Tensor& v, const torch::Tensor& clean, const torch::Tensor& a,
                    const torch::Tensor& b) {
    return v + (clean - v) / wide(a) * wide(a - b);
}

}  // namespace

torch::Tensor heunStep(Denoiser& teacher, const torch::Tensor& v, const torch::Tensor& a, const torch::Tensor& b,
                       const torch::Tensor& labels, const ForwardMode& mode) {
    const auto slope = [&](const torch::Tensor& x, const torch::Tensor& sigma) {
        return (x - teacher->forward(x, sigma, {labels, {}, {}}, mode)) / wide(sigma);
    };
    const auto first = slope(v, a);
    const auto second = slope(v + wide(b - a) * first, b);
    return v + wide(b - a) * 0.5 * (first + second);
}

Distiller::Distiller(Denoiser teacher, const DistillConfig& config, torch::Device device)
    : teacher_(teacher), config_(config), grid_(config.timesteps), distance_(config, teacher, device) {}

torch::Tensor Distiller::frozenJump(Denoiser& student, const torch::Tensor& v, const Leap& leap,
                                    const torch::Tensor& labels, const ForwardMode& mode) {
    torch::NoGradGuard guard;
    auto result = v.clone();
    // The three kinds of images in a batch: already there, one level to go (teacher), further (student).
    const auto gap = leap.from - leap.to;
    const auto near = (gap == 1).nonzero().flatten().to(v.device()), far = (gap > 1).nonzero().flatten().to(v.device());
    const auto a = grid_.sigma(leap.from).to(v.device()), b = grid_.sigma(leap.to).to(v.device());
    if (near.numel() > 0)
        result.index_copy_(0, near,
                           heunStep(teacher_, rows(v, near), rows(a, near), rows(b, near), rows(labels, near), mode));
    if (far.numel() > 0) {
        const auto x = rows(v, far), from = rows(a, far), to = rows(b, far);
        result.index_copy_(0, far, euler(x, student->forward(x, from, {rows(labels, far), {}, to}, mode), from, to));
    }
    return result;
}

Distiller::Draw Distiller::Draw::slice(std::int64_t first, std::int64_t last) const {
    const auto part = [&](const torch::Tensor& x) { return x.slice(0, first, last); };
    return {{part(times.t), part(times.u), part(times.s)}, part(noise), featureNoise.slice(first, last)};
}

Distiller::Draw Distiller::draw(const torch::Tensor& real, torch::Generator generator) const {
    auto times = drawTimes(config_.kind, grid_, real.size(0), generator);
    auto noise = torch::randn(real.sizes(), generator).to(real.device());
    return {std::move(times), std::move(noise), DenoiserFeatures::drawNoise(real, generator)};
}

torch::Tensor Distiller::loss(Denoiser& student, const torch::Tensor& real, const torch::Tensor& labels,
                              const Draw& draw, const ForwardMode& mode, Denoiser fixed) {
    if (fixed.is_empty()) fixed = student;
    const auto& times = draw.times;
    const auto device = real.device();
    const auto t = grid_.sigma(times.t).to(device), s = grid_.sigma(times.s).to(device);
    const auto v = real + wide(t) * draw.noise;
    // What the student is pulled towards is computed without dropout, by the teacher and by the student alike.
    auto fixedMode = mode;
    fixedMode.random.reset();
    const auto v1 = frozenJump(fixed, v, {times.t, times.u}, labels, fixedMode);
    const auto v2 = frozenJump(fixed, v1, {times.u, times.s}, labels, fixedMode);
    const auto prediction = student->forward(v, t, {labels, {}, s}, mode);
    switch (config_.kind) {
    case Distillation::Consistency: return distance_(prediction, v2, draw.featureNoise, mode, labels);
    case Distillation::Trajectory: {
        // The last leg is the frozen student's on both sides; its gradient with respect to its input is kept.
        const auto bottom = torch::zeros_like(times.s);
        const auto target = frozenJump(fixed, v2, {times.s, bottom}, labels, fixedMode);
        const auto landed = euler(v, prediction, t, s);
        const auto end = grid_.sigma(bottom).to(device);
        const FixedWeights guard(*fixed);
        const auto carried = euler(landed, fixed->forward(landed, s, {labels, {}, end}, fixedMode), s, end);
        const auto there = wide((times.s == 0).to(device));
        return distance_(torch::where(there, landed, carried), target, draw.featureNoise, mode, labels);
    }
    case Distillation::Progressive:
    case Distillation::Restart:
    case Distillation::None:
    case Distillation::Regression: break;
    }
    return distance_(prediction, v + (v2 - v) * wide(t / (t - s)), draw.featureNoise, mode, labels);
}

}  // namespace thaw
