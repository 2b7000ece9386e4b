// SPDX-License-Identifier: GPL-3.0-or-later

// What a GPU asks of every kind of step, told by a device that has its manners (tests/core/other_device.h) and, where there
// is one, by a GPU: nothing on two devices meets, no step waits, and what comes out is what the CPU computes.
#include "core/train/ema.h"
#include "core/train/finetuner.h"
#include "core/train/pretrainer.h"
#include "tests/core/conditional_toy.h"
#include "tests/core/faults.h"
#include "tests/core/other_device.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

constexpr int kSteps = 3;

struct DeviceStepCase {
    const char* name;
    const char* objective;
    void (*change)(FinetuneConfig&);
    bool labelled = false;
};

const std::vector<DeviceStepCase>& stepCases() {
    static const std::vector<DeviceStepCase> all{
        {"GAN", "gan", [](FinetuneConfig&) {}},
        {"GAN with classes", "gan", [](FinetuneConfig&) {}, true},
        {"hinge, summed", "gan",
         [](FinetuneConfig& c) {
             c.loss = GanLossKind::Hinge;
             c.reduction = LossReduction::Sum;
         }},
        {"projected", "gan", [](FinetuneConfig& c) { c.discriminatorKind = DiscriminatorKind::Projected; }},
        {"augmented, not adaptive", "gan",
         [](FinetuneConfig& c) {
             c.augment.p = 0.5;
             c.augment.target = 0;
         }},
        {"micro-batches", "gan",
         [](FinetuneConfig& c) {
             c.batch = 16;
             c.microBatch = 8;
         }},
        {"dropout", "gan",
         [](FinetuneConfig& c) {
             c.dropout = 0.2;
             c.labelDropout = 0.3;
         },
         true},
        {"two steps", "gan", [](FinetuneConfig& c) { c.studentSteps = 2; }},
        {"RAdam", "gan", [](FinetuneConfig& c) { c.generator.rectified = true; }},
        {"regression", "regression", [](FinetuneConfig&) {}, true},
        {"PD", "pd", [](FinetuneConfig&) {}},
        {"CD", "cd", [](FinetuneConfig& c) { c.distill.targetDecay = 0.5; }, true},
        {"CTM", "ctm", [](FinetuneConfig& c) { c.distill.targetDecay = 0.5; }},
        {"PD as released", "pd", [](FinetuneConfig& c) { c.distill.recipe = DistillRecipe::Release; }},
        {"CD as released, with GAN", "cd,gan", [](FinetuneConfig& c) { c.distill.recipe = DistillRecipe::Release; }},
        {"CTM as released", "ctm", [](FinetuneConfig& c) { c.distill.recipe = DistillRecipe::Release; }},
        {"RCD, squared distance", "rcd", [](FinetuneConfig& c) { c.distill.distance = ImageDistance::L2; }},
    };
    return all;
}

FinetuneConfig configOf(const DeviceStepCase& what) {
    auto config = toy::finetuning();
    config.distill.distance = ImageDistance::Features;
    config.distill.timesteps = 8;
    config.distill.teacherSteps = 3;
    config.distill.pairs = 16;
    what.change(config);
    setObjective(config, what.objective);
    return config;
}

std::unique_ptr<Finetuner> trainerOf(const DeviceStepCase& what, torch::Device device, const Dataset& data) {
    const auto original = what.labelled ? toy::conditional() : toy::denoiser();
    return std::make_unique<Finetuner>(configOf(what), original, data, ComputeDevice{device, torch::kFloat, 1});
}

std::vector<StepMetrics> stepsOf(Finetuner& trainer) {
    std::vector<StepMetrics> all;
    for (int i = 0; i < kSteps; ++i) {
        while (!trainer.advance()) {
        }
        for (const auto& metrics : trainer.takeMetrics()) all.push_back(metrics);
    }
    return all;
}

double sumOf(const Denoiser& denoiser) {
    double sum = 0;
    for (const auto& parameter : denoiser->parameters()) sum += parameter.sum().item<double>();
    return sum;
}

bool near(std::optional<double> a, std::optional<double> b, double relative) {
    if (!a || !b) return a.has_value() == b.has_value();
    return std::abs(*a - *b) <= relative * std::max({std::abs(*a), std::abs(*b), 0.1});
}

}  // namespace

class StepsOnDeviceTest : public QObject {
    Q_OBJECT

    static void rows() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("device");
        for (const auto& device : elsewhere::devices())
            for (std::size_t i = 0; i < stepCases().size(); ++i)
                QTest::newRow((std::string(stepCases()[i].name) + " on " + device.str()).c_str())
                    << int(i) << QString(device.str().c_str());
    }

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void aStepIsTheCpusAndWaitsForNothing_data() { rows(); }
    void aStepIsTheCpusAndWaitsForNothing() {
        QFETCH(int, index);
        QFETCH(QString, device);
        const auto& what = stepCases()[std::size_t(index)];
        const auto data = what.labelled ? toy::labelledData(64) : toy::data();
        const auto here = trainerOf(what, torch::kCPU, data);
        const auto there = trainerOf(what, torch::Device(device.toStdString()), data);
        const auto expected = stepsOf(*here);
        QCOMPARE(expected.size(), std::size_t(kSteps));
        std::vector<StepMetrics> found;
        {
            const elsewhere::NoWaiting guard;
            found = stepsOf(*there);
        }
        // The last one's numbers come with the next step, or when they are waited for.
        QCOMPARE(found.size(), std::size_t(kSteps - 1));
        there->settle();
        for (const auto& metrics : there->takeMetrics()) found.push_back(metrics);
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            QCOMPARE(found[i].step, std::int64_t(i) + 1);
            // Adam turns rounding into steps of its learning rate, so later steps agree less.
            const double relative = i == 0 ? 2e-4 : 2e-2;
            for (const auto& field : kStepFields)
                QVERIFY2(near(found[i].*field.value, expected[i].*field.value, relative),
                         qPrintable(QStringLiteral("%1 of step %2: %3, on the CPU %4")
                                        .arg(field.key)
                                        .arg(i + 1)
                                        .arg((found[i].*field.value).value_or(-1))
                                        .arg((expected[i].*field.value).value_or(-1))));
            QCOMPARE(found[i].sanitisedGradients, std::int64_t(0));
            QVERIFY(found[i].calls == expected[i].calls);
            QCOMPARE(found[i].blockGradients.size(), expected[i].blockGradients.size());
            for (std::size_t b = 0; b < found[i].blockGradients.size(); ++b)
                QCOMPARE(found[i].blockGradients[b].block, expected[i].blockGradients[b].block);
        }
    }

    // An adaptive probability is a number of the host's: it is asked for every fourth step, and then is the CPU's.
    void anAdaptiveProbabilityWaitsEveryFourthStep() {
        const auto data = toy::data();
        auto config = toy::finetuning();
        config.augment.p = 0.3;
        config.augment.target = 0.6;
        config.r1.interval = 0;
        Finetuner here(config, toy::denoiser(), data, toy::cpu());
        Finetuner there(config, toy::denoiser(), data, {elsewhere::kDevice, torch::kFloat, 1});
        for (int i = 1; i <= 8; ++i) {
            const auto expected = here.step();
            elsewhere::resetWaits();
            while (!there.advance()) {
            }
            QCOMPARE(elsewhere::waits().all(), std::int64_t(i % 4 == 0 ? 1 : 0));
            there.settle();
            QCOMPARE(there.takeMetrics().at(0).augmentP, expected.augmentP);
        }
    }

    // On the CPU a step's numbers are there before the average takes it in.
    void theAverageNeverSeesAStepThatDiverged() {
        const auto data = toy::data();
        Finetuner trainer(toy::finetuning(), toy::denoiser(), data, toy::cpu());
        trainer.step();
        const auto before = toy::weights(trainer.ema());
        {
            const torch::NoGradGuard guard;
            trainer.generator()->parameters().back().fill_(std::numeric_limits<float>::quiet_NaN());
        }
        const auto fault = faultOf([&] { trainer.step(); });
        QVERIFY2(fault.startsWith("Diverged"), qPrintable(fault));
        for (const auto& [name, tensor] : toy::weights(trainer.ema())) QVERIFY(torch::equal(tensor, before.at(name)));
    }

    void aLossThatIsNotFiniteIsFoundOutOneStepLaterAndNothingIsSaved() {
        const auto data = toy::data();
        auto config = toy::finetuning();
        config.r1.interval = 0;
        Finetuner trainer(config, toy::denoiser(), data, {elsewhere::kDevice, torch::kFloat, 1});
        trainer.step();
        {
            const torch::NoGradGuard guard;
            trainer.generator()->parameters().back().fill_(std::numeric_limits<float>::quiet_NaN());
        }
        while (!trainer.advance()) {
        }
        QTemporaryDir folder;
        const auto fault = faultOf([&] { trainer.save(folder.path().toStdString()); });
        QVERIFY2(fault.startsWith("Diverged: The generator's loss became nan at step 2."), qPrintable(fault));
        QVERIFY(QDir(folder.path()).isEmpty());
        const auto later = faultOf([&] {
            while (!trainer.advance()) {
            }
        });
        QVERIFY2(later.startsWith("Diverged: The generator's loss became nan at step 2."), qPrintable(later));
    }

    // Saved there and taken up here, a run goes on with the same numbers.
    void aRunMovesBetweenDevices() {
        const auto data = toy::data();
        auto config = toy::finetuning();
        config.kimg = 1;
        QTemporaryDir folder;
        Finetuner there(config, toy::denoiser(), data, {elsewhere::kDevice, torch::kFloat, 1});
        there.step();
        there.step();
        there.save(folder.path().toStdString());
        Finetuner here(config, toy::denoiser(), data, toy::cpu());
        here.load(folder.path().toStdString());
        QCOMPARE(here.steps(), std::int64_t(2));
        const auto a = there.step(), b = here.step();
        QVERIFY(near(a.gLoss, b.gLoss, 2e-4) && near(a.dLoss, b.dLoss, 2e-4) && near(a.gradG, b.gradG, 2e-4));
    }

    void aPreTrainingStepIsTheCpusAndWaitsForNothing_data() {
        QTest::addColumn<bool>("told");
        QTest::newRow("images alone") << false;
        QTest::newRow("classes and augmentation") << true;
    }
    void aPreTrainingStepIsTheCpusAndWaitsForNothing() {
        QFETCH(bool, told);
        const auto data = told ? toy::labelledData() : toy::data();
        PretrainConfig config;
        config.batch = 8;
        config.kimg = 1;
        config.conditional = told;
        config.augment = told ? 0.5 : 0;
        if (!told) config.network = toJson(toy::network());
        for (const auto& device : elsewhere::devices()) {
            Pretrainer here(config, data, toy::cpu()), there(config, data, {device, torch::kFloat, 1});
            std::vector<double> expected, found;
            for (int i = 0; i < kSteps; ++i) expected.push_back(here.step().value());
            {
                const elsewhere::NoWaiting guard;
                for (int i = 0; i < kSteps; ++i)
                    if (const auto loss = there.step()) found.push_back(*loss);
            }
            QCOMPARE(found.size(), std::size_t(kSteps - 1));
            found.push_back(there.settle().value());
            QVERIFY(!there.settle());
            for (int i = 0; i < kSteps; ++i) QVERIFY(near(found[std::size_t(i)], expected[std::size_t(i)], 1e-4));
        }
    }

    void theAverageIsTheCpusAndKeepsEqualWeightsBitForBit() {
        const auto a = toy::denoiser(1), b = toy::denoiser(2);
        auto average = cloneDenoiser(a, a->kind());
        updateEma(*average, *b, 0.9);
        for (const auto& device : elsewhere::devices()) {
            auto there = cloneDenoiser(a, a->kind()), weights = cloneDenoiser(b, b->kind());
            there->to(device);
            weights->to(device);
            updateEma(*there, *weights, 0.9);
            const auto expected = average->parameters(), found = there->parameters();
            for (std::size_t i = 0; i < found.size(); ++i)
                QVERIFY(torch::allclose(found[i].cpu(), expected[i], 1e-6, 1e-7));
            updateEma(*weights, *weights, 0.7);
            const auto same = weights->parameters(), before = b->parameters();
            for (std::size_t i = 0; i < same.size(); ++i) QVERIFY(torch::equal(same[i].cpu(), before[i]));
        }
    }

    // Memory that runs out before a weight has changed leaves the trainer as it was: the step can be taken again.
    void memoryThatRunsOutLosesNothing() {
        const auto data = toy::data();
        auto config = toy::finetuning();
        config.batch = 16;
        config.microBatch = 8;
        config.kimg = 1;
        Finetuner trainer(config, toy::denoiser(), data, {elsewhere::kDevice, torch::kFloat, 1});
        Finetuner whole(config, toy::denoiser(), data, {elsewhere::kDevice, torch::kFloat, 1});
        trainer.step();
        whole.step();
        // Of the first micro-batch the gradients are there already; they belong to the step that is left.
        for (int piece = 0; piece < 3; ++piece) QVERIFY(!trainer.advance());
        {
            const elsewhere::MemoryLimit limit(1 << 14);
            const auto fault = faultOf([&] { trainer.step(); });
            QCOMPARE(fault,
                     QString("OutOfMemory: There is not enough memory on xpu:0 for a training step of 8 images at "
                             "a time."));
        }
        QVERIFY(!trainer.inStep() && trainer.isWhole());
        QTemporaryDir folder;
        trainer.save(folder.path().toStdString());
        const auto a = trainer.step(), b = whole.step();
        QCOMPARE(a.step, std::int64_t(2));
        // D's spectral norms have looked once more than those of a run that had memory enough.
        QVERIFY(near(a.gLoss, b.gLoss, 1e-3) && near(a.dLoss, b.dLoss, 1e-3) && near(a.r1, b.r1, 1e-2));
        QVERIFY(near(a.gradG, b.gradG, 1e-2) && near(a.gradD, b.gradD, 1e-2));
    }

    void memoryThatRunsOutInTheMiddleOfAStepIsNotSaved() {
        const auto data = toy::data();
        Finetuner trainer(toy::finetuning(), toy::denoiser(), data, {elsewhere::kDevice, torch::kFloat, 1});
        while (trainer.steps() == 0 && trainer.isWhole()) {
            // Once G has moved there is no room left.
            const double before = sumOf(trainer.generator());
            trainer.advance();
            if (before == sumOf(trainer.generator())) continue;
            const elsewhere::MemoryLimit limit(0);
            faultOf([&] { trainer.advance(); });
        }
        QVERIFY(!trainer.isWhole() && !trainer.inStep());
        QTemporaryDir folder;
        const auto fault = faultOf([&] { trainer.save(folder.path().toStdString()); });
        QVERIFY2(fault.startsWith("Configuration: A step ended half done"), qPrintable(fault));
        QVERIFY(QDir(folder.path()).isEmpty());
    }
};

THAW_TEST(StepsOnDeviceTest);
#include "steps_on_device_test.moc"
