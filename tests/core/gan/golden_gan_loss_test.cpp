// SPDX-License-Identifier: GPL-3.0-or-later
// Case 02 of tests/golden/training: both losses of the GAN, both reductions, and their gradients.
#include "core/gan/gan_loss.h"
#include "tests/core/golden_case.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

class GoldenGanLossTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lossesAndGradientsMatchReference_data() {
        QTest::addColumn<QString>("loss");
        QTest::newRow("non-saturating") << "ns";
        QTest::newRow("hinge") << "hinge";
    }
    void lossesAndGradientsMatchReference() {
        QFETCH(QString, loss);
        const auto name = loss.toStdString();
        const auto kind = name == "ns" ? GanLossKind::NonSaturating : GanLossKind::Hinge;
        const GoldenCase golden("02_gan_losses");
        std::vector<torch::Tensor> fake, real;
        for (int b = 0; golden.has("fake" + std::to_string(b)); ++b) {
            fake.push_back(golden.at("fake" + std::to_string(b)).clone().requires_grad_(true));
            real.push_back(golden.at("real" + std::to_string(b)).clone().requires_grad_(true));
        }
        QVERIFY(!fake.empty());
        const auto g = generatorLoss(fake, kind, LossReduction::Sum);
        const auto d = discriminatorLoss(fake, real, kind, LossReduction::Sum);
        GOLDEN(golden, name + ".generator.sum", g);
        GOLDEN(golden, name + ".discriminator.sum", d);
        GOLDEN(golden, name + ".generator.mean", generatorLoss(fake, kind, LossReduction::Mean));
        GOLDEN(golden, name + ".discriminator.mean", discriminatorLoss(fake, real, kind, LossReduction::Mean));
        const auto ofG = torch::autograd::grad({g}, fake), dOfFake = torch::autograd::grad({d}, fake, {}, true),
                   dOfReal = torch::autograd::grad({d}, real);
        for (std::size_t b = 0; b < fake.size(); ++b) {
            const auto number = std::to_string(b);
            GOLDEN(golden, name + ".generator.sum.gradient_fake" + number, ofG[b]);
            GOLDEN(golden, name + ".discriminator.sum.gradient_fake" + number, dOfFake[b]);
            GOLDEN(golden, name + ".discriminator.sum.gradient_real" + number, dOfReal[b]);
        }
    }
};

THAW_TEST(GoldenGanLossTest);
#include "golden_gan_loss_test.moc"
