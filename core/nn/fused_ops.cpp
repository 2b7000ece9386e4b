// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/fused_ops.h"

#include "core/nn/fused_kernels.h"
#include "core/nn/upload.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

namespace thaw {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;
constexpr auto kNhwc = torch::MemoryFormat::ChannelsLast;

// Calls the float or the bfloat16 kernel with raw pointers of the right type.
template <class Fn32, class Fn16, class Call>
void dispatch(torch::ScalarType type, Fn32 f32, Fn16 f16, Call call) {
    if (type == torch::kFloat) call(f32, static_cast<float*>(nullptr));
    else call(f16, static_cast<Bf16*>(nullptr));
}

template <class T>
T* data(const torch::Tensor& t, T*) {
    return static_cast<T*>(t.data_ptr());
}

GroupNormSample sampleOf(std::int64_t n, const torch::Tensor& x, const torch::Tensor& shift, const torch::Tensor& gamma,
                         const torch::Tensor& beta, const torch::Tensor& mean, const torch::Tensor& rstd) {
    GroupNormSample s;
    s.pixels = int(x.size(2) * x.size(3));
    s.channels = int(x.size(1));
    s.groups = int(mean.size(1));
    s.shift = shift.defined() ? shift.data_ptr<float>() + n * s.channels : nullptr;
    s.gamma = gamma.data_ptr<float>();
    s.beta = beta.data_ptr<float>();
    s.mean = mean.data_ptr<float>() + n * s.groups;
    s.rstd = rstd.data_ptr<float>() + n * s.groups;
    return s;
}

struct FusedGroupNorm : torch::autograd::Function<FusedGroupNorm> {
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& input,
                                 const c10::optional<torch::Tensor>& shiftIn, const torch::Tensor& gamma,
                                 const torch::Tensor& beta, std::int64_t groups, double epsilon, bool silu) {
        const auto x = input.contiguous(kNhwc);
        const auto shift = shiftIn ? shiftIn->to(torch::kFloat).contiguous() : torch::Tensor();
        auto y = torch::empty_like(x);
        const auto mean = torch::empty({x.size(0), groups}, torch::kFloat);
        const auto rstd = torch::empty_like(mean);
        const std::int64_t perSample = x.numel() / std::max<std::int64_t>(x.size(0), 1);
        const auto& kernels = fusedKernels();
        dispatch(x.scalar_type(), kernels.groupNormForwardF32, kernels.groupNormForwardBf16,
                 [&](auto kernel, auto tag) {
                     const auto* in = data(x, tag);
                     auto* out = data(y, tag);
                     at::parallel_for(0, x.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
                         for (std::int64_t n = begin; n < end; ++n) {
                             auto s = sampleOf(n, x, shift, gamma, beta, mean, rstd);
                             s.epsilon = float(epsilon);
                             s.silu = silu;
                             kernel(s, in + n * perSample, out + n * perSample);
                         }
                     });
                 });
        context->save_for_backward({x, shift, gamma, beta, mean, rstd});
        context->saved_data["silu"] = silu;
        context->saved_data["shift_dtype"] = shiftIn ? std::int64_t(shiftIn->scalar_type()) : -1;
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list outputs) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &shift = saved[1], &gamma = saved[2], &beta = saved[3], &mean = saved[4],
                   &rstd = saved[5];
        const bool silu = context->saved_data["silu"].toBool();
        const auto dy = outputs[0].to(x.scalar_type()).contiguous(kNhwc);
        auto dx = torch::empty_like(x);
        const std::int64_t N = x.size(0), C = x.size(1), perSample = x.numel() / std::max<std::int64_t>(N, 1);
        const auto sums = torch::empty({3, N, C}, torch::kFloat);  // gamma, beta, shift
        float* sum = sums.data_ptr<float>();
        const auto& kernels = fusedKernels();
        dispatch(x.scalar_type(), kernels.groupNormBackwardF32, kernels.groupNormBackwardBf16,
                 [&](auto kernel, auto tag) {
                     at::parallel_for(0, N, 1, [&](std::int64_t begin, std::int64_t end) {
                         std::vector<float> scratch(static_cast<std::size_t>(perSample));
                         for (std::int64_t n = begin; n < end; ++n) {
                             auto s = sampleOf(n, x, shift, gamma, beta, mean, rstd);
                             s.silu = silu;
                             kernel(s, data(x, tag) + n * perSample, data(dy, tag) + n * perSample,
                                    data(dx, tag) + n * perSample,
                                    {sum + n * C, sum + (N + n) * C, sum + (2 * N + n) * C, scratch.data()});
                         }
                     });
                 });
        torch::Tensor dShift;
        if (shift.defined()) dShift = sums[2].to(torch::ScalarType(context->saved_data["shift_dtype"].toInt()));
        return {dx, dShift, sums[0].sum(0), sums[1].sum(0), {}, {}, {}};
    }
};

struct FusedScaledSum : torch::autograd::Function<FusedScaledSum> {
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& first, const torch::Tensor& second,
                                 double scale) {
        const auto a = first.contiguous(kNhwc), b = second.contiguous(kNhwc);
        auto y = torch::empty_like(a);
        const auto& kernels = fusedKernels();
        dispatch(a.scalar_type(), kernels.scaledSumF32, kernels.scaledSumBf16, [&](auto kernel, auto tag) {
            at::parallel_for(0, a.numel(), 1 << 15, [&](std::int64_t begin, std::int64_t end) {
                kernel(data(a, tag) + begin, data(b, tag) + begin, float(scale), data(y, tag) + begin, end - begin);
            });
        });
        context->saved_data["scale"] = scale;
        return y;
    }
    static variable_list backward(AutogradContext* context, variable_list outputs) {
        const auto g = outputs[0] * context->saved_data["scale"].toDouble();
        return {g, g, {}};
    }
};

torch::Tensor resample(const torch::Tensor& input, bool up, double scale) {
    const auto x = input.contiguous(kNhwc);
    const std::int64_t N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
    auto y = up ? torch::empty({N, C, 2 * H, 2 * W}, x.options(), kNhwc)
                : torch::empty({N, C, H / 2, W / 2}, x.options(), kNhwc);
    const auto& k = fusedKernels();
    dispatch(x.scalar_type(), up ? k.repeatUpF32 : k.boxDownF32, up ? k.repeatUpBf16 : k.boxDownBf16,
             [&](auto kernel, auto tag) {
                 const std::int64_t in = C * H * W, out = y.numel() / std::max<std::int64_t>(N, 1);
                 at::parallel_for(0, N, 1, [&](std::int64_t begin, std::int64_t end) {
                     for (std::int64_t n = begin; n < end; ++n)
                         kernel(data(x, tag) + n * in, int(H), int(W), int(C), float(scale), data(y, tag) + n * out);
                 });
             });
    return y;
}

// The adjoint of repeating a pixel 2×2 is the box sum, and the other way round.
struct FusedResample : torch::autograd::Function<FusedResample> {
    static torch::Tensor forward(AutogradContext* context, const torch::Tensor& x, bool up) {
        context->saved_data["up"] = up;
        return resample(x, up, up ? 1.0 : 0.25);
    }
    static variable_list backward(AutogradContext* context, variable_list outputs) {
        const bool up = context->saved_data["up"].toBool();
        return {resample(outputs[0], !up, up ? 1.0 : 0.25), {}};
    }
};

}  // namespace

bool fusable(const torch::Tensor& x, const ForwardMode& mode) {
    return !mode.twiceDifferentiable && x.device().is_cpu() && x.dim() == 4 &&
           (x.scalar_type() == torch::kFloat || x.scalar_type() == torch::kBFloat16);
}

torch::Tensor uniformPerImage(at::IntArrayRef sizes, const ForwardMode& mode) {
    TORCH_CHECK(mode.random && std::int64_t(mode.random->size()) == sizes[0], "a generator for each image");
    auto all = torch::empty(sizes);
    for (std::int64_t i = 0; i < sizes[0]; ++i) all[i].uniform_(0, 1, (*mode.random)[std::size_t(i)]);
    return all;
}

torch::Tensor dropout(const torch::Tensor& x, double rate, const ForwardMode& mode) {
    if (rate <= 0 || !mode.random) return x;
    const auto kept = uniformPerImage(x.sizes(), mode) >= rate;
    return x * (uploaded(kept, x.device()).to(x.scalar_type()) / (1 - rate));
}

torch::Tensor groupNorm(const torch::Tensor& x, const torch::Tensor& shift, const torch::Tensor& weight,
                        const torch::Tensor& bias, std::int64_t groups, double epsilon, bool silu,
                        const ForwardMode& mode) {
    if (fusable(x, mode)) {
        const auto optional = shift.defined() ? c10::optional<torch::Tensor>(shift) : c10::nullopt;
        return FusedGroupNorm::apply(x, optional, weight, bias, groups, epsilon, silu);
    }
    auto h = shift.defined() ? x + shift.to(x.scalar_type()).unsqueeze(2).unsqueeze(3) : x;
    // Statistics in at least float; the result goes back to the activation type.
    const auto type = x.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat;
    h = torch::group_norm(h.to(type), groups, weight.to(type), bias.to(type), epsilon);
    if (silu) h = torch::silu(h);
    if (x.is_cpu()) return h.to(x.scalar_type());
    // A GPU's group_norm leaves its maps channels-first; the convolution after it wants them as they came.
    return h.to(x.scalar_type(), /*non_blocking=*/false, /*copy=*/false, kNhwc);
}

torch::Tensor scaledSum(const torch::Tensor& a, const torch::Tensor& b, double scale, const ForwardMode& mode) {
    return fusable(a, mode) ? FusedScaledSum::apply(a, b, scale) : (a + b) * scale;
}

torch::Tensor upsample2(const torch::Tensor& x, const ForwardMode& mode) {
    if (fusable(x, mode)) return FusedResample::apply(x, true);
    const auto N = x.size(0), C = x.size(1), H = x.size(2), W = x.size(3);
    return x.permute({0, 2, 3, 1})
        .reshape({N, H, 1, W, 1, C})
        .expand({N, H, 2, W, 2, C})
        .reshape({N, 2 * H, 2 * W, C})
        .permute({0, 3, 1, 2});
}

torch::Tensor downsample2(const torch::Tensor& x, const ForwardMode& mode) {
    return fusable(x, mode) ? FusedResample::apply(x, false) : torch::avg_pool2d(x, 2);
}

}  // namespace thaw
