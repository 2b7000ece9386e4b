// SPDX-License-Identifier: GPL-3.0-or-later

// R1 is made of parts of the batch, for memory's sake; the parts are the batch's.
#include "core/gan/gan_loss.h"
#include "core/train/critic.h"
#include "core/train/finetuner.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class PenaltyPartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // 20 images go in parts of 8, 8 and 4.
    void thePenaltyOfUnevenPartsIsThatOfTheBatch() {
        const auto data = toy::data();
        const auto original = toy::denoiser();
        auto config = toy::finetuning();
        config.batch = 20;
        config.r1.interval = 1;
        config.discriminator.learningRate = 1e-12;  // D is the same when R1 looks through it
        Finetuner trainer(config, original, data, toy::cpu());
        const double found = trainer.step(StepPart::Discriminator).r1.value();

        auto frozen = cloneDenoiser(original, original->kind());
        frozen->eval();
        Critic critic(config, frozen, torch::kCPU);
        BatchStream batches(data, config.seed, config.batch, config.xflip);
        const auto images = batches.batch(0).requires_grad_(true);
        const auto look = critic.draw(images.detach(), stepGenerator(config.seed, 0, Purpose::Penalty), false);
        // Its spectral norms have iterated over fakes and reals by then.
        for (int i = 0; i < 2; ++i) critic.logits(images, look, {}, ComputeDevice::penalty(), true);
        const auto logits = critic.logits(images, look, {}, ComputeDevice::penalty(), true);
        const auto each = r1Penalties(logits, images);
        const double expected = each.mean().item<double>();
        QVERIFY2(std::abs(found - expected) < 1e-5 * expected, qPrintable(QString("%1 %2").arg(found).arg(expected)));
        // Images that were left out, or parts that counted alike, would show.
        QVERIFY(std::abs(each.slice(0, 0, 16).mean().item<double>() - expected) > 1e-3 * expected);
        const auto parts = (each.slice(0, 0, 8).mean() + each.slice(0, 8, 16).mean() + each.slice(0, 16).mean()) / 3;
        QVERIFY(std::abs(parts.item<double>() - expected) > 1e-3 * expected);
    }
};

THAW_TEST(PenaltyPartsTest);
#include "penalty_parts_test.moc"
