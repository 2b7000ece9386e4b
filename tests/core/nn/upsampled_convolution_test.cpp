// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/upsampled_convolution.h"
#include "core/nn/layers.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;
using testing::worst;

namespace {

struct Operands {
    torch::Tensor x, weight, bias;
    std::vector<torch::Tensor> all() const { return {x, weight, bias}; }
};

Operands drawn(std::int64_t height, std::int64_t width, torch::ScalarType type) {
    torch::manual_seed(7);
    const auto options = torch::TensorOptions(type).requires_grad(true);
    return {torch::randn({3, 5, height, width}, options), torch::randn({4, 5, 3, 3}, options),
            torch::randn({4}, options)};
}

torch::Tensor theLongWay(const Operands& o) {
    return torch::conv2d(o.x.repeat_interleave(2, 2).repeat_interleave(2, 3), o.weight, o.bias, 1, 1);
}

}  // namespace

class UpsampledConvolutionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsTheConvolutionOfTheRepeatedMapAndSoDoItsGradients_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("square") << 7 << 7;
        QTest::newRow("wide") << 3 << 8;
        QTest::newRow("one pixel") << 1 << 1;
    }
    void equalsTheConvolutionOfTheRepeatedMapAndSoDoItsGradients() {
        QFETCH(int, height);
        QFETCH(int, width);
        const auto o = drawn(height, width, torch::kDouble);
        const auto plain = theLongWay(o), ours = upsampledConvolution(o.x, o.weight, o.bias);
        QCOMPARE(ours.sizes(), plain.sizes());
        QVERIFY(worst(ours, plain) < 1e-12);
        const auto upstream = torch::randn(plain.sizes(), torch::kDouble);
        const auto expected = torch::autograd::grad({plain}, o.all(), {upstream});
        const auto found = torch::autograd::grad({ours}, o.all(), {upstream});
        for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(worst(found[i], expected[i]) < 1e-11);
    }

    void foldsTheTapsThatMeetTheSamePixel() {
        const auto w = phaseWeights(torch::arange(1, 10, torch::kFloat).reshape({1, 1, 3, 3}));
        QCOMPARE(w.sizes(), torch::IntArrayRef({4, 1, 2, 2}));
        // Taps 1 to 9 in reading order. Going up by (0, 0), tap 1 alone meets the pixel above and to the left.
        QVERIFY(torch::equal(w[0][0], torch::tensor({{1.f, 2.f + 3}, {4.f + 7, 5.f + 6 + 8 + 9}})));
        QVERIFY(torch::equal(w[1][0], torch::tensor({{1.f + 2, 3.f}, {4.f + 5 + 7 + 8, 6.f + 9}})));
        QVERIFY(torch::equal(w[2][0], torch::tensor({{1.f + 4, 2.f + 3 + 5 + 6}, {7.f, 8.f + 9}})));
        QVERIFY(torch::equal(w[3][0], torch::tensor({{1.f + 2 + 4 + 5, 3.f + 6}, {7.f + 8, 9.f}})));
    }

    void bfloat16StaysWithinItsRounding() {
        const auto o = drawn(14, 14, torch::kFloat);
        const torch::NoGradGuard guard;
        const auto plain = theLongWay(o);
        const auto ours = upsampledConvolution(o.x.to(torch::kBFloat16), o.weight, o.bias);
        QCOMPARE(ours.scalar_type(), torch::kBFloat16);
        // Inputs, weights and result are rounded to 8 bits each: 2^-8 of the size of the terms.
        QVERIFY(worst(ours, plain) < 3 * plain.abs().max().item<double>() / 256);
    }

    // The two ways that a network may take through its resampling convolutions.
    void aConvolutionGoingUpIsTheSameOnEveryPath() {
        for (const std::int64_t kernel : {3, 1}) {
            Conv2d up(Conv2dConfig{6, 4, kernel, Resampling::Up});
            {
                const torch::NoGradGuard guard;
                up->weight.normal_();
                up->bias.normal_();
            }
            const auto x = torch::randn({2, 6, 5, 4}).requires_grad_(true);
            const auto fast = up->forward(x, {torch::kFloat, false}), plain = up->forward(x, {torch::kFloat, true});
            QCOMPARE(fast.sizes(), plain.sizes());
            QVERIFY(worst(fast, plain) < 1e-5);
            const auto upstream = torch::randn(plain.sizes());
            const std::vector<torch::Tensor> inputs{x, up->weight, up->bias};
            const auto expected = torch::autograd::grad({plain}, inputs, {upstream});
            const auto found = torch::autograd::grad({fast}, inputs, {upstream});
            for (std::size_t i = 0; i < expected.size(); ++i) QVERIFY(worst(found[i], expected[i]) < 1e-3);
        }
    }
};

THAW_TEST(UpsampledConvolutionTest);
#include "upsampled_convolution_test.moc"
