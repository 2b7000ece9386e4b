// SPDX-License-Identifier: GPL-3.0-or-later
// Golden numbers: NumPy in double precision on drawn features (tests/golden/metrics.io.safetensors).
#include "core/metrics/frechet_distance.h"
#include "core/metrics/kernel_distance.h"
#include "core/metrics/statistics_file.h"

#include "core/diffusion/noise.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/io/safetensors.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

torch::Tensor golden(const QString& name) {
    static const SafeTensors content = readSafeTensors(std::string(THAW_GOLDEN) + "/metrics.io.safetensors");
    return content.at(name.toStdString(), "");
}

FeatureMoments momentsOf(const torch::Tensor& features) {
    FeatureStatistics statistics;
    statistics.add(features);
    return statistics.moments();
}

double relative(double value, double expected) { return std::abs(value - expected) / std::abs(expected); }

torch::Tensor normals(std::int64_t count, std::int64_t dimensions, std::uint64_t seed) {
    return torch::randn({count, dimensions}, seededGenerator(seed), torch::kDouble);
}

void addCases() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"full_rank_64", "rank_deficient_64", "full_rank_192"}) QTest::newRow(name) << name;
}

}  // namespace

class DistancesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A distance to it would be a plausible number, 0 for the negative of one's own.
    void whatIsNoCovarianceIsRefused() {
        auto a = momentsOf(normals(200, 6, 1)), b = a;
        b.covariance = -a.covariance;
        QVERIFY(faultOf([&] { frechetDistance(a, b); }).contains("6 of 6 eigenvalues below 0"));
        b.covariance = torch::diag(torch::tensor({1.0, 1.0, 1.0, 1.0, 1.0, -0.01}, torch::kDouble));
        QVERIFY(faultOf([&] { frechetDistance(b, a); }).contains("1 of 6 eigenvalues below 0, the lowest -0.01"));
        // Rounding is none: a flat set has eigenvalues of about minus 1e-17.
        b = momentsOf(normals(4, 6, 2));
        QVERIFY(frechetDistance(a, b) > 0);
    }

    void frechetDistanceMatchesReferenceTo1e6_data() { addCases(); }
    void frechetDistanceMatchesReferenceTo1e6() {
        QFETCH(QString, name);
        const auto a = momentsOf(golden(name + ".features_a")), b = momentsOf(golden(name + ".features_b"));
        const double expected = golden(name + ".frechet").item<double>();
        QVERIFY2(relative(frechetDistance(a, b), expected) < 1e-6,
                 qPrintable(QString::number(frechetDistance(a, b), 'g', 12)));
        QVERIFY(relative(frechetDistance(b, a), expected) < 1e-6);
    }

    void kernelDistanceMatchesReferenceTo1e5_data() { addCases(); }
    void kernelDistanceMatchesReferenceTo1e5() {
        QFETCH(QString, name);
        const auto a = golden(name + ".features_a"), b = golden(name + ".features_b");
        // The reference takes equally many of both.
        const auto count = std::min({a.size(0), b.size(0), std::int64_t(1000)});
        QVERIFY(relative(kernelDistance(a.narrow(0, 0, count), b.narrow(0, 0, count)),
                         golden(name + ".kid_unbiased_first_1000").item<double>()) < 1e-5);
    }

    void momentsEqualTheDefinition() {
        const auto x = normals(50, 6, 1);
        const auto moments = momentsOf(x);
        QVERIFY(moments.mean.allclose(x.mean(0), 1e-13, 1e-13));
        QVERIFY(moments.covariance.allclose(x.t().cov(), 1e-13, 1e-13));
        QCOMPARE(moments.count, 50);
    }

    void momentsDoNotDependOnTheBatches() {
        const auto x = normals(500, 8, 2);
        FeatureStatistics pieces;
        for (const auto& piece : x.split(33)) pieces.add(piece);
        const auto a = pieces.moments(), b = momentsOf(x);
        QVERIFY(a.mean.allclose(b.mean, 1e-12, 1e-14) && a.covariance.allclose(b.covariance, 1e-12, 1e-14));
        QCOMPARE(a.count, b.count);
    }

    void aLargeMeanDoesNotDrownTheCovariance() {
        const auto x = normals(2000, 3, 4);
        FeatureStatistics shifted;
        for (const auto& piece : (x + 1e7).split(100)) shifted.add(piece);
        // x + 1e7 is itself rounded to about 2e-9.
        QVERIFY(shifted.moments().covariance.allclose(momentsOf(x).covariance, 1e-7, 1e-7));
    }

    void distanceToOneselfIsZero() {
        for (const std::int64_t count : {20, 500}) {
            const auto moments = momentsOf(normals(count, 40, 5));
            QVERIFY(frechetDistance(moments, moments) < 1e-10 * moments.covariance.trace().item<double>());
        }
    }

    void shiftedGaussiansAreTheSquareOfTheShiftApart() {
        const auto x = normals(300, 10, 6);
        auto shift = torch::zeros({10}, torch::kDouble);
        shift[0] = 3;
        shift[7] = 4;
        QVERIFY(relative(frechetDistance(momentsOf(x), momentsOf(x + shift)), 25) < 1e-9);
    }

    void commutingCovariancesGiveTheClosedForm() {
        const auto a = torch::tensor({4.0, 1.0, 0.0, 9.0}, torch::kDouble);
        const auto b = torch::tensor({1.0, 25.0, 16.0, 0.0}, torch::kDouble);
        const auto zero = torch::zeros({4}, torch::kDouble);
        // Σ (sqrt(a) - sqrt(b))², directions that one set does not have included.
        const double distance = frechetDistance({zero, a.diag(), 100}, {zero, b.diag(), 100});
        QVERIFY(relative(distance, 1 + 16 + 16 + 9) < 1e-12);
    }

    void fewSamplesAndDeadFeaturesGiveTheTrueDistance() {
        // Two sets in a 12-dimensional space, embedded in 60 dimensions by an isometry: nothing may change.
        const auto basis = std::get<0>(torch::linalg_qr(normals(60, 12, 7)));
        const auto a = normals(400, 12, 8) * 2, b = normals(400, 12, 9) + 0.3;
        const double small = frechetDistance(momentsOf(a), momentsOf(b));
        const double embedded = frechetDistance(momentsOf(a.matmul(basis.t())), momentsOf(b.matmul(basis.t())));
        QVERIFY2(relative(embedded, small) < 1e-9, qPrintable(QString::number(relative(embedded, small))));
    }

    void smallDirectionsCount() {
        const auto a = torch::tensor({1.0, 1e-6}, torch::kDouble), b = torch::tensor({1.0, 4e-6}, torch::kDouble);
        const auto zero = torch::zeros({2}, torch::kDouble);
        // Of an unknown number of images the factor comes from the eigenvectors, otherwise from Cholesky's decomposition.
        for (const std::int64_t count : {0, 100})
            QVERIFY(relative(frechetDistance({zero, a.diag(), count}, {zero, b.diag(), count}), 1e-6) < 1e-8);
    }

    void rotatedSpectraGiveTheClosedForm() {
        const auto turn = std::get<0>(torch::linalg_qr(normals(64, 64, 22)));
        const auto rotated = [&](const torch::Tensor& values) { return turn.matmul(values.diag()).matmul(turn.t()); };
        const auto a = torch::logspace(0, -4, 64, 10, torch::kDouble),
                   b = torch::logspace(-3, 1, 64, 10, torch::kDouble);
        const auto zero = torch::zeros({64}, torch::kDouble);
        const double expected = (a.sqrt() - b.sqrt()).square().sum().item<double>();
        QVERIFY(relative(frechetDistance({zero, rotated(a), 100}, {zero, rotated(b), 100}), expected) < 1e-12);
    }

    void roundingMakesNoDistanceNegative() {
        for (std::uint64_t seed = 30; seed < 70; ++seed) {
            const auto moments = momentsOf(normals(30, 8, seed));
            QVERIFY(frechetDistance(moments, moments) >= 0);
        }
    }

    void bothFactorisationsAgree() {
        auto a = momentsOf(normals(900, 30, 10)), b = momentsOf(normals(900, 30, 11) * 1.5);
        const double cholesky = frechetDistance(a, b);
        a.count = b.count = 0;  // no longer known to have full rank
        QVERIFY(relative(frechetDistance(a, b), cholesky) < 1e-10);
    }

    void ranksTellSetsThatAreTooSmall() {
        const auto result = measureFrechet(momentsOf(normals(21, 40, 18)), momentsOf(normals(300, 40, 19)));
        QCOMPARE(result.rankA, 20);
        QCOMPARE(result.rankB, 40);
    }

    void twoThousandDimensionsOfRankAHundredGiveTheTrueDistance() {
        // Disjoint coordinates: Σ_a Σ_b = 0, and the distance is |μ_a - μ_b|² + tr Σ_a + tr Σ_b.
        const auto a = normals(101, 100, 20), b = normals(101, 100, 21) * 3;
        const auto embed = [](const torch::Tensor& x, std::int64_t first) {
            auto wide = torch::zeros({x.size(0), 2048}, torch::kDouble);
            wide.narrow(1, first, x.size(1)).copy_(x);
            return momentsOf(wide);
        };
        const auto ma = momentsOf(a), mb = momentsOf(b);
        const double expected =
            (ma.mean.square().sum() + mb.mean.square().sum() + ma.covariance.trace() + mb.covariance.trace())
                .item<double>();
        const auto apart = measureFrechet(embed(a, 0), embed(b, 1900));
        QCOMPARE(apart.rankA, 100);
        QCOMPARE(apart.rankB, 100);
        QVERIFY2(relative(apart.distance, expected) < 1e-9, qPrintable(QString::number(apart.distance - expected)));
        // The same coordinates: as in 100 dimensions.
        QVERIFY(relative(frechetDistance(embed(a, 7), embed(b, 7)), frechetDistance(ma, mb)) < 1e-9);
    }

    void momentsThatAreNotFiniteGiveNoNumber() {
        auto a = momentsOf(normals(50, 4, 12));
        auto b = a;
        b.mean = b.mean.clone();
        b.mean[2] = NAN;
        QVERIFY(std::isnan(frechetDistance(a, b)));
    }

    void kernelDistanceOfOneDistributionIsZeroOnAverage() {
        const auto x = normals(2000, 5, 13), y = normals(2000, 5, 14);
        KernelSubsets options;
        options.subsets = 40;
        options.subsetSize = 100;
        const auto [mean, std] = kernelDistance(x, y, options);
        QVERIFY(std > 0 && std::abs(mean) < 4 * std / std::sqrt(40.0));
        QVERIFY(kernelDistance(x, y + 1, options).mean > 10 * std);
        QCOMPARE(kernelDistance(x, y, options).mean, mean);
    }

    void theSubsetsAreThoseOfTheSeed() {
        const auto x = normals(60, 4, 22), y = normals(50, 4, 23);
        KernelSubsets options;
        options.subsets = 3;
        options.subsetSize = 20;
        for (const std::uint64_t seed : {0, 5}) {
            options.seed = seed;
            auto generator = seededGenerator(seed);
            const auto drawn = [&](const torch::Tensor& features) {
                return features.index_select(
                    0, torch::randperm(features.size(0), generator, torch::kLong).slice(0, 0, options.subsetSize));
            };
            double sum = 0, squares = 0;
            for (int k = 0; k < options.subsets; ++k) {
                const auto left = drawn(x);
                const double distance = kernelDistance(left, drawn(y));
                sum += distance;
                squares += distance * distance;
            }
            const auto measured = kernelDistance(x, y, options);
            QVERIFY(relative(measured.mean, sum / 3) < 1e-12);
            QVERIFY(relative(measured.std, std::sqrt(squares / 3 - sum * sum / 9)) < 1e-9);
        }
    }

    void kernelDistanceEqualsItsDefinition() {
        const auto a = normals(7, 3, 15), b = normals(5, 3, 16);
        const auto k = [](const torch::Tensor& x, const torch::Tensor& y) {
            return std::pow(x.dot(y).item<double>() / 3 + 1, 3);
        };
        double within = 0, other = 0, across = 0;
        for (int i = 0; i < 7; ++i)
            for (int j = 0; j < 7; ++j) within += i == j ? 0 : k(a[i], a[j]) / 42;
        for (int i = 0; i < 5; ++i)
            for (int j = 0; j < 5; ++j) other += i == j ? 0 : k(b[i], b[j]) / 20;
        for (int i = 0; i < 7; ++i)
            for (int j = 0; j < 5; ++j) across += k(a[i], b[j]) / 35;
        QVERIFY(relative(kernelDistance(a, b), within + other - 2 * across) < 1e-12);
    }

    void statisticsSurviveTheRoundTrip() {
        const std::string path = folder_.filePath("s.npz").toStdString();
        const ReferenceStatistics written{momentsOf(normals(90, 12, 17)),
                                          "some network, 12-d",
                                          "some images",
                                          "resized to 299 by bilinear",
                                          normals(90, 12, 17).to(torch::kFloat),
                                          {}};
        writeStatistics(path, written);
        const auto read = readStatistics(path);
        QVERIFY(read.moments.mean.equal(written.moments.mean));
        QVERIFY(read.moments.covariance.equal(written.moments.covariance));
        QCOMPARE(read.moments.count, 90);
        QCOMPARE(read.features, written.features);
        QCOMPARE(read.data, written.data);
        QCOMPARE(read.resize, written.resize);
        QVERIFY(read.vectors.equal(written.vectors));
    }

    void statisticsOfOtherProgramsAreRead() {
        const auto statistics = readStatistics(std::string(THAW_GOLDEN) + "/numpy_savez.npz");
        QVERIFY(statistics.moments.mean.equal(torch::tensor({0.5, -2.0}, torch::kDouble)));
        QCOMPARE(statistics.moments.count, 0);
        QVERIFY(statistics.features.empty());
    }

    void wrongStatisticsAreRefused_data() {
        QTest::addColumn<QString>("fault");
        QTest::newRow("no sigma") << "WrongKind";
        QTest::newRow("wrong shape") << "WrongKind";
        QTest::newRow("not finite") << "FileDamaged";
        QTest::newRow("not symmetric") << "FileDamaged";
        QTest::newRow("torn provenance") << "FileDamaged";
        QTest::newRow("negative count") << "FileDamaged";
    }
    void wrongStatisticsAreRefused() {
        QFETCH(QString, fault);
        const QString kind = QTest::currentDataTag();
        auto sigma = torch::eye(3, torch::kDouble);
        if (kind == "not finite") sigma[1][1] = INFINITY;
        if (kind == "not symmetric") sigma[0][1] = 0.1;
        NpzArchive archive;
        archive.arrays["mu"] = toNpy(torch::zeros({kind == "wrong shape" ? 4 : 3}, torch::kDouble));
        if (kind != "no sigma") archive.arrays["sigma"] = toNpy(sigma);
        if (kind == "torn provenance") archive.texts["provenance.json"] = "{\"num\": 10,";
        if (kind == "negative count") archive.texts["provenance.json"] = "{\"num\": -10}";
        const std::string path = folder_.filePath("wrong.npz").toStdString();
        writeNpz(path, archive);
        const QString said = faultOf([&] { readStatistics(path); });
        QVERIFY2(said.startsWith(fault), qPrintable(said));
    }

private:
    QTemporaryDir folder_;
};

THAW_TEST(DistancesTest);
#include "distances_test.moc"
