// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/pairing.h"

#include "core/diffusion/sampler.h"
#include "core/io/model_file.h"
#include "core/io/npy_tensor.h"
#include "core/session/generation.h"
#include "core/values/error.h"
#include "tests/core/toy.h"
#include "tests/registry.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cmath>
#include <numeric>

using namespace thaw;

namespace {

// More than a strip of the comparison.
constexpr int kPairs = 300;

std::vector<std::uint64_t> pairSeeds(int count = kPairs) {
    std::vector<std::uint64_t> seeds(static_cast<std::size_t>(count));
    std::iota(seeds.begin(), seeds.end(), 5);
    return seeds;
}

}  // namespace

class PairingTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::string model(int seed) {
        const auto file = folder_.filePath(QStringLiteral("%1.safetensors").arg(seed)).toStdString();
        if (!QFile::exists(QString::fromStdString(file))) writeModelFile(file, toy::denoiser(seed), {});
        return file;
    }
    PairingRequest request(const SampledModel& a, const SampledModel& b) {
        PairingRequest request;
        request.a = a;
        request.b = b;
        request.seeds = pairSeeds();
        request.features = kNoFeatures;
        request.compute.threads = 1;
        return request;
    }
    // 8-bit images as numbers in [-1, 1], double [N, D].
    torch::Tensor images(const SampledModel& side) {
        GenerationRequest generation;
        generation.model = side.model;
        generation.sampler = side.sampler;
        generation.seeds = pairSeeds();
        generation.compute.threads = 1;
        std::vector<torch::Tensor> batches;
        generateImages(generation,
                       [&](const GeneratedBatch& batch) { batches.push_back(quantise(toTensor(batch.images))); });
        return torch::cat(batches).flatten(1).to(torch::kDouble) / 127.5 - 1;
    }
private Q_SLOTS:
    void distancesAreTheirDefinition() {
        SamplerConfig heun;
        heun.steps = 3;
        const SampledModel a{model(2), oneStepSampler()}, b{model(3), heun};
        const auto result = measurePairing(request(a, b));
        QCOMPARE(result.images, kPairs);
        QVERIFY(result.featureTitle.empty());
        const auto x = images(a), y = images(b);
        double same = 0, squares = 0, others = 0;
        int matched = 0;
        for (int k = 0; k < kPairs; ++k) {
            const auto row = (x[k] - y).square().mean(1).sqrt();
            const double own = row[k].item<double>();
            same += own / kPairs;
            squares += own * own;
            others += (row.sum().item<double>() - own) / kPairs / (kPairs - 1);
            matched += (row < own).sum().item<int>() == 0;
        }
        const double deviation = std::sqrt((squares - kPairs * same * same) / (kPairs - 1));
        QVERIFY(std::abs(result.pixels.same - same) < 1e-12 && std::abs(result.pixels.sameSpread - deviation) < 1e-9);
        QVERIFY2(std::abs(result.pixels.others - others) < 1e-10,
                 qPrintable(QString::number(result.pixels.others - others)));
        QCOMPARE(result.pixels.matched, double(matched) / kPairs);
        QVERIFY(same > 0.01 && others > 0.01 && matched < kPairs);
    }
    void aModelIsPairedWithItself() {
        SamplerConfig heun;
        heun.steps = 3;
        const auto result = measurePairing(request({model(2), heun}, {model(2), heun}));
        QCOMPARE(result.pixels.same, 0.0);
        QCOMPARE(result.pixels.matched, 1.0);
        QCOMPARE(result.pixels.ratio(), 0.0);
        QVERIFY(result.pixels.others > 0.01);
    }
    void oneSeedAndOtherSizesAreRefused() {
        auto alone = request({model(2)}, {model(2)});
        alone.seeds = {7};
        QVERIFY_EXCEPTION_THROWN(measurePairing(alone), Error);
        QVERIFY_EXCEPTION_THROWN(
            measurePairing(request({model(2)}, {THAW_GOLDEN "/ddpmpp_gray_28.weights.safetensors"})), Error);
    }
    void progressRunsThroughBothSidesAndStops() {
        std::vector<double> shares;
        auto both = request({model(2)}, {model(3)});
        both.batch = 100;
        measurePairing(both, [&](double share) {
            shares.push_back(share);
            return true;
        });
        QVERIFY(std::is_sorted(shares.begin(), shares.end()) && shares.back() <= 1);
        QVERIFY(std::any_of(shares.begin(), shares.end(), [](double s) { return s > 0.5; }));
        QVERIFY_EXCEPTION_THROWN(measurePairing(both, [](double share) { return share < 0.6; }), Error);
    }
};

THAW_TEST(PairingTest);
#include "pairing_test.moc"
