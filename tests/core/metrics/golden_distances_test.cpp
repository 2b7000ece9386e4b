// SPDX-License-Identifier: GPL-3.0-or-later
// Case 11 of tests/golden/training: distances between sets of features at the edges.
#include "core/metrics/frechet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "tests/core/golden_case.h"
#include "tests/registry.h"

using namespace thaw;
using thaw::testing::GoldenCase;

class GoldenDistancesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void distancesMatchReferenceAtTheEdges_data() {
        QTest::addColumn<QString>("name");
        const GoldenCase golden("11_distances");
        for (const auto& [name, values] : golden.values().items()) QTest::newRow(name.c_str()) << QString(name.c_str());
    }
    void distancesMatchReferenceAtTheEdges() {
        QFETCH(QString, name);
        const GoldenCase golden("11_distances");
        const auto key = name.toStdString();
        const auto& values = golden.values().at(key);
        const auto number = [&](const char* what) { return values.at(what).get<double>(); };
        const auto a = golden.at(key + ".a"), b = golden.at(key + ".b");
        const auto moments = [](const torch::Tensor& features) {
            FeatureStatistics statistics;
            statistics.add(features);
            return statistics.moments();
        };
        const auto ma = moments(a), mb = moments(b);
        QVERIFY(std::abs(ma.covariance.trace().item<double>() - number("trace_a")) <= 1e-9 * (1 + number("trace_a")));
        QVERIFY(std::abs(mb.covariance.trace().item<double>() - number("trace_b")) <= 1e-9 * (1 + number("trace_b")));

        const auto result = measureFrechet(ma, mb);
        QCOMPARE(result.rankA, values.at("rank_a").get<std::int64_t>());
        QCOMPARE(result.rankB, values.at("rank_b").get<std::int64_t>());
        const auto dimensions = a.size(1);
        const bool singular = result.rankA < dimensions && result.rankB < dimensions;
        // Of a flat set the small eigenvalues are rounding, which every LAPACK does its own way, and their roots count.
        const bool oneIsFlat = (result.rankA < dimensions) != (result.rankB < dimensions);
        const double expected = number("frechet"), share = singular || expected == 0 ? 1e-6 : oneIsFlat ? 5e-9 : 1e-9;
        const double size = (ma.mean - mb.mean).square().sum().item<double>() + number("trace_a") + number("trace_b");
        QVERIFY2(std::abs(result.distance - expected) <= share * size,
                 qPrintable(QString::number(result.distance, 'g', 15)));
        QVERIFY(result.distance >= 0);
        QVERIFY(std::abs(frechetDistance(mb, ma) - result.distance) <= share * size);

        const double kid = number("kid_unbiased"), found = kernelDistance(a, b);
        // Far from the origin the kernel itself is huge, and the distance a small difference of such numbers.
        const auto longest = [](const torch::Tensor& x) {
            return x.to(torch::kDouble).square().sum(1).max().item<double>();
        };
        const double kernel = std::pow(std::max(longest(a), longest(b)) / double(dimensions) + 1, 3);
        const double allowed = 1e-9 * (key == "large_offset" ? kernel : 1 + std::abs(kid));
        QVERIFY2(std::abs(found - kid) <= allowed, qPrintable(QString::number(found, 'g', 15)));
    }
};

THAW_TEST(GoldenDistancesTest);
#include "golden_distances_test.moc"
