// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/gan_loss.h"

#include "core/device/compute_device.h"
#include "core/diffusion/noise.h"
#include "core/gan/denoiser_features.h"
#include "core/gan/discriminator.h"
#include "tests/core/finite_difference.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <functional>

using namespace thaw;

namespace {

using Loss = std::function<torch::Tensor(const torch::Tensor&)>;

double gradientError(const Loss& loss, const torch::Tensor& start) {
    const auto x = start.to(torch::kDouble).detach().clone().requires_grad_(true);
    return checkGradient([&] { return loss(x); }, x).worst;
}

torch::Tensor someLogits() {
    torch::manual_seed(4);
    return torch::randn({3, 5}, torch::kDouble) * 2;
}

}  // namespace

class GanLossTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nonSaturatingLossIsTheFormula() {
        const auto l = someLogits();
        const auto expected = torch::log1p(torch::exp(-l)).mean().item<double>();
        QVERIFY(std::abs(generatorLoss({l}, GanLossKind::NonSaturating, LossReduction::Mean).item<double>() -
                         expected) < 1e-12);
        const auto d = discriminatorLoss({l}, {-l}, GanLossKind::NonSaturating, LossReduction::Mean).item<double>();
        QVERIFY(std::abs(d - 2 * torch::log1p(torch::exp(l)).mean().item<double>()) < 1e-12);
    }

    void sumReductionIsMeanTimesSamplesTimesHeads() {
        const auto l = someLogits();
        for (const auto kind : {GanLossKind::NonSaturating, GanLossKind::Hinge}) {
            const auto mean = generatorLoss({l, l * 2}, kind, LossReduction::Mean).item<double>();
            const auto sum = generatorLoss({l, l * 2}, kind, LossReduction::Sum).item<double>();
            QVERIFY(std::abs(sum - mean * 3 * 2) < 1e-10);
        }
    }

    void gradientsAgreeWithFiniteDifferences() {
        for (const auto kind : {GanLossKind::NonSaturating, GanLossKind::Hinge})
            for (const auto reduction : {LossReduction::Mean, LossReduction::Sum}) {
                QVERIFY(gradientError([&](const auto& l) { return generatorLoss({l}, kind, reduction); },
                                      someLogits()) < 1e-7);
                QVERIFY(gradientError(
                            [&](const auto& l) { return discriminatorLoss({l}, {l * 0.5 + 0.1}, kind, reduction); },
                            someLogits()) < 1e-7);
            }
    }

    void r1OfALinearDiscriminatorIsItsSquaredWeight() {
        torch::manual_seed(5);
        const auto w = torch::randn({1, 1, 4, 4}, torch::kDouble);
        const auto x = torch::randn({3, 1, 4, 4}, torch::kDouble).requires_grad_(true);
        const auto penalty = r1Penalty({(x * w).flatten(1)}, x).item<double>();
        QVERIFY(std::abs(penalty - w.square().sum().item<double>()) < 1e-10);
    }

    void r1GradientAgreesWithFiniteDifferencesThroughTheFrozenFeatures_data() {
        QTest::addColumn<bool>("projected");
        QTest::addColumn<int>("classes");
        QTest::newRow("direct") << false << 0;
        QTest::newRow("direct, classes") << false << 3;
        QTest::newRow("projected") << true << 0;
        QTest::newRow("projected, classes") << true << 3;
    }
    void r1GradientAgreesWithFiniteDifferencesThroughTheFrozenFeatures() {
        QFETCH(bool, projected);
        QFETCH(int, classes);
        auto eye = toy::denoiser(2);
        eye->to(torch::kDouble);
        for (auto& p : eye->parameters()) p.set_requires_grad(false);
        DenoiserFeatures features(eye);
        Discriminator d(DiscriminatorImpl::Shape{
            projected ? DiscriminatorKind::Projected : DiscriminatorKind::Direct, {features.levels()}, 8, classes});
        d->initialise(1);
        d->to(torch::kDouble);
        d->eval();  // no power iteration, no batch statistics: the same function every time
        torch::manual_seed(8);
        const auto images = torch::randn({2, 1, 8, 8}, torch::kDouble).requires_grad_(true);
        const auto labels = classes > 0 ? torch::eye(classes, torch::kDouble).slice(0, 0, 2) : torch::Tensor();
        const auto noise = DenoiserFeatures::drawNoise(images, seededGenerator(3));
        const ForwardMode mode{torch::kDouble, true};
        auto target = d->named_parameters()["head0_0.conv0.weight_orig"];
        const auto loss = [&] {
            return r1Penalty(d->forward({features.maps(images, noise, mode)}, labels), images) * 1e4;
        };
        const auto check = checkGradient(loss, target, {0, 7, 50});
        QVERIFY(check.largest > 0);
        QVERIFY2(check.worst < 1e-5 + 1e-3 * check.largest,
                 qPrintable(QString("off by %1 of %2").arg(check.worst).arg(check.largest)));
    }

    void spectralNormKeepsTheLargestSingularValueAtOne() {
        SpectralConv2d conv(8, 16, 3, 1, 1);
        conv->initialise(seededGenerator(6));
        conv->train();
        const auto x = torch::randn({1, 8, 5, 5});
        for (int i = 0; i < 30; ++i) conv->forward(x);
        const auto matrix = conv->weightOrig.detach().flatten(1);
        const auto estimate = torch::dot(conv->weightU, torch::mv(matrix, conv->weightV)).item<double>();
        const auto exact = std::get<1>(torch::linalg_svd(matrix, false))[0].item<double>();
        QVERIFY(std::abs(estimate - exact) < 1e-2 * exact);
    }

    void meanSignTellsWhoIsWinning() {
        QCOMPARE(meanSign({torch::ones({2, 3}), torch::ones({2, 1})}).item<double>(), 1.0);
        QCOMPARE(meanSign({torch::ones({2, 3}), -torch::ones({2, 1})}).item<double>(), 0.0);
    }

    // A share of samples and patches, however large a single logit is.
    void everyLogitHasOneVoteOnTheSign() {
        const auto lost = torch::tensor({{8.0f, -1.0f}, {-1.0f, -1.0f}}),
                   won = torch::tensor({{1.0f, 1.0f, 1.0f, -16.0f}});
        QCOMPARE(meanSign({lost}).item<double>(), -0.5);
        QCOMPARE(meanSign({won}).item<double>(), 0.5);
        QCOMPARE(meanSign({won, torch::ones({2, 3})}).item<double>(), 0.75);
    }
};

THAW_TEST(GanLossTest);
#include "gan_loss_test.moc"
