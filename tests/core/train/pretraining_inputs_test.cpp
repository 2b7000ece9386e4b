// SPDX-License-Identifier: GPL-3.0-or-later

// What pre-training tells the network beside the noise level: classes, and what was done to the images.
#include "core/diffusion/denoising_loss.h"
#include "core/diffusion/image_changes.h"
#include "core/diffusion/noise.h"
#include "core/formats/config_json.h"
#include "core/io/model_file.h"
#include "core/io/run_folder.h"
#include "core/train/pretrainer.h"
#include "tests/core/conditional_toy.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

NetworkConfig toldNetwork() {
    auto network = toy::network();
    network.labelDim = toy::kClasses;
    network.augmentDim = kAugmentDim;
    return network;
}

// The average is the network itself, and a few steps are enough for it to make something of what it is told.
PretrainConfig toldPretraining(bool conditional, double augment) {
    PretrainConfig config;
    config.kimg = 1;
    config.batch = 8;
    config.seed = 5;
    config.adam.learningRate = 0.02;
    config.warmUpKimg = 0;
    config.decayFraction = 0;
    config.ema = {0, 0};
    config.conditional = conditional;
    config.augment = augment;
    config.network = toJson(toldNetwork());
    return config;
}

// The loss of step `step` as the parts compute it, for a network that is told these things about these images.
double lossOf(const Denoiser& weights, const PretrainConfig& config, std::int64_t step, const torch::Tensor& images,
              const Conditioning& told) {
    auto network = cloneDenoiser(weights, weights->kind());
    network->train();
    return denoisingLoss(network, images, {config.pMean, config.pStd}, stepGenerator(config.seed, step, Purpose::Noise),
                         toy::cpu().training(), told)
        .item<double>();
}

void takeSteps(Pretrainer& trainer, int steps) {
    for (int i = 0; i < steps; ++i) trainer.step();
}

bool sameWeights(const Denoiser& a, const Denoiser& b) {
    const auto first = a->named_parameters(), second = b->named_parameters();
    for (const auto& item : first)
        if (!torch::equal(item.value(), second[item.key()])) return false;
    return first.size() == second.size();
}

constexpr int kBefore = 6;       // steps before the one that is looked at
constexpr double kEqual = 1e-6;  // rounding
constexpr double kOther = 1e-5;  // less than any other input changes a loss

}  // namespace

class PretrainingInputsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void theNetworkIsToldTheClassOfEachImage() {
        const auto data = toy::labelledData();
        const auto config = toldPretraining(true, 0);
        Pretrainer trainer(config, data, toy::cpu());
        takeSteps(trainer, kBefore);
        const auto weights = cloneDenoiser(trainer.ema(), Preconditioning::Edm);
        BatchStream batches(data, config.seed, config.batch, config.xflip);
        const auto images = batches.batch(kBefore);
        // One-hot, by hand: the class of image k is k modulo kClasses.
        auto labels = torch::zeros({config.batch, toy::kClasses});
        const auto shown = batches.indices(kBefore);
        for (int i = 0; i < config.batch; ++i) labels[i][shown[i].item<std::int64_t>() % toy::kClasses] = 1;
        const double loss = trainer.step().value();
        const auto by = [&](const torch::Tensor& told) {
            return std::abs(lossOf(weights, config, kBefore, images, {told, {}, {}}) - loss);
        };
        QVERIFY2(by(labels) < kEqual, qPrintable(QString::number(by(labels))));
        QVERIFY2(by(labels.roll(1, 1)) > kOther, qPrintable(QString::number(by(labels.roll(1, 1)))));
        QVERIFY(by({}) > kOther);
    }

    void withoutTheFieldTheSameNetworkIsToldNothing() {
        const auto data = toy::labelledData();
        const auto config = toldPretraining(false, 0);
        Pretrainer trainer(config, data, toy::cpu());
        takeSteps(trainer, kBefore);
        const auto weights = cloneDenoiser(trainer.ema(), Preconditioning::Edm);
        BatchStream batches(data, config.seed, config.batch, config.xflip);
        const double loss = trainer.step().value();
        QVERIFY(std::abs(lossOf(weights, config, kBefore, batches.batch(kBefore), {}) - loss) < kEqual);
    }

    void theNetworkIsToldWhatWasDoneToTheImages_data() {
        QTest::addColumn<bool>("xflip");
        QTest::newRow("with the mirror") << true;
        QTest::newRow("without it") << false;
    }
    void theNetworkIsToldWhatWasDoneToTheImages() {
        QFETCH(bool, xflip);
        const auto data = toy::labelledData();
        auto config = toldPretraining(true, 0.5);
        config.xflip = xflip;
        Pretrainer trainer(config, data, toy::cpu());
        takeSteps(trainer, kBefore);
        const auto weights = cloneDenoiser(trainer.ema(), Preconditioning::Edm);
        // The stream mirrors nothing by itself: each mirror is told.
        BatchStream batches(data, config.seed, config.batch, /*mirror=*/false);
        const auto images = batches.batch(kBefore), labels = batches.labels(kBefore, toy::kClasses);
        const auto changes = drawChanges(config.augment, xflip, config.batch,
                                         stepGenerator(config.seed, kBefore, Purpose::Augmentation));
        const auto changed = changedImages(images, changes), told = augmentLabels(changes);
        QCOMPARE(told.select(1, 0).max().item<double>() > 0, xflip);
        const double loss = trainer.step().value();
        const auto by = [&](const torch::Tensor& seen, const torch::Tensor& label) {
            return std::abs(lossOf(weights, config, kBefore, seen, {labels, label, {}}) - loss);
        };
        QVERIFY2(by(changed, told) < kEqual, qPrintable(QString::number(by(changed, told))));
        QVERIFY(by(changed, {}) > kOther);
        QVERIFY(by(images, told) > kOther);
        QVERIFY(by(changed, told.flip({1})) > kOther);
    }

    void aNetworkLeftOpenTakesWhatItIsTold() {
        const auto data = toy::labelledData();
        const auto networkOf = [&](bool conditional, double augment) {
            auto config = toldPretraining(conditional, augment);
            config.network.clear();
            return Pretrainer(config, data, toy::cpu()).ema()->config();
        };
        QCOMPARE(networkOf(false, 0).labelDim, 0);
        QCOMPARE(networkOf(false, 0).augmentDim, 0);
        QCOMPARE(networkOf(true, 0).labelDim, toy::kClasses);
        QCOMPARE(networkOf(true, 0).augmentDim, 0);
        QCOMPARE(networkOf(false, 0.12).labelDim, 0);
        QCOMPARE(networkOf(false, 0.12).augmentDim, 9);
        QVERIFY(networkOf(true, 0.12).labelDim == toy::kClasses && networkOf(true, 0.12).augmentDim == 9);
    }

    void resumeContinuesBitForBit() {
        const auto data = toy::labelledData();
        const auto config = toldPretraining(true, 0.3);
        QTemporaryDir folder;
        Pretrainer whole(config, data, toy::cpu()), first(config, data, toy::cpu()), second(config, data, toy::cpu());
        takeSteps(whole, 6);
        takeSteps(first, 3);
        first.save(folder.path().toStdString());
        second.load(folder.path().toStdString());
        takeSteps(second, 3);
        QVERIFY(sameWeights(whole.ema(), second.ema()));
        auto plain = config;
        plain.augment = 0.31;
        Pretrainer other(plain, data, toy::cpu());
        takeSteps(other, 6);
        QVERIFY(!sameWeights(whole.ema(), other.ema()));
    }

    // What is saved knows the classes, and is sampled as if its augmentation label were zero.
    void theSavedModelOpensWithBothInputs() {
        const auto data = toy::labelledData();
        Pretrainer trainer(toldPretraining(true, 0.3), data, toy::cpu());
        takeSteps(trainer, kBefore);
        QTemporaryDir folder;
        trainer.save(folder.path().toStdString());
        const auto model =
            readModelFile(folder.filePath(QString::fromStdString(snapshotName(trainer.images()))).toStdString());
        QCOMPARE(model.denoiser->config().labelDim, toy::kClasses);
        QCOMPARE(model.denoiser->config().augmentDim, 9);
        QVERIFY(sameWeights(model.denoiser, trainer.ema()));
        const torch::NoGradGuard noGrad;
        auto denoiser = model.denoiser;
        denoiser->eval();
        const auto x = torch::randn({3, 1, 8, 8}, seededGenerator(2)), sigma = torch::full({3}, 0.5);
        const auto labels = toy::oneHotOf({0, 1, 2});
        auto label = torch::zeros({3, kAugmentDim});
        const auto untold = denoiser->forward(x, sigma, {labels, {}, {}});
        QVERIFY(torch::allclose(denoiser->forward(x, sigma, {labels, label, {}}), untold, 1e-6, 1e-7));
        label.select(1, 2).fill_(1);
        QVERIFY(!torch::allclose(denoiser->forward(x, sigma, {labels, label, {}}), untold, 1e-5, 1e-6));
    }

    void whatDoesNotFitIsToldAtOnce() {
        const auto fault = [](const PretrainConfig& config, const Dataset& data) {
            return faultOf([&] { Pretrainer trainer(config, data, toy::cpu()); });
        };
        auto open = toldPretraining(true, 0);
        open.network.clear();
        const QString unlabelled = "Configuration: 'toy' has no labels, which conditional pre-training needs.";
        QCOMPARE(fault(open, toy::data()), unlabelled);
        QCOMPARE(fault(toldPretraining(true, 0), toy::data()), unlabelled);
        QCOMPARE(fault(toldPretraining(false, 0), toy::data()), QString("nothing"));
        // With the images' own problem, if they have one.
        const auto both = fault(toldPretraining(true, 0), toy::data(64, 16));
        QVERIFY2(both.contains("16×16") && both.contains("has no labels"), qPrintable(both));

        const auto data = toy::labelledData();
        auto given = toldPretraining(true, 0.12);
        given.network = toJson(toy::network());
        QCOMPARE(fault(given, data).count("must be"), qsizetype(2));
        QVERIFY(fault(given, data).contains("network.label_dim is 0, must be 3"));
        QVERIFY(fault(given, data).contains("network.augment_dim is 0, must be 9"));
        auto network = toldNetwork();
        network.labelDim = 2;
        given.network = toJson(network);
        QCOMPARE(fault(given, data), QString("Configuration: The data set has 3 classes, the model knows 2."));
        // More classes than the data has are none too many.
        network.labelDim = 5;
        given.network = toJson(network);
        QCOMPARE(fault(given, data), QString("nothing"));
        given.augment = 1.5;
        QVERIFY(fault(given, data).contains("augment is 1.5, must be 0 to 1"));
    }
};

THAW_TEST(PretrainingInputsTest);
#include "pretraining_inputs_test.moc"
