// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/classifier_backbone.h"
#include "core/metrics/feature_classifier.h"
#include "core/train/finetuner.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class ClassifierBackboneTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string path_;

private Q_SLOTS:
    void initTestCase() {
        FeatureClassifier classifier(FeatureClassifierConfig{8, 1, {4, 6}, 3});
        classifier->initialise(5);
        classifier->train();
        // Running statistics that are not those of a fresh network.
        classifier->forward(torch::randn({32, 1, 8, 8}, at::make_generator<at::CPUGeneratorImpl>(1)));
        path_ = folder_.filePath("c.safetensors").toStdString();
        writeFeatureClassifier(path_, classifier);
    }

    // The mean of the last map is what the classifier gives as features of the same images.
    void mapsAreTheClassifiersOwnStages() {
        const auto backbone = openClassifierBackbone(path_, toy::denoiser(), torch::kCPU);
        QCOMPARE(int(backbone->levels().size()), 2);
        QCOMPARE(backbone->levels()[0].channels, 4);
        QCOMPARE(backbone->levels()[0].resolution, 8);
        QCOMPARE(backbone->levels()[1].channels, 6);
        QCOMPARE(backbone->levels()[1].resolution, 4);
        const auto bytes = toy::data(6).images;
        const auto maps = backbone->maps(bytes.to(torch::kFloat) / 127.5 - 1.0, {}, {});
        QCOMPARE(int(maps.size()), 2);
        const auto features = readFeatureClassifier(path_)->features(bytes);
        QVERIFY(torch::allclose(maps[1].mean({2, 3}), features, 0, 1e-6));
        QVERIFY(features.std().item<double>() > 1e-3);
    }

    // R1 asks for the gradient of a gradient; one image's maps do not hang on its neighbours.
    void gradientsFlowTwiceToTheImagesAndToNothingElse() {
        const auto backbone = openClassifierBackbone(path_, toy::denoiser(), torch::kCPU);
        auto images = torch::randn({3, 1, 8, 8}, at::make_generator<at::CPUGeneratorImpl>(2)).to(torch::kDouble);
        auto x = images.to(torch::kFloat).requires_grad_(true);
        const auto weight = torch::randn({6}, at::make_generator<at::CPUGeneratorImpl>(3)).requires_grad_(true);
        const auto logits = (backbone->maps(x, {}, {})[1].mean({2, 3}) * weight).sum();
        const auto gradient = torch::autograd::grad({logits}, {x}, {}, true, /*create_graph=*/true)[0];
        const auto penalty = gradient.square().sum();
        const auto second = torch::autograd::grad({penalty}, {weight}, {}, false)[0];
        // The penalty is quadratic in the weight: w · dP/dw = 2 P.
        QVERIFY(std::abs((second * weight).sum().item<double>() / (2 * penalty.item<double>()) - 1) < 1e-4);
        QVERIFY(penalty.item<double>() > 0);
        const auto alone = backbone->maps(x.slice(0, 1, 2), {}, {})[1];
        QVERIFY(torch::allclose(backbone->maps(x, {}, {})[1].slice(0, 1, 2), alone, 0, 1e-6));
    }

    void aRunLooksThroughItByItsFile() {
        auto config = toy::finetuning();
        config.backbones = {path_};
        const auto data = toy::data();  // it is referred to
        Finetuner tuner(config, toy::denoiser(), data, toy::cpu());
        const auto metrics = tuner.step();
        QVERIFY(metrics.gLoss && std::isfinite(*metrics.gLoss) && metrics.dLoss && std::isfinite(*metrics.dLoss));
    }

    void oneOfOtherImagesIsRefusedWithBothSizes() {
        FeatureClassifier other(FeatureClassifierConfig{12, 1, {4}, 3});
        other->initialise(1);
        const auto path = folder_.filePath("other.safetensors").toStdString();
        writeFeatureClassifier(path, other);
        const auto fault = faultOf([&] { openClassifierBackbone(path, toy::denoiser(), torch::kCPU); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("1×12×12") && fault.contains("1×8×8"),
                 qPrintable(fault));
    }
};

THAW_TEST(ClassifierBackboneTest);
#include "classifier_backbone_test.moc"
