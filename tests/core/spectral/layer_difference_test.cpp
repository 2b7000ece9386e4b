// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/layer_difference.h"

#include "core/values/significance.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

LayerSweepRequest smallDifference() {
    LayerSweepRequest request;
    request.sigmas = {0.5, 80};
    request.images = 6;
    request.chunk = 4;
    return request;
}

// The same network, one response of which is louder.
Denoiser louder(double factor) {
    auto denoiser = cloneDenoiser(toy::denoiser(), Preconditioning::Edm);
    torch::NoGradGuard noGrad;
    auto parameters = denoiser->model->named_parameters();
    parameters["enc.8x8_conv.weight"].mul_(factor);
    parameters["enc.8x8_conv.bias"].mul_(factor);
    return denoiser;
}

LayerDifferenceTable between(Denoiser a, Denoiser b, const LayerSweepRequest& request = smallDifference()) {
    LayerDifference difference(std::move(a), std::move(b), toy::data(), request, "A", "B");
    runToEnd(difference);
    return difference.value();
}

}  // namespace

class LayerDifferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNetworkDoesNotDifferFromItself() {
        const auto table = between(toy::denoiser(), toy::denoiser());
        for (std::size_t s = 0; s < 2; ++s) {
            const auto cell = table.cell(0, s, 2);
            QCOMPARE(table.difference[cell], 0.0);
            QCOMPARE(table.p[cell], 1.0);
            QCOMPARE(table.q[cell], 1.0);
        }
        QVERIFY(table.images == (std::vector<std::int64_t>{6, 6}));
    }

    void aLouderResponseIsLouderByItsFactorWithCertainty() {
        auto request = smallDifference();
        request.blocks = {"enc.8x8_conv"};
        const auto table = between(louder(2), toy::denoiser(), request);
        for (std::size_t i = 0; i < table.difference.size(); ++i) {
            QVERIFY(std::abs(table.difference[i] - 20 * std::log10(2.0)) < 1e-4);
            QVERIFY(table.t[i] > 1e3 && table.p[i] < 1e-10 && table.q[i] < 1e-10);
        }
        const auto turned = between(toy::denoiser(), louder(2), request);
        for (std::size_t i = 0; i < table.difference.size(); ++i)
            QVERIFY(std::abs(turned.difference[i] + table.difference[i]) < 1e-9);
    }

    void theTestIsThatOfTheImagesOwnDifferences() {
        auto a = toy::denoiser(1), b = toy::denoiser(2);
        auto request = smallDifference();
        request.blocks = {"dec.8x8_block0"};
        request.sigmas = {80};
        const auto table = between(a, b, request);
        const RingPower rings(8, 8);
        std::vector<double> powers[2];
        for (int model = 0; model < 2; ++model)
            probe(model ? b : a, noisyInputs(a->config(), {}, 80, 0, 6), 80,
                  [&](const std::string& name, const torch::Tensor& h) {
                      if (name == "dec.8x8_block0") powers[model] = rings.perImage(h);
                  });
        for (std::size_t k = 0; k < rings.rings(); ++k) {
            std::vector<double> d;
            double mean = 0, squares = 0;
            for (std::size_t n = 0; n < 6; ++n) {
                const auto i = n * rings.allRings() + k;
                d.push_back(10 * std::log10(powers[0][i] / powers[1][i]));
                mean += d.back() / 6;
            }
            for (const double x : d) squares += (x - mean) * (x - mean);
            const auto test = pairedTest(mean, std::sqrt(squares / 5), 6);
            const auto cell = table.cell(0, 0, k);
            QVERIFY(std::abs(table.difference[cell] - mean) < 1e-3);
            QVERIFY(std::abs(table.t[cell] / test.t - 1) < 1e-2);
            QVERIFY(std::abs(table.p[cell] - test.p) < 1e-2 * test.p + 1e-6);
        }
    }

    void nothingIsDecidedBeforeAllImagesAreIn() {
        LayerDifference difference(louder(2), toy::denoiser(), toy::data(), smallDifference());
        for (bool more = true; more;) {
            more = difference.advance();
            const auto table = difference.value();
            const auto cell = table.cell(0, 0, 1);
            QCOMPARE(table.imagesAsked, std::int64_t(6));
            QCOMPARE(table.complete, !more);
            QCOMPARE(table.significant(cell), !more);
            QVERIFY(std::isfinite(table.difference[cell]) && std::isfinite(table.standardError[cell]));
            QVERIFY(std::isnan(table.t[cell]) == more && std::isnan(table.p[cell]) == more &&
                    std::isnan(table.q[cell]) == more);
        }
    }

    // 1.05 is 0.42 dB and 1.07 is 0.59 dB, both with certainty; only the second is called a change.
    void aCertainDifferenceBelowTheFloorIsNoChange() {
        auto request = smallDifference();
        request.blocks = {"enc.8x8_conv"};
        const auto small = between(louder(1.05), toy::denoiser(), request),
                   large = between(toy::denoiser(), louder(1.07), request);
        for (std::size_t cell = 0; cell < small.q.size(); ++cell) {
            QVERIFY(small.q[cell] < 1e-6 && !small.significant(cell));
            QVERIFY(large.q[cell] < 1e-6 && large.difference[cell] < 0 && large.significant(cell));
        }
        auto uncertain = large;
        uncertain.q.assign(uncertain.q.size(), 0.051);
        QVERIFY(!uncertain.significant(0));
        uncertain.q[0] = 0.05;
        QVERIFY(uncertain.significant(0));
    }

    void onlyBlocksOfBothNetworksAreCompared() {
        auto config = toy::network();
        config.numBlocks = 2;
        Denoiser larger(config, Preconditioning::Edm);
        larger->model->initialise(3);
        const auto table = between(larger, toy::denoiser());
        QCOMPARE(table.blocks.size(),
                 std::size_t(std::count_if(table.blocks.begin(), table.blocks.end(), [](const std::string& name) {
                     return name.find("block2") == std::string::npos;
                 })));
        QVERIFY(!table.blocks.empty());
        auto request = smallDifference();
        request.blocks = {"enc.8x8_block1"};
        QVERIFY(faultOf([&] { between(larger, toy::denoiser(), request); }).startsWith("Usage"));
    }

    void modelsOfOtherImagesAreRefused() {
        Denoiser other(toy::network(16), Preconditioning::Edm);
        QVERIFY(faultOf([&] { between(toy::denoiser(), other); }).startsWith("WrongKind"));
    }
};

THAW_TEST(LayerDifferenceTest);
#include "layer_difference_test.moc"
