// SPDX-License-Identifier: GPL-3.0-or-later
// What a run's files must say so that another process goes on as the same run.
#include "core/formats/config_json.h"
#include "core/io/model_file.h"
#include "core/io/run_folder.h"
#include "core/train/finetuner.h"
#include "core/train/training_state.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>

using namespace thaw;

namespace {

FinetuneConfig resumableRun() {
    auto config = toy::finetuning();
    config.discriminatorWidth = 8;
    return config;
}

// p of ADA, the sum of signs since it last moved, and their number.
torch::Tensor controlIn(const std::string& runFolder) {
    return readTrainingState(runFolder).part("augment").at(0).second;
}

}  // namespace

class ResumedRunTest : public QObject {
    Q_OBJECT
    const Dataset data_ = toy::data();

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void stepsCountThousandsOfImagesAlsoAfterAResume() {
        QTemporaryDir folder;
        Finetuner first(resumableRun(), toy::denoiser(), data_, toy::cpu());
        QCOMPARE(first.step().kimg, 0.008);
        QCOMPARE(first.step().kimg, 0.016);
        first.save(folder.path().toStdString());
        Finetuner second(resumableRun(), toy::denoiser(), data_, toy::cpu());
        second.load(folder.path().toStdString());
        QCOMPARE(second.step().kimg, 0.024);
    }

    // The run begins with another plan, and is taken up again by its files alone.
    void aFreezePlanChangedDuringTheRunIsInItsFiles() {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        const auto plan = parseFreezePlan("enc");
        Finetuner whole(resumableRun(), toy::denoiser(), data_, toy::cpu());
        whole.step();
        whole.setFreeze(plan);
        whole.step();
        whole.save(path);
        QVERIFY(whole.config().freeze == plan);
        QCOMPARE(readModelFile(newestSnapshot(path)).metadata.at("freeze"), std::string("enc"));
        const auto config = finetuneConfigFromJson(readTrainingState(path).configJson, {}, path);
        QVERIFY(config.freeze == plan);
        Finetuner resumed(config, toy::denoiser(), data_, toy::cpu());
        resumed.load(path);
        whole.step();
        resumed.step();
        const auto a = toy::weights(whole.generator()), b = toy::weights(resumed.generator());
        for (const auto& [name, tensor] : a) QVERIFY2(torch::equal(tensor, b.at(name)), name.c_str());
    }

    // Three of four signs have been seen, all of them +1 or all -1, so that the fourth cannot change which way p moves: by
    // the four steps' 32 images of 500,000.
    void adaGoesOnFromWhereItStood_data() {
        QTest::addColumn<double>("signs");
        QTest::addColumn<double>("after");
        QTest::newRow("D knows the reals") << 3.0 << 0.35 + 6.4e-5;
        QTest::newRow("D takes them for fakes") << -3.0 << 0.35 - 6.4e-5;
    }
    void adaGoesOnFromWhereItStood() {
        QFETCH(double, signs);
        QFETCH(double, after);
        QTemporaryDir folder, later;
        const auto path = folder.path().toStdString();
        auto config = resumableRun();
        config.augment = {0.2, 0.4};
        Finetuner(config, toy::denoiser(), data_, toy::cpu()).save(path);
        auto state = readTrainingState(path);
        const auto stood = torch::tensor({0.35, signs, 3.0}, torch::kDouble);
        for (auto& [key, tensor] : state.tensors)
            if (key == "augment/control") tensor = stood;
        writeTrainingState(path, state);
        QVERIFY(torch::equal(controlIn(path), stood));
        Finetuner resumed(config, toy::denoiser(), data_, toy::cpu());
        resumed.load(path);
        resumed.save(later.path().toStdString());
        QVERIFY(torch::equal(controlIn(later.path().toStdString()), stood));
        QVERIFY(std::abs(resumed.step(StepPart::Discriminator).augmentP - after) < 1e-12);
    }
};

THAW_TEST(ResumedRunTest);
#include "resumed_run_test.moc"
