// SPDX-License-Identifier: GPL-3.0-or-later
// A learning rate that is changed during a run acts from the next step on, and goes with the saved state.
#include "core/formats/config_json.h"
#include "core/train/finetuner.h"
#include "core/train/pretrainer.h"
#include "core/train/training_state.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>
#include <map>

using namespace thaw;

namespace {

using Weights = std::map<std::string, torch::Tensor>;

// The farthest that any weight moved.
double farthest(const Weights& before, const Weights& after) {
    double all = 0;
    for (const auto& [name, tensor] : after) all = std::max(all, (tensor - before.at(name)).abs().max().item<double>());
    return all;
}

Weights headsOf(Finetuner& trainer) {
    const QTemporaryDir folder;
    trainer.save(folder.path().toStdString());
    Weights heads;
    for (const auto& [name, tensor] : readTrainingState(folder.path().toStdString()).part("d")) heads[name] = tensor;
    return heads;
}

PretrainConfig plainPretraining() {
    PretrainConfig config;
    config.kimg = 100;
    config.batch = 8;
    config.warmUpKimg = 0;
    config.decayFraction = 0;
    config.network = toJson(toy::network());
    return config;
}

}  // namespace

class LearningRateTest : public QObject {
    Q_OBJECT
    const Dataset data_ = toy::data();

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // Adam's first step of a weight with gradient g is -r·g/(|g| + epsilon): r against the gradient's sign.
    void theNextStepHasTheNewRate() {
        constexpr double kG = 3e-3, kD = 2e-3;
        Finetuner trainer(toy::finetuning(), toy::denoiser(), data_, toy::cpu());
        trainer.setRates(kG, kD);
        const auto before = toy::weights(trainer.generator());
        const auto heads = headsOf(trainer);
        trainer.step();
        QVERIFY(std::abs(farthest(before, toy::weights(trainer.generator())) / kG - 1) < 1e-3);
        // Lazy R1 every 2 steps takes two thirds of D's rate.
        QVERIFY(std::abs(farthest(heads, headsOf(trainer)) / (kD * 2 / 3) - 1) < 1e-3);
    }

    // Two runs that were one until then: the moments are kept, so that the same gradient moves a weight twice as far.
    void theStateOfTheOptimiserIsKept() {
        auto config = toy::finetuning();
        Finetuner same(config, toy::denoiser(), data_, toy::cpu()), other(config, toy::denoiser(), data_, toy::cpu());
        for (auto* trainer : {&same, &other})
            for (int i = 0; i < 2; ++i) trainer->step();
        other.setRates(2 * config.generator.learningRate, {});
        const auto before = toy::weights(same.generator());
        for (auto* trainer : {&same, &other}) trainer->step(StepPart::Generator);
        const auto once = toy::weights(same.generator()), twice = toy::weights(other.generator());
        for (const auto& [name, tensor] : before)
            QVERIFY2(torch::allclose(twice.at(name) - tensor, 2 * (once.at(name) - tensor), 1e-4, 5e-7), name.c_str());
        QVERIFY(farthest(before, once) > 1e-5);
        QCOMPARE(other.config().discriminator.learningRate, config.discriminator.learningRate);
    }

    void theSavedStateHasIt() {
        const QTemporaryDir folder;
        Finetuner trainer(toy::finetuning(), toy::denoiser(), data_, toy::cpu());
        trainer.step();
        trainer.setRates({}, 7e-4);
        trainer.save(folder.path().toStdString());
        const auto saved =
            finetuneConfigFromJson(readTrainingState(folder.path().toStdString()).configJson, {}, "state");
        QCOMPARE(saved.discriminator.learningRate, 7e-4);
        QCOMPARE(saved.generator.learningRate, toy::finetuning().generator.learningRate);
    }

    void whatIsNoRateIsRefusedAndChangesNothing() {
        Finetuner trainer(toy::finetuning(), toy::denoiser(), data_, toy::cpu());
        const double nan = std::nan(""), infinite = INFINITY;
        for (const double rate : {0.0, -1e-3, 1.5, nan, infinite}) {
            const auto g = faultOf([&] { trainer.setRates(rate, 1e-3); });
            QVERIFY2(g.startsWith("Configuration: ") && g.contains("generator.learning_rate is"), qPrintable(g));
            const auto d = faultOf([&] { trainer.setRates(1e-3, rate); });
            QVERIFY2(d.startsWith("Configuration: ") && d.contains("discriminator.learning_rate is"), qPrintable(d));
        }
        QVERIFY(trainer.config() == toy::finetuning());
        trainer.advance();
        QVERIFY(faultOf([&] { trainer.setRates(1e-3, {}); }).contains("in progress"));
    }

    void aRunWithoutADiscriminatorTakesNoRateForIt() {
        auto config = toy::finetuning();
        QCOMPARE(setObjective(config, "cd"), std::string());
        Finetuner trainer(config, toy::denoiser(), data_, toy::cpu());
        const auto fault = faultOf([&] { trainer.setRates(1e-3, 1e-3); });
        QVERIFY2(fault.contains("the objective cd has no discriminator"), qPrintable(fault));
        QCOMPARE(trainer.config().generator.learningRate, config.generator.learningRate);
        trainer.setRates(1e-3, {});
        QCOMPARE(trainer.config().generator.learningRate, 1e-3);
    }

    void aPreTrainingTakesItAsTheBaseOfItsSchedule() {
        auto config = plainPretraining();
        config.warmUpKimg = 0.016;  // two steps
        Pretrainer trainer(config, data_, toy::cpu());
        trainer.setRate(4e-3);
        QVERIFY(std::abs(trainer.learningRate() - 2e-3) < 1e-15);
        trainer.step();
        QVERIFY(std::abs(trainer.learningRate() - 4e-3) < 1e-15);
        QVERIFY(faultOf([&] { trainer.setRate(0); }).contains("adam.learning_rate is 0"));
        QVERIFY(std::abs(trainer.learningRate() - 4e-3) < 1e-15);
    }

    // A pre-training goes on with its own config.json, which has the rate it began with.
    void aPreTrainingThatGoesOnHasTheRateItWasGiven() {
        const QTemporaryDir changed, unchanged;
        const auto config = plainPretraining();
        Pretrainer trainer(config, data_, toy::cpu());
        trainer.step();
        trainer.save(unchanged.path().toStdString());
        trainer.setRate(4e-3);
        trainer.step();
        trainer.save(changed.path().toStdString());
        trainer.step();

        Pretrainer next(config, data_, toy::cpu());
        next.load(changed.path().toStdString());
        QCOMPARE(next.learningRate(), 4e-3);
        next.step();
        const auto a = toy::weights(trainer.ema()), b = toy::weights(next.ema());
        for (const auto& [name, tensor] : a) QVERIFY2(torch::equal(tensor, b.at(name)), name.c_str());

        auto edited = config;  // by hand, before it goes on
        edited.adam.learningRate = 2e-4;
        Pretrainer plain(edited, data_, toy::cpu());
        plain.load(unchanged.path().toStdString());
        QCOMPARE(plain.learningRate(), 2e-4);
    }
};

THAW_TEST(LearningRateTest);
#include "learning_rate_test.moc"
