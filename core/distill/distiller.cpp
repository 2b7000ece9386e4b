// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distill/distiller.h"

#include "core/diffusion/noise.h"

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

// What one loss is computed from.
struct Distiller::Batch {
    Denoiser& student;
    Denoiser fixed;
    torch::Tensor v, labels, sigmaT, sigmaS;
    const Draw& draw;
    ForwardMode mode;
    torch::Tensor prediction = {};
};

Distiller::Distiller(Denoiser teacher, const DistillConfig& config, torch::Device device)
    : teacher_(teacher), config_(config), grid_(config.timesteps), distance_(config, teacher, device) {}

// The teacher's own way, rung by rung; images that have arrived stay.
torch::Tensor Distiller::heunSteps(Batch& batch, const torch::Tensor& v, const Leap& leap) {
    const torch::NoGradGuard teachersGradient;
    auto result = v.clone();
    const auto longest = (leap.from - leap.to).max().item<std::int64_t>();
    for (std::int64_t done = 0; done < longest; ++done) {
        const auto from = leap.from - done;
        const auto index = (from > leap.to).nonzero().flatten(), on = uploaded(index, v.device());
        const auto a = uploaded(grid_.sigma(rows(from, index)), v.device()),
                   b = uploaded(grid_.sigma(rows(from, index) - 1), v.device());
        result.index_copy_(0, on, heunStep(teacher_, rows(result, on), a, b, rows(batch.labels, on), batch.mode));
    }
    return result;
}

// One jump of the fixed student; images that need none stay.
torch::Tensor Distiller::studentJump(Batch& batch, const torch::Tensor& v, const Leap& leap) {
    const torch::NoGradGuard studentsGradient;
    auto result = v.clone();
    const auto index = (leap.from > leap.to).nonzero().flatten(), on = uploaded(index, v.device());
    if (on.numel() == 0) return result;
    const auto x = rows(v, on), from = uploaded(grid_.sigma(rows(leap.from, index)), v.device()),
               to = uploaded(grid_.sigma(rows(leap.to, index)), v.device());
    const auto clean = batch.fixed->forward(x, from, {rows(batch.labels, on), {}, to}, batch.mode);
    result.index_copy_(0, on, euler(x, clean, from, to));
    return result;
}

// The release's rule: one level is the teacher's, more are the student's.
torch::Tensor Distiller::jump(Batch& batch, const torch::Tensor& v, const Leap& leap) {
    const auto near = leap.from - leap.to == 1;
    const auto taught = heunSteps(batch, v, {leap.from, torch::where(near, leap.to, leap.from)});
    return studentJump(batch, taught, {torch::where(near, leap.to, leap.from), leap.to});
}

Distiller::Draw Distiller::Draw::slice(std::int64_t first, std::int64_t last) const {
    const auto part = [&](const torch::Tensor& x) { return x.slice(0, first, last); };
    return {{part(times.t), part(times.u), part(times.s)}, part(noise), featureNoise.slice(first, last)};
}

Distiller::Draw Distiller::draw(const torch::Tensor& real, torch::Generator generator, int stage) const {
    auto times = asInPaper() ? drawPaperTimes(config_.kind, grid_, real.size(0), generator, stage)
                             : drawTimes(config_.kind, grid_, real.size(0), generator);
    auto noise = uploaded(torch::randn(real.sizes(), generator), real.device());
    return {std::move(times), std::move(noise), DenoiserFeatures::drawNoise(real, generator)};
}

torch::Tensor Distiller::extrapolationLoss(Batch& batch) {
    const auto& times = batch.draw.times;
    const auto v1 = jump(batch, batch.v, {times.t, times.u});
    const auto v2 = jump(batch, v1, {times.u, times.s});
    const auto target = batch.v + (v2 - batch.v) * wide(batch.sigmaT / (batch.sigmaT - batch.sigmaS));
    const auto distance =
        distance_.perImage(batch.prediction, target, batch.draw.featureNoise, batch.mode, batch.labels);
    const bool weighed = asInPaper() && config_.kind == Distillation::Progressive;
    return (weighed ? distance * batch.sigmaT.square().reciprocal().clamp_min(1) : distance).mean();
}

torch::Tensor Distiller::consistencyLoss(Batch& batch) {
    const auto& times = batch.draw.times;
    const auto v1 = jump(batch, batch.v, {times.t, times.u});
    torch::Tensor target;
    if (asInPaper()) {
        const torch::NoGradGuard targetsGradient;
        const auto u = uploaded(grid_.sigma(times.u), v1.device());
        // f'(v1; 0) = v1: the boundary condition, whatever the wrapper.
        target = torch::where(wide(uploaded(times.u == 0, v1.device())), v1,
                              batch.fixed->forward(v1, u, {batch.labels, {}, batch.sigmaS}, batch.mode));
    } else {
        target = jump(batch, v1, {times.u, times.s});
    }
    return distance_(batch.prediction, target, batch.draw.featureNoise, batch.mode, batch.labels);
}

torch::Tensor Distiller::trajectoryLoss(Batch& batch) {
    const auto& [t, u, s] = batch.draw.times;
    const auto bottom = torch::zeros_like(s);
    torch::Tensor target;
    if (asInPaper()) {
        const auto v1 = heunSteps(batch, batch.v, {t, u});
        target = studentJump(batch, studentJump(batch, v1, {u, s}), {s, bottom});
    } else {
        const auto v2 = jump(batch, jump(batch, batch.v, {t, u}), {u, s});
        target = jump(batch, v2, {s, bottom});
    }
    // The last leg is the fixed student's; its gradient with respect to its input is kept.
    const auto landed = euler(batch.v, batch.prediction, batch.sigmaT, batch.sigmaS);
    const auto end = uploaded(grid_.sigma(bottom), landed.device());
    const FixedWeights guard(*batch.fixed);
    const auto clean = batch.fixed->forward(landed, batch.sigmaS, {batch.labels, {}, end}, batch.mode);
    const auto there = wide(uploaded(s == 0, landed.device()));
    return distance_(torch::where(there, landed, euler(landed, clean, batch.sigmaS, end)), target,
                     batch.draw.featureNoise, batch.mode, batch.labels);
}

torch::Tensor Distiller::loss(Denoiser& student, const torch::Tensor& real, const torch::Tensor& labels,
                              const Draw& draw, const ForwardMode& mode, Denoiser fixed) {
    const auto device = real.device();
    const auto t = uploaded(grid_.sigma(draw.times.t), device), s = uploaded(grid_.sigma(draw.times.s), device);
    Batch batch{student, fixed.is_empty() ? student : fixed, real + wide(t) * draw.noise, labels, t, s, draw, mode};
    if (mode.dtype == torch::kBFloat16 && grid_.steps() > kRoundedLevels) batch.mode.dtype = torch::kFloat;
    batch.prediction = student->forward(batch.v, t, {labels, {}, s}, batch.mode);
    // What the student is pulled towards is computed without dropout, by the teacher and by the student alike.
    batch.mode.random.reset();
    switch (config_.kind) {
    case Distillation::Consistency: return consistencyLoss(batch);
    case Distillation::Trajectory: return trajectoryLoss(batch);
    case Distillation::Progressive:
    case Distillation::Rcd:
    case Distillation::None:
    case Distillation::Regression: break;
    }
    return extrapolationLoss(batch);
}

}  // namespace thaw
