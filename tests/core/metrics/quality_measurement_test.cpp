// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/quality_measurement.h"

#include "core/diffusion/noise.h"
#include "core/metrics/frechet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/metrics/precision_recall.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

using namespace thaw;

namespace {

// Blocks of 7 pixels, so that images differ in what the features see.
torch::Tensor blocks(std::int64_t count, std::uint64_t seed, int low, int high) {
    return torch::randint(low, high, {count, 1, 4, 4}, seededGenerator(seed), torch::kByte)
        .repeat_interleave(7, 2)
        .repeat_interleave(7, 3);
}

}  // namespace

class QualityMeasurementTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyNumberStandsUnderItsOwnName() {
        const auto network = openFeatureNetwork("builtin");
        const auto real = blocks(60, 1, 0, 256), made = blocks(50, 2, 60, 200);
        ReferenceStatistics reference;
        reference.vectors = network->extract(real).features;
        FeatureStatistics statistics;
        statistics.add(reference.vectors);
        reference.moments = statistics.moments();
        FeatureCollector collector(*network, /*keep=*/true, /*scores=*/true);
        for (const auto& piece : made.split(16)) collector.add(piece);
        QCOMPARE(collector.count(), std::int64_t(50));

        const auto quality = measureQuality(parseMetrics("fid,kid,is,precision,recall,density,coverage"), collector,
                                            reference, *network, 3, torch::kCPU, {});
        const auto vectors = collector.vectors();
        QVERIFY(vectors.allclose(network->extract(made).features, 1e-4, 1e-5));
        QCOMPARE(quality.fid.value(), frechetDistance(collector.moments(), reference.moments));
        const auto kernel = kernelDistance(vectors, reference.vectors, KernelSubsets{});
        QCOMPARE(quality.kid.value(), kernel.mean);
        QCOMPARE(quality.kidStd.value(), kernel.std);
        QCOMPARE(quality.inceptionScore.value(), collector.score().mean);
        const auto three = measureCoverage(reference.vectors, vectors, 3),
                   five = measureCoverage(reference.vectors, vectors, 5);
        QCOMPARE(quality.precision.value(), three.precision);
        QCOMPARE(quality.recall.value(), three.recall);
        QCOMPARE(quality.density.value(), five.density);
        QCOMPARE(quality.coverage.value(), five.coverage);
        QVERIFY(three.precision != three.recall);
        QCOMPARE(quality.neighbours.value(), 3);
        QCOMPARE(quality.densityNeighbours.value(), 5);
    }

    void whatWasNotAskedForIsAbsent() {
        const auto network = openFeatureNetwork("builtin");
        FeatureCollector collector(*network, /*keep=*/false, /*scores=*/true);
        collector.add(blocks(12, 3, 0, 256));
        const auto quality = measureQuality(parseMetrics("is"), collector, {}, *network, 3, torch::kCPU, {});
        QVERIFY(quality.inceptionScore && !quality.fid && !quality.kid && !quality.precision && !quality.recall);
        QVERIFY(!quality.density && !quality.coverage && !quality.neighbours);
    }
};

THAW_TEST(QualityMeasurementTest);
#include "quality_measurement_test.moc"
