// SPDX-License-Identifier: GPL-3.0-or-later
// Every set of kernels that this processor has, against plain LibTorch in double precision.
#include "core/nn/fused_kernels.h"
#include "core/diffusion/noise.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

namespace {

// A kernel's pointer to a tensor of its type.
template <class T>
T* kernelData(const torch::Tensor& t) {
    return static_cast<T*>(t.data_ptr());
}
template <class T>
constexpr torch::ScalarType kKernelType = std::is_same_v<T, float> ? torch::kFloat : torch::kBFloat16;

// Rounding of one stored result relative to the largest: 2^-24 and a few operations, or 2^-9.
template <class T>
constexpr double kKernelRounding = std::is_same_v<T, float> ? 2e-5 : 8e-3;

template <class T>
torch::Tensor drawnFor(at::IntArrayRef shape, std::uint64_t seed) {
    return torch::randn(shape, seededGenerator(seed)).to(kKernelType<T>);
}

std::string fault(const char* what, const torch::Tensor& x, const torch::Tensor& expected, double rounding) {
    const auto e = expected.detach().to(torch::kDouble);
    const double worst = (x.to(torch::kDouble) - e).abs().max().item<double>();
    const double allowed = rounding * (1e-3 + e.abs().max().item<double>());
    if (worst <= allowed) return "";
    return std::string(what) + " is off by " + std::to_string(worst) + ", allowed " + std::to_string(allowed);
}

#define SAME_AS(...)                                        \
    do {                                                    \
        const std::string kernelFault = fault(__VA_ARGS__); \
        QVERIFY2(kernelFault.empty(), kernelFault.c_str()); \
    } while (false)

// One sample [pixels, channels] through the norm and back.
template <class T, class Forward, class Backward>
void compareGroupNorm(Forward forward, Backward backward, int pixels, int channels, int groups, bool silu,
                      bool shifted) {
    constexpr double epsilon = 1e-5;
    const auto x = drawnFor<T>({pixels, channels}, 1) * 2 + 0.5, dy = drawnFor<T>({pixels, channels}, 2);
    const auto shift = torch::randn({channels}, seededGenerator(3)),
               gamma = torch::randn({channels}, seededGenerator(4)),
               beta = torch::randn({channels}, seededGenerator(5));
    auto mean = torch::zeros({groups}), rstd = torch::zeros({groups});
    auto y = torch::zeros_like(x), dx = torch::zeros_like(x), scratch = torch::zeros({pixels, channels});
    auto dGamma = torch::zeros({channels}), dBeta = torch::zeros({channels}), dShift = torch::zeros({channels});
    GroupNormSample sample;
    sample.pixels = pixels;
    sample.channels = channels;
    sample.groups = groups;
    sample.epsilon = float(epsilon);
    sample.silu = silu;
    sample.shift = shifted ? shift.data_ptr<float>() : nullptr;
    sample.gamma = gamma.data_ptr<float>();
    sample.beta = beta.data_ptr<float>();
    sample.mean = mean.data_ptr<float>();
    sample.rstd = rstd.data_ptr<float>();
    forward(sample, kernelData<T>(x), kernelData<T>(y));
    backward(sample, kernelData<T>(x), kernelData<T>(dy), kernelData<T>(dx),
             {dGamma.data_ptr<float>(), dBeta.data_ptr<float>(), dShift.data_ptr<float>(), scratch.data_ptr<float>()});

    const auto exact = [](const torch::Tensor& t) { return t.to(torch::kDouble).clone().requires_grad_(true); };
    const auto xe = exact(x), se = exact(shift), ge = exact(gamma), be = exact(beta);
    const auto map = (shifted ? xe + se : xe + 0 * se).t().reshape({1, channels, pixels, 1});
    auto out = torch::group_norm(map, groups, ge, be, epsilon);
    if (silu) out = torch::silu(out);
    const auto expected = out.reshape({channels, pixels}).t();
    const auto gradients = torch::autograd::grad({expected}, {xe, ge, be, se}, {dy.to(torch::kDouble)});
    constexpr double rounding = kKernelRounding<T>;
    SAME_AS("forward", y, expected, rounding);
    SAME_AS("gradient of x", dx, gradients[0], rounding);
    SAME_AS("gradient of gamma", dGamma, gradients[1], rounding);
    SAME_AS("gradient of beta", dBeta, gradients[2], rounding);
    if (shifted) SAME_AS("gradient of the shift", dShift, gradients[3], rounding);
}

template <class T, class Sum, class Down, class Up>
void compareElementwise(Sum sum, Down down, Up up) {
    constexpr double rounding = kKernelRounding<T>;
    // Lengths that fill no vector register evenly.
    const auto a = drawnFor<T>({1003}, 6), b = drawnFor<T>({1003}, 7);
    auto y = torch::zeros_like(a);
    sum(kernelData<T>(a), kernelData<T>(b), 0.7f, kernelData<T>(y), a.numel());
    SAME_AS("scaled sum", y, (a.to(torch::kDouble) + b.to(torch::kDouble)) * double(0.7f), rounding);
    const int height = 6, width = 4, channels = 19;
    const auto x = drawnFor<T>({height, width, channels}, 8);
    const auto map = x.to(torch::kDouble).permute({2, 0, 1}).unsqueeze(0);
    auto half = torch::zeros({height / 2, width / 2, channels}, kKernelType<T>);
    down(kernelData<T>(x), height, width, channels, 0.25f, kernelData<T>(half));
    SAME_AS("box", half, torch::avg_pool2d(map, 2)[0].permute({1, 2, 0}), rounding);
    auto twice = torch::zeros({2 * height, 2 * width, channels}, kKernelType<T>);
    up(kernelData<T>(x), height, width, channels, 0.5f, kernelData<T>(twice));
    const auto repeated = map.repeat_interleave(2, 2).repeat_interleave(2, 3)[0].permute({1, 2, 0}) * 0.5;
    SAME_AS("repetition", twice, repeated, rounding);
}

}  // namespace

class FusedKernelsTest : public QObject {
    Q_OBJECT

    static void addSets() {
        QTest::addColumn<QString>("name");
        for (const auto* kernels : availableKernels()) QTest::newRow(kernels->name) << QString(kernels->name);
    }

private Q_SLOTS:
    void groupNormEqualsLibTorch_data() { addSets(); }
    void groupNormEqualsLibTorch() {
        QFETCH(QString, name);
        const auto& k = kernelsNamed(name.toStdString());
        struct Size {
            int pixels, channels, groups;
        };
        for (const auto& [pixels, channels, groups] : {Size{49, 64, 16}, Size{35, 24, 6}, Size{1, 12, 3}})
            for (const bool silu : {false, true})
                for (const bool shifted : {false, true}) {
                    compareGroupNorm<float>(k.groupNormForwardF32, k.groupNormBackwardF32, pixels, channels, groups,
                                            silu, shifted);
                    compareGroupNorm<Bf16>(k.groupNormForwardBf16, k.groupNormBackwardBf16, pixels, channels, groups,
                                           silu, shifted);
                }
    }

    void sumsAndResamplingEqualLibTorch_data() { addSets(); }
    void sumsAndResamplingEqualLibTorch() {
        QFETCH(QString, name);
        const auto& k = kernelsNamed(name.toStdString());
        compareElementwise<float>(k.scaledSumF32, k.boxDownF32, k.repeatUpF32);
        compareElementwise<Bf16>(k.scaledSumBf16, k.boxDownBf16, k.repeatUpBf16);
    }

    void theBestSetIsTakenUnlessOneIsNamed() {
        const auto all = availableKernels();
        QCOMPARE(QString(all.front()->name), QString("base"));
        QCOMPARE(&kernelsNamed(""), all.back());
        QCOMPARE(&kernelsNamed("base"), all.front());
        const auto wanted = qEnvironmentVariable("THAW_KERNELS");
        QCOMPARE(QString(fusedKernels().name), wanted.isEmpty() ? QString(all.back()->name) : wanted);
        const auto says = faultOf([] { kernelsNamed("mmx"); });
        QVERIFY2(says.startsWith("Usage:") && says.contains("'mmx'") && says.contains("base"), qPrintable(says));
    }
};

THAW_TEST(FusedKernelsTest);
#include "fused_kernels_test.moc"
