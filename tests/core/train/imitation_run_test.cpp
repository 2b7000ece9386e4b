// SPDX-License-Identifier: GPL-3.0-or-later

// Fine-tuning by imitation, as whole steps; the objectives themselves are pinned in tests/core/distill.
#include "core/train/finetuner.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class ImitationRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    // Images forward through each network in a step of eight.
    void theCallsOfAStepAreCounted() {
        const auto data = toy::data();
        const auto callsOf = [&](const char* objective, DistillRecipe recipe) {
            auto config = toy::finetuning();
            config.r1.interval = 0;
            config.distill.recipe = recipe;
            config.distill.teacherSteps = 3;
            config.distill.distance = ImageDistance::Features;
            setObjective(config, objective);
            Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
            return trainer.step().calls;
        };
        // Student, teacher, D, features of the distance.
        QVERIFY((callsOf("gan", DistillRecipe::Paper) == NetworkCalls{16, 0, 24, 0}));
        QVERIFY((callsOf("cd", DistillRecipe::Paper) == NetworkCalls{16, 16, 0, 16}));
        QVERIFY((callsOf("regression", DistillRecipe::Paper) == NetworkCalls{8, 40, 0, 16}));
        // Both halves of a jump of PD's first stage are the teacher's Heun steps.
        QVERIFY((callsOf("pd", DistillRecipe::Paper) == NetworkCalls{8, 32, 0, 16}));
        QVERIFY((callsOf("cd,gan", DistillRecipe::Paper) == NetworkCalls{32, 16, 24, 16}));
    }

    // With a decay, CD's target is theta' = mu theta' + (1 - mu) theta; without, the student itself.
    void theTargetDecaysOrIsTheStudent() {
        const auto data = toy::data();
        const auto lossesOf = [&](double decay) {
            auto config = toy::finetuning();
            config.generator.learningRate = 1e-2;
            config.distill.targetDecay = decay;
            setObjective(config, "cd");
            Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
            std::vector<double> losses;
            for (int i = 0; i < 3; ++i) losses.push_back(trainer.step().distillLoss.value());
            return losses;
        };
        const auto none = lossesOf(0), tiny = lossesOf(1e-12), slow = lossesOf(0.99);
        QCOMPARE(slow[0], none[0]);
        QVERIFY(std::abs(tiny[2] - none[2]) < 1e-4 * none[2]);
        QVERIFY(std::abs(slow[2] - none[2]) > 1e-3 * none[2]);
    }

    // Eight pairs a step: two steps see all sixteen, which then are known.
    void everyStepOfRegressionTakesTheNextPairs() {
        const auto data = toy::data();
        auto config = toy::finetuning();
        config.distill.teacherSteps = 3;
        config.distill.pairs = 16;
        setObjective(config, "regression");
        Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
        for (const std::int64_t calls : {40, 40, 0}) QCOMPARE(trainer.step().calls.teacher, calls);
    }

    // The gradient is that of weight times the loss; the curve shows the loss itself.
    void theWeightIsAFactorOfTheGradient() {
        const auto data = toy::data();
        for (const char* objective : {"cd", "regression"}) {
            const auto stepOf = [&](double weight) {
                auto config = toy::finetuning();
                config.distill.teacherSteps = 3;
                config.distill.weight = weight;
                setObjective(config, objective);
                Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
                return trainer.step();
            };
            const auto one = stepOf(1), quarter = stepOf(0.25);
            QVERIFY(one.gradG.value() > 0);
            QVERIFY(std::abs(quarter.gradG.value() - 0.25 * one.gradG.value()) < 1e-4 * one.gradG.value());
            QCOMPARE(quarter.distillLoss.value(), one.distillLoss.value());
        }
    }

    void aConsistencyStudentKnowsOneTime() {
        const auto data = toy::data();
        for (const auto recipe : {DistillRecipe::Paper, DistillRecipe::Release}) {
            auto config = toy::finetuning();
            config.distill.recipe = recipe;
            setObjective(config, "cd");
            Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
            QCOMPARE(trainer.generator()->config().twoTime, recipe == DistillRecipe::Release);
        }
    }

    // PD's learning rate falls to 0 within each stage, so with N = 4 and 8 steps the updates shrink as 1, 3/4, 1/2, 1/4.
    void theRateOfProgressiveDistillationFallsInEachStage() {
        const auto data = toy::data();
        auto config = toy::finetuning();
        setObjective(config, "pd");
        config.distill.timesteps = 4;
        config.kimg = 0.064;
        config.generator = {1e-6, 0, 0, 1e-30, false};  // beta 0: every update is the sign of the gradient
        Finetuner trainer(config, toy::denoiser(), data, toy::cpu());
        const std::string name = "dec.8x8_aux_conv.bias";
        for (const double rate : {1., 0.75, 0.5, 0.25, 1., 0.75, 0.5, 0.25}) {
            const auto before = toy::weights(trainer.generator()).at(name).to(torch::kDouble);
            trainer.step();
            const double moved =
                (toy::weights(trainer.generator()).at(name).to(torch::kDouble) - before).abs().max().item<double>();
            QVERIFY2(std::abs(moved - rate * 1e-6) < 1e-8, qPrintable(QString::number(moved)));
        }
    }
};

THAW_TEST(ImitationRunTest);
#include "imitation_run_test.moc"
