// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/feature_training.h"

#include "core/diffusion/noise.h"
#include "core/io/safetensors.h"
#include "core/metrics/statistics_file.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

FeatureClassifierConfig smallConfig() { return {12, 1, {8, 16}, 2}; }

/// Bright upper halves (label 0) and bright lower halves (label 1) under noise.
std::pair<torch::Tensor, torch::Tensor> halves(std::int64_t count, std::uint64_t seed) {
    auto generator = seededGenerator(seed);
    auto images = torch::randint(120, {count, 1, 12, 12}, generator, torch::kLong);
    const auto labels = torch::randint(2, {count}, generator, torch::kLong);
    for (std::int64_t n = 0; n < count; ++n) {
        const auto first = labels[n].item<std::int64_t>() * 6;
        images[n].slice(1, first, first + 6) += 60;
    }
    return {images.to(torch::kByte), labels};
}

FeatureTrainingOptions quick() {
    FeatureTrainingOptions options;
    options.epochs = 2;
    options.batch = 32;
    options.learningRate = 5e-3;
    return options;
}

QByteArray bigEndian(quint32 value) {
    const char bytes[] = {char(value >> 24), char(value >> 16), char(value >> 8), char(value)};
    return QByteArray(bytes, 4);
}

void writeIdx(const QString& folder, const QString& part, std::int64_t count, std::uint64_t seed) {
    const auto [images, labels] = halves(count, seed);
    const auto bytes = [](const torch::Tensor& t) {
        const auto flat = t.to(torch::kByte).contiguous();
        return QByteArray(static_cast<const char*>(flat.data_ptr()), qsizetype(flat.numel()));
    };
    const auto n = bigEndian(quint32(count));
    writeBytes(folder + "/" + part + "-images-idx3-ubyte",
               bigEndian(0x803) + n + bigEndian(12) + bigEndian(12) + bytes(images));
    writeBytes(folder + "/" + part + "-labels-idx1-ubyte", bigEndian(0x801) + n + bytes(labels));
}

}  // namespace

class FeatureClassifierTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void featuresAreTheLastStagesMeans() {
        FeatureClassifier classifier(FeatureClassifierConfig{});
        classifier->initialise(3);
        const auto features = classifier->features(torch::randint(256, {5, 1, 28, 28}, torch::kByte));
        QVERIFY(features.sizes() == at::IntArrayRef({5, 128}));
        QVERIFY(!features.requires_grad() && (features >= 0).all().item<bool>());
        QVERIFY(classifier->is_training());  // as it was before
    }

    void imagesDoNotInfluenceEachOther() {
        FeatureClassifier classifier(smallConfig());
        classifier->initialise(3);
        const auto images = halves(300, 1).first;
        const auto together = classifier->features(images), alone = classifier->features(images.slice(0, 260, 261));
        QVERIFY(together[260].allclose(alone[0], 1e-5, 1e-6));
    }

    void bytesAreScaledAsInTraining() {
        FeatureClassifier classifier(smallConfig());
        classifier->initialise(3);
        classifier->eval();
        const torch::NoGradGuard noGrad;
        const auto images = halves(20, 4).first;
        const auto expected = classifier->forward(images.to(torch::kFloat) / 127.5 - 1);
        QVERIFY(classifier->logits(classifier->features(images)).allclose(expected, 1e-5, 1e-6));
        QVERIFY(!expected[0].allclose(expected[1], 1e-3, 1e-3));
    }

    void floatImagesAreRefused() {
        FeatureClassifier classifier(smallConfig());
        QVERIFY_EXCEPTION_THROWN(classifier->features(torch::zeros({1, 1, 12, 12})), c10::Error);
        QVERIFY_EXCEPTION_THROWN(classifier->features(torch::zeros({1, 3, 12, 12}, torch::kByte)), c10::Error);
    }

    void trainingLearnsWhatIsThere() {
        const auto [images, labels] = halves(1024, 1);
        auto classifier = trainFeatureClassifier(images, labels, smallConfig(), quick());
        const auto [unseen, truth] = halves(300, 2);
        QVERIFY(classifier->accuracy(unseen, truth) > 0.97);
        QVERIFY(!classifier->is_training());
    }

    void trainingDependsOnTheSeedAlone() {
        const auto [images, labels] = halves(256, 1);
        auto options = quick();
        const auto first = trainFeatureClassifier(images, labels, smallConfig(), options);
        torch::manual_seed(987);  // the global generator has no say
        QCOMPARE(trainFeatureClassifier(images, labels, smallConfig(), options)->title(), first->title());
        options.seed = 2;
        QVERIFY(trainFeatureClassifier(images, labels, smallConfig(), options)->title() != first->title());
    }

    void trainingCanBeCancelled() {
        const auto [images, labels] = halves(256, 1);
        double last = 0;
        const QString fault = faultOf([&, &images = images, &labels = labels] {
            trainFeatureClassifier(images, labels, smallConfig(), quick(), [&](double f) { return (last = f) < 0.4; });
        });
        QVERIFY(fault.startsWith("Interrupted") && last < 0.6);
    }

    void aSavedNetworkGivesTheSameFeaturesBitForBit() {
        const std::string path = folder_.filePath("f.safetensors").toStdString();
        const auto [images, labels] = halves(256, 1);
        auto classifier = trainFeatureClassifier(images, labels, smallConfig(), quick());
        classifier->trainedOn = "halves";
        classifier->testAccuracy = 0.875;
        writeFeatureClassifier(path, classifier);
        auto loaded = readFeatureClassifier(path);
        QVERIFY(loaded->features(images).equal(classifier->features(images)));
        QVERIFY(loaded->config() == classifier->config());
        QCOMPARE(loaded->title(), classifier->title());
        QVERIFY(loaded->title().starts_with("halves classifier, 16-d, #"));
        QCOMPARE(loaded->testAccuracy, 0.875);
        QCOMPARE(loaded->seed, std::uint64_t(1));
    }

    void damagedFilesAreReported_data() {
        QTest::addColumn<QString>("fault");
        QTest::newRow("another class") << "WrongKind";
        QTest::newRow("no config") << "FileDamaged";
        QTest::newRow("absurd width") << "FileDamaged";
        QTest::newRow("tensor missing") << "FileDamaged";
        QTest::newRow("wrong shape") << "FileDamaged";
        QTest::newRow("not finite") << "FileDamaged";
    }
    void damagedFilesAreReported() {
        QFETCH(QString, fault);
        const QString kind = QTest::currentDataTag();
        const std::string path = folder_.filePath("d.safetensors").toStdString();
        FeatureClassifier classifier(smallConfig());
        classifier->initialise(1);
        writeFeatureClassifier(path, classifier);
        auto content = readSafeTensors(path);
        if (kind == "another class") content.metadata["class"] = "EDMPrecond";
        if (kind == "no config") content.metadata.erase("config");
        if (kind == "absurd width")
            content.metadata["config"] =
                R"({"img_resolution":12,"img_channels":1,"widths":[8,2000000000],"classes":2})";
        if (kind == "tensor missing") content.tensors.pop_back();
        if (kind == "wrong shape") content.tensors[0].second = torch::zeros({3, 3}, torch::kHalf);
        if (kind == "not finite") content.tensors[0].second.fill_(INFINITY);
        writeSafeTensors(path, content);
        const QString said = faultOf([&] { readFeatureClassifier(path); });
        QVERIFY2(said.startsWith(fault), qPrintable(said));
    }

    void theVerbsTrainAndMeasureFromFiles() {
        const QString folder = folder_.filePath("data");
        QDir().mkpath(folder);
        writeIdx(folder, "train", 512, 1);
        writeIdx(folder, "t10k", 200, 2);
        const std::string data = folder.toStdString(), network = folder_.filePath("n.safetensors").toStdString();
        const auto trained = trainFeatures(data, network, quick());
        QCOMPARE(trained.images, 512);
        QCOMPARE(trained.testImages, 200);
        QVERIFY(trained.testAccuracy > 0.9);
        QCOMPARE(readFeatureClassifier(network)->testAccuracy, trained.testAccuracy);

        StatisticsRequest request;
        request.data = data;
        request.features = network;
        request.out = folder_.filePath("s.npz").toStdString();
        request.num = 150;
        QCOMPARE(measureStatistics(request).num, 150);
        const auto statistics = readStatistics(request.out);
        QCOMPARE(statistics.features, trained.features);
        QCOMPARE(statistics.moments.count, 150);
        request.num = 201;
        QVERIFY(faultOf([&] { measureStatistics(request); }).startsWith("Configuration"));
    }

    void everyBadOptionIsNamed() {
        const QString folder = folder_.filePath("tiny");
        QDir().mkpath(folder);
        writeIdx(folder, "train", 20, 1);
        writeIdx(folder, "t10k", 20, 2);
        FeatureTrainingOptions options;
        options.epochs = 0;
        options.learningRate = NAN;
        const QString fault = faultOf([&] { trainFeatures(folder.toStdString(), "unused", options); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("epochs") && fault.contains("batch") &&
                     fault.contains("learning_rate"),
                 qPrintable(fault));
    }

    void dataWithoutLabelsAreRefused() {
        const QString folder = folder_.filePath("bare");
        QDir().mkpath(folder);
        writeIdx(folder, "train", 20, 1);
        writeIdx(folder, "t10k", 20, 2);
        QFile::remove(folder + "/train-labels-idx1-ubyte");
        QVERIFY(faultOf([&] { trainFeatures(folder.toStdString(), "unused", {}); }).startsWith("WrongKind"));
    }

private:
    QTemporaryDir folder_;
};

THAW_TEST(FeatureClassifierTest);
#include "feature_classifier_test.moc"
