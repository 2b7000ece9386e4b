// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/denoiser_features.h"
#include "core/gan/gan_loss.h"
#include "core/train/finetuner.h"
#include "core/train/student.h"
#include "tests/core/conditional_toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

FinetuneConfig conditionalFinetuning() {
    FinetuneConfig config;
    config.kimg = 0.1;
    config.batch = 8;
    config.seed = 3;
    config.r1.interval = 0;
    config.reduction = LossReduction::Mean;
    config.precision = Precision::Float32;
    return config;
}

}  // namespace

class ClassLabelsOfCriticTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void theFrozenEncoderIsToldTheClassOfEachImage() {
        auto network = toy::conditional();
        DenoiserFeatures features(network);
        const auto images = torch::randn({3, 1, 8, 8}, at::make_generator<at::CPUGeneratorImpl>(1));
        const auto noise = DenoiserFeatures::drawNoise(images, at::make_generator<at::CPUGeneratorImpl>(2));
        const auto maps = features.maps(images, noise, {}, toy::oneHotOf({0, 1, 2}));
        for (int index = 0; index < toy::kClasses; ++index) {
            DenoiserFeatures plain(toy::toldOneClass(network, index));
            const auto expected = plain.maps(images, noise, {});
            for (std::size_t level = 0; level < expected.size(); ++level)
                QVERIFY(maps[level][index].allclose(expected[level][index], 1e-4, 1e-5));
            QVERIFY(!maps[0][(index + 1) % 3].allclose(expected[0][(index + 1) % 3], 1e-2, 1e-3));
        }
    }

    // D sees the reals with their own labels and the fakes with those G was told; G's loss likewise.
    void bothPlayersPassTheLabelsOn() {
        const auto config = conditionalFinetuning();
        const auto data = toy::labelledData();
        const auto original = toy::conditional();
        BatchStream batches(data, config.seed, config.batch, config.xflip);
        const auto real = batches.batch(0), labels = batches.labels(0, toy::kClasses);
        QVERIFY(labels.sum(0).max().item<double>() < config.batch);  // not all of one class
        const ForwardMode mode = toy::cpu().training();
        auto student = makeStudent(original, config);
        const auto latents = [&](Purpose purpose) {
            return torch::randn({config.batch, 1, 8, 8}, stepGenerator(config.seed, 0, purpose));
        };
        // With gradients, as in a step: without them spectral norms take no power iteration.
        {
            Critic critic(config, original, torch::kCPU);
            const auto z = latents(Purpose::Latents);
            const auto look = critic.draw(z, stepGenerator(config.seed, 0, Purpose::Features));
            const auto fake = studentImages(student, z, config, labels, mode);
            const auto logits = critic.heads->forward(critic.features(fake, look, mode, labels), labels, true);
            const double expected = generatorLoss(logits, config.loss, config.reduction).item<double>();
            const auto blind = critic.heads->forward(critic.features(fake, look, mode), labels, true);
            QVERIFY(std::abs(generatorLoss(blind, config.loss, config.reduction).item<double>() - expected) > 1e-4);
            QVERIFY(std::abs(trained(config, original, data, StepPart::Generator).gLoss.value() - expected) < 1e-5);
        }
        Critic critic(config, original, torch::kCPU);
        const auto z = latents(Purpose::LatentsForD);
        const auto generator = stepGenerator(config.seed, 0, Purpose::FeaturesForD);
        const auto fakeLook = critic.draw(z, generator), realLook = critic.draw(z, generator);
        const auto made = studentImages(student, z, config, labels, mode);
        const auto fake = critic.heads->forward(critic.features(made, fakeLook, mode, labels), labels, true);
        const auto genuine = critic.heads->forward(critic.features(real, realLook, mode, labels), labels, true);
        const double expected = discriminatorLoss(fake, genuine, config.loss, config.reduction).item<double>();
        const auto metrics = trained(config, original, data, StepPart::Discriminator);
        QVERIFY(std::abs(metrics.dLoss.value() - expected) < 1e-5);
        QVERIFY(std::abs(metrics.fakeLogit.value() - meanLogit(fake).item<double>()) < 1e-5);
        QVERIFY(std::abs(metrics.realLogit.value() - meanLogit(genuine).item<double>()) < 1e-5);
        // A change that a forgotten label would make is far beyond these tolerances.
        const auto blind = critic.heads->forward(critic.features(real, realLook, mode), labels, false);
        QVERIFY(std::abs(meanLogit(blind).item<double>() - meanLogit(genuine).item<double>()) > 1e-4);
    }

private:
    static StepMetrics trained(const FinetuneConfig& config, const Denoiser& original, const Dataset& data,
                               StepPart part) {
        const torch::AutoGradMode withGradient(true);
        Finetuner trainer(config, original, data, toy::cpu());
        return trainer.step(part);
    }
};

THAW_TEST(ClassLabelsOfCriticTest);
#include "class_labels_of_critic_test.moc"
