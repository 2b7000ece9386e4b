// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/fused_ops.h"
#include "core/diffusion/denoiser.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;
using testing::worst;

namespace {

const ForwardMode kFused{torch::kFloat, false};
const ForwardMode kComposed{torch::kFloat, true};

struct Case {
    torch::Tensor x, shift, weight, bias;
};

Case makeCase(std::int64_t n, std::int64_t c, std::int64_t h, std::int64_t w) {
    torch::manual_seed(3);
    Case k{torch::randn({n, c, h, w}) * 2 + 0.7, torch::randn({n, c}), torch::rand({c}) + 0.5, torch::randn({c})};
    for (auto* t : {&k.x, &k.shift, &k.weight, &k.bias}) t->requires_grad_(true);
    return k;
}

}  // namespace

class FusedOpsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupNormAndItsGradientsEqualComposedOperations_data() {
        QTest::addColumn<bool>("silu");
        QTest::addColumn<bool>("shifted");
        QTest::newRow("plain") << false << false;
        QTest::newRow("silu") << true << false;
        QTest::newRow("shift and silu") << true << true;
    }
    void groupNormAndItsGradientsEqualComposedOperations() {
        QFETCH(bool, silu);
        QFETCH(bool, shifted);
        for (const auto& size :
             {std::array<std::int64_t, 4>{3, 32, 14, 14}, {1, 24, 7, 5}, {2, 44, 3, 3}, {5, 8, 1, 1}}) {
            const auto k = makeCase(size[0], size[1], size[2], size[3]);
            const auto shift = shifted ? k.shift : torch::Tensor();
            const auto upstream = torch::randn(k.x.sizes());
            std::vector<torch::Tensor> inputs{k.x, k.weight, k.bias};
            if (shifted) inputs.push_back(k.shift);
            const auto run = [&](const ForwardMode& mode) {
                const auto y = groupNorm(k.x, shift, k.weight, k.bias, size[1] / 4, 1e-6, silu, mode);
                auto all = torch::autograd::grad({y}, inputs, {upstream});
                all.insert(all.begin(), y.detach());
                return all;
            };
            const auto fused = run(kFused), composed = run(kComposed);
            for (std::size_t i = 0; i < fused.size(); ++i)
                QVERIFY2(worst(fused[i], composed[i]) < 2e-4 * (1 + composed[i].abs().max().item<double>()),
                         qPrintable(QString("output %1 differs by %2").arg(i).arg(worst(fused[i], composed[i]))));
        }
    }

    // E[x²] - E[x]² in float would leave nothing of a variance of 1 beside a mean of 3000.
    void groupNormKeepsItsDigitsFarFromZero() {
        torch::manual_seed(4);
        const auto x = torch::randn({2, 32, 28, 28}) + 3000 * torch::randn({2, 8, 1, 1}).repeat_interleave(4, 1);
        const auto one = torch::ones({32}), none = torch::zeros({32});
        const auto found = groupNorm(x, {}, one, none, 8, 1e-6, false, kFused);
        const auto expected =
            torch::group_norm(x.to(torch::kDouble), 8, one.to(torch::kDouble), none.to(torch::kDouble), 1e-6);
        QVERIFY2(worst(found, expected) < 2e-3, qPrintable(QString::number(worst(found, expected))));
    }

    // A fast exponential that cut NaN off would hide a network that has blown up.
    void notANumberAndInfinityStayVisible() {
        for (const auto type : {torch::kFloat, torch::kBFloat16})
            for (const double bad : {double(NAN), double(INFINITY), -double(INFINITY)}) {
                auto x = torch::randn({2, 32, 4, 4}).to(type);
                x[0][3][1][2] = bad;
                const auto y = groupNorm(x, {}, torch::ones({32}), torch::zeros({32}), 8, 1e-6, true, {type, false});
                QVERIFY(y[0].slice(0, 0, 4).isnan().all().item<bool>());
                QVERIFY(y[1].isfinite().all().item<bool>());
            }
    }

    void siluHasItsLimits() {
        auto x = torch::zeros({1, 8, 1, 2});
        const auto bias = torch::tensor({-1e30, -200., -90., -1., 1., 90., 200., 1e30});
        const auto y = groupNorm(x, {}, torch::ones({8}), bias, 8, 1e-6, true, kFused).select(3, 0).flatten();
        const auto expected = torch::silu(bias.to(torch::kDouble));
        QVERIFY(((y - expected).abs() <= 1e-6 * expected.abs() + 1e-7).all().item<bool>());
        QVERIFY(y.isfinite().all().item<bool>());
    }

    void resamplingIsTheAdjointPairOfItself() {
        const auto x = torch::randn({2, 8, 6, 6}).requires_grad_(true);
        for (const bool up : {true, false}) {
            const auto run = [&](const ForwardMode& mode) { return up ? upsample2(x, mode) : downsample2(x, mode); };
            const auto fused = run(kFused), composed = run(kComposed);
            QVERIFY(worst(fused, composed) < 1e-6);
            const auto upstream = torch::randn(fused.sizes());
            QVERIFY(worst(torch::autograd::grad({fused}, {x}, {upstream})[0],
                          torch::autograd::grad({composed}, {x}, {upstream})[0]) < 1e-5);
        }
    }

    void networkGradientsEqualComposedOperations() {
        NetworkConfig config = defaultNetwork(28, 1);
        Denoiser d(config, Preconditioning::Edm);
        d->model->initialise(5);
        torch::manual_seed(6);
        const auto x = torch::randn({3, 1, 28, 28}), sigma = torch::tensor({0.1f, 1.0f, 40.0f});
        const auto run = [&](const ForwardMode& mode) {
            const auto y = d->forward(x, sigma, {}, mode);
            return torch::autograd::grad({(y - 0.3).square().sum()}, d->parameters());
        };
        const auto fused = run(kFused), composed = run(kComposed);
        for (std::size_t i = 0; i < fused.size(); ++i)
            QVERIFY(worst(fused[i], composed[i]) < 1e-3 * (1e-2 + composed[i].abs().max().item<double>()));
    }

    void bfloat16StaysWithinItsRoundingOfFloat() {
        const auto k = makeCase(2, 32, 14, 14);
        torch::NoGradGuard guard;
        const auto exact = groupNorm(k.x, k.shift, k.weight, k.bias, 8, 1e-6, true, kComposed);
        const auto rounded =
            groupNorm(k.x.to(torch::kBFloat16), k.shift, k.weight, k.bias, 8, 1e-6, true, {torch::kBFloat16, false});
        QCOMPARE(rounded.scalar_type(), torch::kBFloat16);
        QVERIFY(worst(exact, rounded) < 0.05);
        QVERIFY((exact - rounded.to(torch::kFloat)).abs().mean().item<double>() < 0.005);
    }

    void composedOperationsCanBeDifferentiatedTwice() {
        const auto k = makeCase(2, 8, 4, 4);
        const auto y = groupNorm(k.x, k.shift, k.weight, k.bias, 2, 1e-6, true, kComposed);
        const auto g = torch::autograd::grad({y.sum()}, {k.x}, {}, true, true)[0];
        const auto gg = torch::autograd::grad({g.square().sum()}, {k.weight})[0];
        QVERIFY(gg.abs().sum().item<double>() > 0);
    }
};

THAW_TEST(FusedOpsTest);
#include "fused_ops_test.moc"
