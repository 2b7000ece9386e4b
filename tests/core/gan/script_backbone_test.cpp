// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gan/script_backbone.h"
#include "core/distill/image_distance.h"
#include "core/train/finetuner.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

namespace {

const char* const kPyramid = R"(
def forward(self, x):
    a = torch.avg_pool2d(x, 2)
    return [a * a, torch.avg_pool2d(a, 2).sin()]
)";
const char* const kVectors = R"(
def forward(self, x):
    return [x.mean([2, 3])]
)";
const char* const kGrowing = R"(
def forward(self, x):
    return [torch.avg_pool2d(x, 4), torch.avg_pool2d(x, 2)]
)";
const char* const kDistance = R"(
def forward(self, a, b):
    return (a - b).abs().mean([1, 2, 3])
)";

}  // namespace

class ScriptBackboneTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string write(const QString& name, const char* program, const QByteArray& description) const {
        torch::jit::Module module("maps");
        module.define(program);
        auto path = folder_.filePath(name + ".pt").toStdString();
        module.save(path);
        QFile file(folder_.filePath(name + ".json"));
        if (!description.isEmpty() && file.open(QIODevice::WriteOnly)) file.write(description);
        return path;
    }
    static QByteArray description(const char* range, const char* size = "16") {
        return QByteArray("{\"title\": \"t\", \"range\": ") + range + ", \"size\": " + size +
               ", \"resize\": \"bilinear\", \"channels\": 3, \"output\": {\"features\": 0}}";
    }

private Q_SLOTS:
    void greyImagesAreRepeatedResizedAndScaled() {
        auto backbone = openScriptBackbone(write("a", kPyramid, description("\"0..1\"")), 8, torch::kCPU);
        QCOMPARE(int(backbone->levels().size()), 2);
        QCOMPARE(backbone->levels()[0].channels, 3);
        QCOMPARE(backbone->levels()[0].resolution, 8);
        QCOMPARE(backbone->levels()[1].resolution, 4);
        const auto x = torch::full({2, 1, 8, 8}, 0.5f);
        const auto maps = backbone->maps(x, {}, {});
        QVERIFY(torch::allclose(maps[0], torch::full({2, 3, 8, 8}, 0.75f * 0.75f)));
    }

    void theGradientReachesTheImagesTwice() {
        auto backbone = openScriptBackbone(
            write("b", kPyramid, description("{\"mean\": [0.5, 0.5, 0.5], \"std\": [0.2, 0.2, 0.2]}")), 8, torch::kCPU);
        torch::manual_seed(1);
        const auto x = torch::randn({2, 1, 8, 8}).requires_grad_(true);
        const auto maps = backbone->maps(x, {}, {torch::kFloat, true});
        const auto first = torch::autograd::grad({maps[0].sum() + maps[1].sum()}, {x}, {}, true, true)[0];
        const auto second = torch::autograd::grad({first.square().sum()}, {x})[0];
        QVERIFY(first.abs().max().item<double>() > 0 && second.abs().max().item<double>() > 0);
    }

    void whatIsNoPyramidIsRefused_data() {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QByteArray>("description");
        QTest::addColumn<QString>("says");
        QTest::newRow("vectors") << QByteArray(kVectors) << description("\"0..1\"") << "no square map";
        QTest::newRow("growing") << QByteArray(kGrowing) << description("\"0..1\"") << "grow";
        QTest::newRow("bytes") << QByteArray(kPyramid) << description("\"uint8\"") << "no gradient";
        QTest::newRow("no description") << QByteArray(kPyramid) << QByteArray() << "FileMissing";
    }
    void whatIsNoPyramidIsRefused() {
        QFETCH(QByteArray, program);
        QFETCH(QByteArray, description);
        QFETCH(QString, says);
        const auto path = write(QString("bad") + QTest::currentDataTag(), program.constData(), description);
        const auto fault = faultOf([&] { openScriptBackbone(path, 8, torch::kCPU); });
        QVERIFY2(fault.contains(says), qPrintable(fault));
    }

    void aRunLooksThroughSeveralBackbonesAndResumes() {
        FinetuneConfig config;
        config.kimg = 0.1;
        config.batch = 8;
        config.discriminatorKind = DiscriminatorKind::Projected;
        config.discriminatorWidth = 8;
        config.r1.interval = 2;
        config.backbones = {"denoiser", write("c", kPyramid, description("\"-1..1\""))};
        const auto data = toy::data();
        const ComputeDevice cpu{torch::kCPU, torch::kFloat, 1};
        Finetuner whole(config, toy::denoiser(), data, cpu), first(config, toy::denoiser(), data, cpu),
            second(config, toy::denoiser(), data, cpu);
        StepMetrics a, b;
        for (int i = 0; i < 4; ++i) a = whole.step();
        for (int i = 0; i < 2; ++i) first.step();
        first.save(folder_.path().toStdString());
        second.load(folder_.path().toStdString());
        for (int i = 0; i < 2; ++i) b = second.step();
        QCOMPARE(a.dLoss.value(), b.dLoss.value());
        QCOMPARE(a.gLoss.value(), b.gLoss.value());
    }

    void aDistanceOfOnesOwnIsUsedAsItIs() {
        DistillConfig config;
        config.distance = ImageDistance::Lpips;
        config.network = write("d", kDistance, {});
        auto frozen = toy::denoiser();
        ImageDistanceMeasure distance(config, frozen, torch::kCPU);
        const auto a = torch::full({2, 1, 8, 8}, 0.25f), b = torch::full({2, 1, 8, 8}, -0.5f);
        QVERIFY(std::abs(distance(a, b, {}, {}).item<double>() - 0.75) < 1e-6);
    }
};

THAW_TEST(ScriptBackboneTest);
#include "script_backbone_test.moc"
