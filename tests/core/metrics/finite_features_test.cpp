// SPDX-License-Identifier: GPL-3.0-or-later
// Features that are not finite end in a fault that counts them, wherever features are measured.
#include "core/metrics/finite_features.h"

#include "core/diffusion/noise.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/metrics/feature_workflow.h"
#include "core/metrics/fid_measurement.h"
#include "core/metrics/quality_measurement.h"
#include "tests/core/faults.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

const std::string kNanNetwork = THAW_GOLDEN "/cases/nanfeat.pt";

torch::Tensor bytes(std::int64_t count) {
    return torch::randint(256, {count, 1, 28, 28}, seededGenerator(1), torch::kByte);
}

// 1/x of an image's first pixel: infinite for images that begin with black.
class Inverse : public FeatureNetwork {
public:
    FeatureBatch extract(const torch::Tensor& images) override {
        const auto first = images.flatten(1).slice(1, 0, 2).to(torch::kFloat);
        return {1 / first, {}};
    }
    void requireFits(std::int64_t, std::int64_t, std::int64_t, const std::string&) const override {}
    std::string title() const override { return "inverse, 2-d"; }
    std::string resizing() const override { return {}; }
    std::int64_t featureCount() const override { return 2; }
    bool hasLogits() const override { return false; }
    MeasureKind kind() const override { return MeasureKind::Network; }
};

}  // namespace

class FiniteFeaturesTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string at(const char* name) const { return folder_.filePath(name).toStdString(); }

private Q_SLOTS:
    void batchesCountTogetherAndTheFirstImageIsNamed() {
        Inverse network;
        FiniteFeatures finite;
        auto batch = torch::ones({4, 2});
        finite.add({batch, {}});
        QVERIFY(!finite.anyFault());
        batch[2][1] = NAN;
        finite.add({batch, {}});
        QVERIFY(finite.anyFault() && !finite.hopeless());
        const auto fault = faultOf([&] { finite.require(network, "'x'"); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("inverse, 2-d") &&
                     fault.contains("1 of 8 images, the first image 6 (counted from 0), of 'x'"),
                 qPrintable(fault));
    }

    void bandsAndClassScoresCountPerImage() {
        Inverse network;
        auto bands = torch::ones({3, 5, 2}, torch::kDouble);
        bands[0][4][0] = INFINITY;
        bands[2][4][1] = NAN;
        FiniteFeatures finite, scores;
        finite.add({bands, {}});
        QVERIFY(faultOf([&] { finite.require(network, "x"); }).contains("1 of 5 images, the first image 4"));
        auto logits = torch::zeros({5, 10});
        logits[3][9] = NAN;
        scores.add({torch::ones({5, 2}), logits});
        QVERIFY(faultOf([&] { scores.require(network, "x"); }).contains("1 of 5 images, the first image 3"));
    }

    void aCollectorCountsOnAndKeepsNothing() {
        Inverse network;
        FeatureCollector collector(network, true, false);
        auto images = bytes(20).clamp(1, 255);
        images[7].zero_();
        images[15].zero_();
        for (const auto& piece : images.split(5)) collector.add(piece);
        QVERIFY(!collector.finite().hopeless());
        QVERIFY(faultOf([&] { collector.requireFinite("x"); }).contains("2 of 20 images, the first image 7"));
    }

    void statisticsOfSuchANetworkAreNotWritten() {
        writeNpy(at("images.npy"), toNpy(bytes(30).squeeze(1)));
        StatisticsRequest request;
        request.data = at("images.npy");
        request.features = kNanNetwork;
        request.out = at("s.npz");
        const auto fault = faultOf([&] { measureStatistics(request); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("30 of 30 images, the first image 0"),
                 qPrintable(fault));
        QVERIFY(!QFile::exists(folder_.filePath("s.npz")));
    }

    void aRunDoesNotStartWithSuchANetwork() {
        Dataset data;
        data.images = bytes(50);
        data.title = data.path = "noise";
        MeasureChoice choice;
        choice.features = kNanNetwork;
        const auto start = faultOf([&] { requireMeasurable(choice, data, toy::cpu()); });
        QVERIFY2(start.startsWith("WrongKind") && start.contains("32 of 32 images, the first image 0"),
                 qPrintable(start));
        const auto reference = faultOf([&] { FidReference(data, choice, toy::cpu()); });
        QVERIFY2(reference.contains("50 of 50 images, the first image 0"), qPrintable(reference));
        choice.features = "builtin";
        QCOMPARE(faultOf([&] { requireMeasurable(choice, data, toy::cpu()); }), QString("nothing"));
    }

    void aGeneratorWithoutFiniteImagesIsNotMeasured() {
        Denoiser generator(toy::network(28), Preconditioning::Edm);
        for (auto& parameter : generator->parameters()) parameter.data().fill_(NAN);
        Dataset data;
        data.images = bytes(50);
        data.title = data.path = "noise";
        MeasureChoice choice;
        choice.features = "builtin";
        FidOptions options;
        options.images = 5;
        FidMeasurement measurement(generator, std::make_shared<FidReference>(data, choice, toy::cpu()), toy::cpu(),
                                   options);
        const auto fault = faultOf([&] { measurement.advance(); });
        QVERIFY2(fault.startsWith("WrongKind") && fault.contains("5 of 5 images, the first image 0"),
                 qPrintable(fault));
    }

    void aDistanceThatIsNotFiniteIsNone() {
        requireFiniteValue("distance", {});
        requireFiniteValue("distance", 1e300);
        QVERIFY(faultOf([&] { requireFiniteValue("distance", NAN); }).startsWith("WrongKind"));
        QVERIFY(faultOf([&] { requireFiniteValue("distance", -INFINITY); }).startsWith("WrongKind"));
    }
};

THAW_TEST(FiniteFeaturesTest);
#include "finite_features_test.moc"
