// SPDX-License-Identifier: GPL-3.0-or-later
// TorchScript networks are defined here in their own language and saved, so that no binary needs to be trusted.
#include "core/metrics/feature_network.h"

#include "core/metrics/feature_sidecar.h"
#include "core/metrics/image_resize.h"
#include "core/metrics/statistics_file.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/script.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

// Mean and spread of each channel: six features that depend on range, resizing and channels.
const char* const kMoments = R"(
def forward(self, x):
    return torch.cat([x.mean([2, 3]), x.std([2, 3])], 1)
)";
const char* const kTwoOutputs = R"(
def forward(self, x):
    f = x.mean([2, 3])
    return f, torch.cat([f, -f], 1)
)";
const char* const kDictionary = R"(
def forward(self, x):
    return {"maps": x[:, :, ::2, ::2], "scores": x.mean([2, 3])}
)";

torch::Tensor images(std::int64_t n, std::int64_t channels, std::int64_t size) {
    const auto x = (torch::arange(n * channels * size * size, torch::kDouble) * 0.9).sin() * 127.5 + 127.5;
    return x.round().to(torch::kByte).reshape({n, channels, size, size});
}

}  // namespace

class FeatureNetworkTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    std::string at(const QString& name) const { return folder_.filePath(name).toStdString(); }
    std::string write(const QString& name, const char* program, const QByteArray& description = {}) const {
        torch::jit::Module module("features");
        module.define(program);
        module.save(at(name + ".pt"));
        QFile::remove(folder_.filePath(name + ".json"));
        if (!description.isEmpty()) writeBytes(folder_.filePath(name + ".json"), description);
        return at(name + ".pt");
    }

private Q_SLOTS:
    void rangesAreThoseOfTheDescription_data() {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("shift");
        QTest::newRow("0..255") << QByteArray("\"0..255\"") << 1.0 << 0.0;
        QTest::newRow("0..1") << QByteArray("\"0..1\"") << 1.0 / 255 << 0.0;
        QTest::newRow("-1..1") << QByteArray("\"-1..1\"") << 2.0 / 255 << -1.0;
        QTest::newRow("mean and std") << QByteArray(R"({"mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]})")
                                      << 4.0 / 255 << -2.0;
    }
    void rangesAreThoseOfTheDescription() {
        QFETCH(QByteArray, range);
        QFETCH(double, scale);
        QFETCH(double, shift);
        const auto network =
            openFeatureNetwork(write("range", kMoments, "{\"title\": \"moments\", \"range\": " + range + "}"));
        const auto x = images(3, 3, 9);
        const auto expected = (x.to(torch::kDouble) * scale + shift).mean({2, 3}).to(torch::kFloat);
        const auto found = network->extract(x);
        QVERIFY(found.features.narrow(1, 0, 3).allclose(expected, 1e-5, 1e-5));
        QVERIFY(!found.logits.defined() && !network->hasLogits());
        QCOMPARE(network->featureCount(), 6);
    }

    void bytesStayBytes() {
        const auto path = write(
            "bytes",
            "\ndef forward(self, x):\n    assert not torch.is_floating_point(x)\n    return x.float().mean([2, 3])\n",
            R"({"title": "bytes", "range": "uint8", "size": 6, "resize": "bilinear"})");
        const auto network = openFeatureNetwork(path);
        QVERIFY(network->extract(images(2, 3, 6)).features.allclose(images(2, 3, 6).to(torch::kFloat).mean({2, 3})));
        QCOMPARE(network->extract(images(2, 3, 9)).features.size(0), 2);
    }

    void featuresAndLogitsLieWhereTheDescriptionSays() {
        const auto x = images(5, 3, 8);
        const auto means = x.to(torch::kFloat).mean({2, 3});
        const auto tuple = openFeatureNetwork(
            write("tuple", kTwoOutputs, R"({"title": "t", "output": {"features": 1, "logits": 0}})"));
        const auto two = tuple->extract(x);
        QVERIFY(two.logits.allclose(means) && two.features.allclose(torch::cat({means, -means}, 1)));
        const auto dictionary = openFeatureNetwork(
            write("dictionary", kDictionary,
                  R"({"title": "d", "dimensions": 3, "output": {"features": "maps", "logits": "scores"}})"));
        const auto maps = dictionary->extract(x);
        // Maps are averaged over positions.
        QVERIFY(maps.features.allclose(x.to(torch::kFloat).slice(2, 0, 8, 2).slice(3, 0, 8, 2).mean({2, 3})));
        QVERIFY(maps.logits.allclose(means) && dictionary->hasLogits());
    }

    void greyImagesAreRepeatedAndBatchesDoNotMatter() {
        const auto network =
            openFeatureNetwork(write("grey", kMoments, R"({"title": "moments", "size": 12, "resize": "bilinear"})"));
        const auto grey = images(150, 1, 7);
        const auto all = network->extract(grey).features;
        QVERIFY(all.equal(network->extract(grey.repeat({1, 3, 1, 1})).features));
        QVERIFY(all.narrow(0, 130, 1).allclose(network->extract(grey.narrow(0, 130, 1)).features, 1e-6, 1e-6));
        QVERIFY(network->extract(grey.repeat({2, 1, 1, 1})).features.narrow(0, 150, 150).allclose(all, 1e-6, 1e-6));
    }

    void resizingEqualsPyTorchAndTheDefinition() {
        // F.interpolate of PyTorch 2, and for tf1-bilinear the definition in NumPy; [1, 2, 6, 5] to 9 and to 3 pixels.
        const auto x = ((torch::arange(60, torch::kDouble) * 0.9).sin() * 127.5 + 127.5)
                           .round()
                           .to(torch::kFloat)
                           .reshape({1, 2, 6, 5});
        using Resize = FeatureSidecar::Resize;
        const std::tuple<Resize, double, double, double> expected[] = {
            {Resize::Bilinear, 83.5, 200.3333282470703, 128.88888549804688},
            {Resize::BilinearAntialias, 83.5, 175.08163452148438, 128.88888549804688},
            {Resize::BicubicAntialias, 73.61422729492188, 185.20655822753906, 129.50794982910156},
            {Resize::Tf1Bilinear, 111.0, 225.33333333333331, 143.0}};
        for (const auto& [how, a, b, c] : expected) {
            const auto large = resized(x, 9, how), small = resized(x, 3, how);
            QVERIFY(std::abs(large[0][1][7][8].item<double>() - a) < 1e-3);
            QVERIFY(std::abs(small[0][0][2][2].item<double>() - b) < 1e-3);
            QVERIFY(std::abs(large[0][0][4][3].item<double>() - c) < 1e-3);
        }
    }

    void titlesTellNetworksAndResizingApart() {
        const auto a =
            openFeatureNetwork(write("a", kMoments, R"({"title": "moments", "size": 12, "resize": "bilinear"})"))
                ->title();
        const auto b =
            openFeatureNetwork(write("a", kMoments, R"({"title": "moments", "size": 12, "resize": "tf1-bilinear"})"))
                ->title();
        const auto c =
            openFeatureNetwork(write("a", kTwoOutputs, R"({"title": "moments", "size": 12, "resize": "bilinear"})"))
                ->title();
        QVERIFY(a != b && a != c);
        QVERIFY2(a.find("moments, 6-d, #") == 0 && a.find("resized to 12 by bilinear") != std::string::npos, a.c_str());
        const ReferenceStatistics made{{torch::zeros({6}), torch::eye(6), 9}, a, "", "", {}, {}};
        requireSameFeatures(made, "s.npz", a, 6);
        QVERIFY(faultOf([&] { requireSameFeatures(made, "s.npz", b, 6); }).startsWith("WrongKind"));
        const ReferenceStatistics foreign{{torch::zeros({6}), torch::eye(6), 0}, "", "", "", {}, {}};
        requireSameFeatures(foreign, "s.npz", b, 6);
        QVERIFY(faultOf([&] { requireSameFeatures(foreign, "s.npz", b, 2048); }).contains("2048"));
    }

    void withoutADescriptionItMustBehaveLikeInception() {
        const auto path = write("inception", R"(
def forward(self, x, return_features: bool = False):
    assert torch.is_floating_point(x)
    width = 2048 if return_features else 1008
    return x.mean([1, 2, 3])[:, None].expand(x.size(0), width)
)");
        const auto network = openFeatureNetwork(path);
        QVERIFY(network->kind() == MeasureKind::Inception);
        QCOMPARE(network->featureCount(), 2048);
        QCOMPARE(network->notes().size(), std::size_t(1));
        QVERIFY(network->extract(images(1, 1, 8)).features.allclose(images(1, 1, 8).to(torch::kFloat).mean()));
        const QString said = faultOf([&] { openFeatureNetwork(write("other", kMoments)); });
        QVERIFY2(said.startsWith("WrongKind") && said.contains("gives 6 features"), qPrintable(said));
    }

    void onlyInceptionIsCalledSo() {
        const char* const wide =
            "\ndef forward(self, x):\n    return x.mean([1, 2, 3])[:, None].expand(x.size(0), 2048)\n";
        const auto isInception = [&](const char* program, const QByteArray& description) {
            return openFeatureNetwork(write("n", program, description))->kind() == MeasureKind::Inception;
        };
        QVERIFY(isInception(wide, R"({"title": "Inception v3"})"));
        QVERIFY(!isInception(wide, R"({"title": "Inception v3", "inception": false})"));
        QVERIFY(!isInception(wide, R"({"title": "CLIP"})"));
        // Another layer of Inception has other distances than FID.
        QVERIFY(!isInception(kMoments, R"({"title": "Inception v3"})"));
        // 2048 features alone are no Inception.
        QVERIFY(!isInception(wide, {}));
        QVERIFY(openFeatureNetwork("builtin")->kind() == MeasureKind::Network);
    }

    void wordsAreFeaturesToo() {
        QCOMPARE(openFeatureNetwork("auto", torch::kCPU, {3, 32, false})->bandCount(), 256);
        QCOMPARE(openFeatureNetwork("auto", torch::kCPU, {1, 28, true})->featureCount(), 128);
        QCOMPARE(openFeatureNetwork("fwd", torch::kCPU, {1, 28, true})->featureCount(), 49);
        QVERIFY(faultOf([] { openFeatureNetwork("none", torch::kCPU, {3, 32, false}); }).startsWith("Configuration"));
        QVERIFY(faultOf([] { openFeatureNetwork("auto", torch::kCPU, {3, 33, false}); }).contains("33 pixels"));
    }

    void theBuiltInNetworkHasClassScores() {
        const auto network = openFeatureNetwork("builtin");
        const auto batch = network->extract(images(3, 1, 28));
        QCOMPARE(batch.logits.size(1), 10);
        QCOMPARE(batch.features.size(1), network->featureCount());
        const QString said = faultOf([&] { network->extract(images(3, 3, 32)); });
        QVERIFY2(said.startsWith("Configuration") && said.contains("3 channels of 32x32"), qPrintable(said));
    }

    void badDescriptionsNameTheField_data() {
        QTest::addColumn<QByteArray>("description");
        QTest::addColumn<QString>("field");
        QTest::newRow("no json") << QByteArray("{\"title\": ") << "JSON";
        QTest::newRow("no object") << QByteArray("[1]") << "JSON";
        QTest::newRow("no title") << QByteArray("{}") << "title";
        QTest::newRow("title") << QByteArray(R"({"title": 3})") << "title";
        QTest::newRow("range") << QByteArray(R"({"title": "t", "range": "0-1"})") << "0-1";
        QTest::newRow("mean") << QByteArray(R"({"title": "t", "range": {"mean": [0.5], "std": [1, 1, 1]}})") << "range";
        QTest::newRow("zero std") << QByteArray(R"({"title": "t", "range": {"mean": [0, 0, 0], "std": [1, 0, 1]}})")
                                  << "positive";
        QTest::newRow("size") << QByteArray(R"({"title": "t", "size": -4})") << "size";
        QTest::newRow("size text") << QByteArray(R"({"title": "t", "size": "299"})") << "size";
        QTest::newRow("huge size") << QByteArray(R"({"title": "t", "size": 18446744073709551615})") << "size";
        QTest::newRow("resize") << QByteArray(R"({"title": "t", "size": 8, "resize": "lanczos"})") << "lanczos";
        QTest::newRow("resize without size") << QByteArray(R"({"title": "t", "resize": "bilinear"})") << "size";
        QTest::newRow("channels") << QByteArray(R"({"title": "t", "channels": 0})") << "channels";
        QTest::newRow("output") << QByteArray(R"({"title": "t", "output": 3})") << "output";
        QTest::newRow("place") << QByteArray(R"({"title": "t", "output": {"features": -1}})") << "output.features";
        QTest::newRow("absent place") << QByteArray(R"({"title": "t", "output": {"features": 4}})")
                                      << "output.features";
        QTest::newRow("absent key") << QByteArray(R"({"title": "t", "output": {"features": 0, "logits": "x"}})")
                                    << "output.logits";
        QTest::newRow("dimensions") << QByteArray(R"({"title": "t", "dimensions": 2048})") << "gives 6 features";
        QTest::newRow("inception") << QByteArray(R"({"title": "t", "inception": "yes"})") << "inception";
    }
    void badDescriptionsNameTheField() {
        QFETCH(QByteArray, description);
        QFETCH(QString, field);
        const QString said = faultOf([&] { openFeatureNetwork(write("bad", kMoments, description)); });
        QVERIFY2((said.startsWith("WrongKind") || said.startsWith("FileDamaged")) && said.contains(field),
                 qPrintable(said));
        QVERIFY2(!said.contains('\n'), qPrintable(said));
    }

    void wrongFilesAreRefusedInOneSentence_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("fault");
        QTest::newRow("missing") << "missing"
                                 << "FileMissing";
        QTest::newRow("folder") << "folder"
                                << "WrongKind";
        QTest::newRow("text") << "text"
                              << "FileDamaged";
        QTest::newRow("truncated") << "truncated"
                                   << "FileDamaged";
        QTest::newRow("weights alone") << "weights"
                                       << "WrongKind";
        QTest::newRow("fails when run") << "fails"
                                        << "WrongKind";
        QTest::newRow("whole numbers") << "integers"
                                       << "WrongKind";
        QTest::newRow("one vector for all") << "pooled"
                                            << "WrongKind";
    }
    void wrongFilesAreRefusedInOneSentence() {
        QFETCH(QString, kind);
        QFETCH(QString, fault);
        const QByteArray plain = R"({"title": "t"})";
        QString path = folder_.filePath(kind + ".pt");
        if (kind == "folder") QDir().mkpath(path);
        if (kind == "text") writeBytes(path, "no network at all");
        if (kind == "truncated") {
            const auto whole = readBytes(QString::fromStdString(write("whole", kMoments)));
            writeBytes(path, whole.left(whole.size() / 2));
        }
        if (kind == "weights") {
            const auto pickled = torch::pickle_save(c10::IValue(torch::ones({3})));
            writeBytes(path, QByteArray(pickled.data(), qsizetype(pickled.size())));
        }
        if (kind == "fails")
            write(kind, "\ndef forward(self, x):\n    return torch.mm(x.mean([2, 3]), torch.ones([7, 2]))\n", plain);
        if (kind == "integers") write(kind, "\ndef forward(self, x):\n    return x.mean([2, 3]).long()\n", plain);
        if (kind == "pooled") write(kind, "\ndef forward(self, x):\n    return x.mean([0, 2, 3])[None]\n", plain);
        const QString said = faultOf([&] { openFeatureNetwork(path.toStdString()); });
        QVERIFY2(said.startsWith(fault), qPrintable(said));
        QVERIFY2(said.contains(kind + ".pt") && said.count('\n') == 0 && said.size() < 500, qPrintable(said));
    }

    void imagesThatDoNotFitAreNamed() {
        const auto network =
            openFeatureNetwork(write("exact", kMoments, R"({"title": "exact", "size": 12, "resize": "none"})"));
        const QString size = faultOf([&] { network->requireFits(3, 16, 16, "'data'"); });
        QVERIFY2(size.startsWith("Configuration") && size.contains("16x16") && size.contains("'data'"),
                 qPrintable(size));
        QVERIFY(faultOf([&] { network->requireFits(2, 12, 12, "'data'"); }).contains("2 channels"));
        network->requireFits(1, 12, 12, "'data'");
    }
};

THAW_TEST(FeatureNetworkTest);
#include "feature_network_test.moc"
