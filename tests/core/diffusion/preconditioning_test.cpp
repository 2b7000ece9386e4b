// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/preconditioning.h"

#include "core/diffusion/denoiser.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

namespace {

bool close(double a, double b, double relative = 1e-6) { return std::abs(a - b) <= relative * std::abs(b); }

NetworkConfig small() {
    NetworkConfig c;
    c.imgResolution = 8;
    c.imgChannels = 1;
    c.modelChannels = 8;
    c.channelMult = {1};
    c.numBlocks = 1;
    c.attnResolutions = {};
    return c;
}

}  // namespace

class PreconditioningTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scalesAtSigma80AreThePublishedOnes() {
        const auto sigma = torch::full({1}, 80.0);
        const auto d2o = preconditioningScales(Preconditioning::D2o, {}, sigma.to(torch::kDouble));
        QVERIFY(close(d2o.cSkip.item<double>(), 3.90629272e-05));
        QVERIFY(close(d2o.cOut.item<double>(), 0.499977735));
        QVERIFY(close(d2o.cIn.item<double>(), 0.0124997559));
        QVERIFY(close(d2o.cNoise.item<double>(), 1.09550666));
        const auto edm = preconditioningScales(Preconditioning::Edm, {}, sigma.to(torch::kDouble));
        QVERIFY(close(edm.cSkip.item<double>(), 3.90609742e-05));
        QVERIFY(close(edm.cOut.item<double>(), 0.499990235));
    }

    void d2oReturnsItsInputAtTheBoundary() {
        const auto s = preconditioningScales(Preconditioning::D2o, {}, torch::full({1}, 0.002, torch::kDouble));
        QCOMPARE(s.cSkip.item<double>(), 1.0);
        QCOMPARE(s.cOut.item<double>(), 0.0);
    }

    void edmScalesKeepUnitVariance() {
        // Inputs of variance sd² + sigma² and targets of variance 1 (Karras et al. 2022, appendix B.6).
        const auto sigma = torch::logspace(-2, 2, 9, 10.0, torch::kDouble);
        const auto s = preconditioningScales(Preconditioning::Edm, {}, sigma);
        const auto variance = (sigma * sigma + 0.25).reshape({-1, 1, 1, 1});
        QVERIFY(torch::allclose(s.cIn * s.cIn * variance, torch::ones_like(variance)));
        const auto target =
            (0.25 * (1 - s.cSkip).square() + (sigma.reshape({-1, 1, 1, 1}) * s.cSkip).square()) / s.cOut.square();
        QVERIFY(torch::allclose(target, torch::ones_like(target)));
    }

    void noiseLevelRangesAreThePublishedOnes() {
        const NetworkConfig c;
        const auto vp = sigmaRange(Preconditioning::Vp, c);
        QVERIFY(close(vp.min, 0.0009765625, 1e-12));
        QVERIFY(close(vp.max, 152.166977));
        const auto ve = sigmaRange(Preconditioning::Ve, c);
        QCOMPARE(ve.min, 0.02);
        QCOMPARE(ve.max, 100.0);
        const auto u = iddpmSigmas(c);
        const auto iddpm = sigmaRange(Preconditioning::Iddpm, c, u);
        QVERIFY(close(iddpm.min, 0.006422337, 1e-6));
        QVERIFY(close(iddpm.max, 20291.144, 2e-6));
        QCOMPARE(u.numel(), std::int64_t(1001));
        QCOMPARE(u[1000].item<float>(), 0.0f);
        QVERIFY((u.slice(0, 0, 1000) > u.slice(0, 1, 1001)).all().item<bool>());
        NetworkConfig own;
        own.sigmaMax = 42;
        QCOMPARE(sigmaRange(Preconditioning::Edm, own).max, 42.0);
    }

    void vpHearsTheTimeOfItsNoiseLevel() {
        for (const double t : {1e-5, 1e-3, 0.1, 0.5, 1.0}) {
            const auto s =
                preconditioningScales(Preconditioning::Vp, {}, torch::tensor({vpSigma({}, t)}, torch::kDouble));
            QVERIFY(close(s.cNoise.item<double>(), 999 * t, 1e-8));
        }
    }

    void iddpmRoundsToItsTableAndCountsFromTheOtherEnd() {
        Denoiser denoiser(small(), Preconditioning::Iddpm);
        const auto u = iddpmSigmas({});
        const double level = u[400].item<double>();
        QCOMPARE(denoiser->roundSigma(level * 1.0001), level);
        QCOMPARE(denoiser->scales(torch::full({1}, level)).cNoise.item<double>(), 999.0 - 400);
        QCOMPARE(Denoiser(small(), Preconditioning::Edm)->roundSigma(1.2345), 1.2345);
    }

    void iddpmDropsThePredictedVariances() {
        auto c = small();
        c.outChannels = 2;
        Denoiser denoiser(c, Preconditioning::Iddpm);
        denoiser->model->initialise(1);
        torch::NoGradGuard guard;
        const auto x = torch::ones({3, 1, 8, 8}), sigma = torch::full({3}, 2.0f);
        const auto d = denoiser->forward(x, sigma);
        QVERIFY(d.sizes() == x.sizes());
        const auto s = denoiser->scales(sigma);
        const auto raw = denoiser->model->forward(s.cIn * x, s.cNoise);
        QCOMPARE(raw.size(1), std::int64_t(2));
        QVERIFY(torch::allclose(d, x - sigma.reshape({-1, 1, 1, 1}) * raw.slice(1, 0, 1)));
    }

    void everyClassNameReadsBack() {
        for (const auto kind : {Preconditioning::Vp, Preconditioning::Ve, Preconditioning::Iddpm, Preconditioning::Edm,
                                Preconditioning::D2o})
            QVERIFY(preconditioningOf(className(kind)) == kind);
        QVERIFY(!preconditioningOf("UnknownPrecond"));
    }
};

THAW_TEST(PreconditioningTest);
#include "preconditioning_test.moc"
