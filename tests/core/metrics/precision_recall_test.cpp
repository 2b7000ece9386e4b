// SPDX-License-Identifier: GPL-3.0-or-later
// Frozen numbers: NumPy and SciPy's cdist in double precision on the formulas below.
#include "core/metrics/precision_recall.h"

#include "core/diffusion/noise.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

torch::Tensor formula(int n, double scale, double shift, double a, double b, double c) {
    const auto i = torch::arange(n, torch::kDouble).unsqueeze(1), j = torch::arange(5, torch::kDouble).unsqueeze(0);
    return scale * (a * i + b * j + c * i * j).sin() + shift;
}
torch::Tensor real() { return formula(40, 1, 0, 0.7, 1.3, 0.1); }
torch::Tensor generated() { return formula(50, 0.8, 0.2, 0.9, 1.1, 0.07); }

torch::Tensor line(const std::vector<double>& x) { return torch::tensor(x, torch::kDouble).unsqueeze(1); }

torch::Tensor sixNormals(std::int64_t count, std::uint64_t seed) {
    return torch::randn({count, 6}, seededGenerator(seed), torch::kDouble);
}

}  // namespace

class PrecisionRecallTest : public QObject {
    Q_OBJECT
    static void compare(const Coverage& measured, const Coverage& expected) {
        QCOMPARE(measured.precision, expected.precision);
        QCOMPARE(measured.recall, expected.recall);
        QCOMPARE(measured.density, expected.density);
        QCOMPARE(measured.coverage, expected.coverage);
    }

private Q_SLOTS:
    void valuesAreThoseOfNumPy() {
        compare(measureCoverage(real(), generated(), 1), {0.8, 0.15, 1.06, 0.625});
        compare(measureCoverage(real(), generated(), 3), {1.0, 0.75, 187.0 / 150, 1.0});
    }

    void aSetCoversItself() {
        const auto x = sixNormals(300, 1);
        const auto same = measureCoverage(x, x.clone(), 3);
        QCOMPARE(same.precision, 1.0);
        QCOMPARE(same.recall, 1.0);
        QCOMPARE(same.coverage, 1.0);
    }

    void copiesOfOneVectorCoverThemselves() {
        // Balls of radius 0, far from the origin, where |x|² + |y|² - 2xy rounds.
        const auto x = (sixNormals(5, 2) * 1e3 + 1e5).repeat({6, 1});
        QCOMPARE(measureCoverage(x, x.flip(0), 3).precision, 1.0);
        QCOMPARE(measureCoverage(x, x.flip(0), 3).recall, 1.0);
    }

    void distantClustersShareNothing() {
        compare(measureCoverage(sixNormals(200, 3), sixNormals(150, 4) + 100, 3), {0, 0, 0, 0});
    }

    void aHandComputedCaseWithTies() {
        // Real 0, 1, 2, 10 with k = 1: radii 1, 1, 1, 8. Generated 3, 18, 19, 40: radii 15, 1, 1, 21.
        // 3 lies on the rim of 2's ball and inside 10's (7 <= 8); 18 on the rim of 10's; 19 and 40 outside.
        // 0, 1, 2, 10 lie within 15 of 3.
        compare(measureCoverage(line({0, 1, 2, 10}), line({3, 18, 19, 40}), 1), {0.5, 1.0, 0.75, 0.5});
    }

    void aNarrowGeneratorIsPreciseAndForgets() {
        const auto x = sixNormals(500, 5);
        const auto measured = measureCoverage(x, sixNormals(500, 6) * 0.2, 3);
        QVERIFY(measured.precision > 0.95);
        QVERIFY(measured.recall < 0.3);
        const auto swapped = measureCoverage(sixNormals(500, 6) * 0.2, x, 3);
        QCOMPARE(swapped.precision, measured.recall);
        QCOMPARE(swapped.recall, measured.precision);
    }

    void blocksGiveWhatTheWholeMatrixGives() {
        // 1500 rows need two blocks; the direct formula needs none.
        const auto x = sixNormals(1500, 7), y = sixNormals(1100, 8) + 0.4;
        const auto direct = [](const torch::Tensor& a, const torch::Tensor& b) {
            return (a.unsqueeze(1) - b.unsqueeze(0)).square().sum(2);
        };
        const auto radius = [&](const torch::Tensor& a) { return std::get<0>(direct(a, a).sort(1)).select(1, 3); };
        const auto between = direct(y, x);
        const double precision = (between <= radius(x)).any(1).to(torch::kDouble).mean().item<double>();
        const double recall = (between <= radius(y).unsqueeze(1)).any(0).to(torch::kDouble).mean().item<double>();
        const auto measured = measureCoverage(x, y, 3);
        QCOMPARE(measured.precision, precision);
        QCOMPARE(measured.recall, recall);
        QVERIFY(precision < 1 && recall < 1);
    }

    void theSecondBlockHasItsOwnRadii() {
        // 1024 generated vectors close together fill the first block; the 76 of the second stand 10 apart from 1000 on.
        std::vector<double> made, truth;
        for (int i = 0; i < 1024; ++i) made.push_back(1e-6 * i);
        for (int j = 0; j < 76; ++j) made.push_back(1000 + 10 * j);
        for (int j = 0; j < 20; ++j) truth.push_back(1004 + 10 * j);
        const auto measured = measureCoverage(line(truth), line(made), 3);
        QCOMPARE(measured.recall, 1.0);  // at most 6 from a ball's centre whose radius is 20 or more
        // The last real vector, at 1194, has its third neighbour at 1164: its ball ends between 1220 and 1230.
        QCOMPARE(measured.precision, 23 / 1100.0);
    }

    void tooFewAndBrokenVectorsAreRefused() {
        const QString few = faultOf([] { measureCoverage(sixNormals(3, 9), sixNormals(20, 10), 3); });
        QVERIFY2(few.startsWith("Configuration") && few.contains("3 real"), qPrintable(few));
        auto broken = sixNormals(20, 11);
        broken[4][1] = NAN;
        const QString nan = faultOf([&] { measureCoverage(sixNormals(20, 9), broken, 3); });
        QVERIFY2(nan.startsWith("Configuration") && nan.contains("generated"), qPrintable(nan));
    }

    void itCanBeCancelled() {
        const QString said = faultOf([] {
            measureCoverage(sixNormals(20, 12), sixNormals(20, 13), 3, [](double share) { return share < 0.4; });
        });
        QVERIFY2(said.startsWith("Interrupted"), qPrintable(said));
    }
};

THAW_TEST(PrecisionRecallTest);
#include "precision_recall_test.moc"
