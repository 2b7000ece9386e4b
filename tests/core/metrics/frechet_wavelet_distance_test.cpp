// SPDX-License-Identifier: GPL-3.0-or-later
// Golden numbers: NumPy with Walsh functions instead of a filter bank (tests/golden/wavelet_distance.py).
#include "core/metrics/frechet_wavelet_distance.h"

#include "core/diffusion/noise.h"
#include "core/io/npy_tensor.h"
#include "core/io/npz.h"
#include "core/metrics/statistics_file.h"
#include "core/metrics/wavelet_packets.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace thaw;

namespace {

torch::Tensor waveletGolden(const char* name) {
    static const std::string path = std::string(THAW_GOLDEN) + "/wavelet_distance.npz";
    static const NpzArchive content = readNpz(path);
    return toTensor(content.at(name, path));
}

FeatureMoments bandMoments(const torch::Tensor& packets) {
    FeatureStatistics statistics;
    for (const auto& piece : packets.split(17, 1)) statistics.add(piece);
    return statistics.moments();
}

FeatureMoments packetMoments(const torch::Tensor& images, int level) {
    return bandMoments(waveletPackets(images, level));
}

torch::Tensor whiteNoise(at::IntArrayRef shape, std::uint64_t seed) {
    return torch::randn(shape, seededGenerator(seed), torch::kDouble);
}

double relativeError(double value, double expected) { return std::abs(value - expected) / std::abs(expected); }

}  // namespace

class FrechetWaveletDistanceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void packetsAndDistancesEqualNumPys() {
        const auto network = waveletFeatures(3, 8);
        QVERIFY(network->extract(waveletGolden("a"))
                    .features.select(1, 0)
                    .allclose(waveletGolden("first_image"), 1e-12, 1e-13));
        const auto found = frechetWaveletDistance(bandMoments(network->extract(waveletGolden("a")).features),
                                                  bandMoments(network->extract(waveletGolden("b")).features));
        const auto expected = waveletGolden("bands");
        QCOMPARE(found.bands.size(), std::size_t(16));
        for (std::size_t band = 0; band < found.bands.size(); ++band)
            QVERIFY2(relativeError(found.bands[band], expected[std::int64_t(band)].item<double>()) < 1e-8,
                     qPrintable(QString::number(band)));
        QVERIFY(relativeError(found.total, waveletGolden("total").item<double>()) < 1e-8);
    }

    void momentsAreThoseOfEachBand() {
        const auto x = whiteNoise({3, 40, 5}, 2) * 2 + 7;
        const auto moments = bandMoments(x);
        QCOMPARE(moments.count, 40);
        for (std::int64_t band = 0; band < 3; ++band) {
            QVERIFY(moments.mean[band].allclose(x[band].mean(0), 1e-13, 1e-13));
            QVERIFY(moments.covariance[band].allclose(x[band].t().cov(), 1e-12, 1e-12));
        }
    }

    void equalSetsAreNotApart() {
        const auto a = packetMoments(whiteNoise({60, 3, 16, 16}, 3), 3);
        QVERIFY(frechetWaveletDistance(a, a).total < 1e-10);
    }

    // Another mean of all pixels moves the lowest band alone, by c² for each of the C·R² pixels.
    void aShiftIsSeenInTheLowestBandAlone() {
        const double c = 0.25;
        const auto x = whiteNoise({80, 3, 16, 16}, 4);
        const auto found = frechetWaveletDistance(packetMoments(x, 3), packetMoments(x + c, 3));
        const double pixels = 3 * 16 * 16;
        QVERIFY2(relativeError(found.bands.front(), c * c * pixels) < 1e-9,
                 qPrintable(QString::number(found.bands.front(), 'g', 12)));
        for (std::size_t band = 1; band < found.bands.size(); ++band) QVERIFY(found.bands[band] < 1e-9);
        QVERIFY(relativeError(found.total, c * c * pixels / 64) < 1e-9);
    }

    // b = s·a: (1 - s)²·(|μ|² + tr Σ) in every band, and over all bands what the pixels have.
    void scaledNoiseHasTheClosedForm() {
        const double s = 1.5;
        const auto x = whiteNoise({4000, 1, 8, 8}, 5);
        const auto found = frechetWaveletDistance(packetMoments(x, 2), packetMoments(x * s, 2));
        const double pixels = (x.mean(0).square() + x.var(0)).sum().item<double>();
        QVERIFY(relativeError(found.total * 16, (1 - s) * (1 - s) * pixels) < 1e-9);
        // White: 4 coefficients of unit variance a band, to the accuracy of 16,000 draws.
        for (const double band : found.bands)
            QVERIFY2(relativeError(band, 0.25 * 4) < 0.06, qPrintable(QString::number(band)));
    }

    void bytesAreTakenBetweenZeroAndOne() {
        const auto network = waveletFeatures(1, 8);
        const auto white = network->extract(torch::full({2, 1, 8, 8}, 255, torch::kByte)).features;
        QCOMPARE(white.sizes(), at::IntArrayRef({16, 2, 4}));
        QVERIFY((white[0] - 4).abs().max().item<double>() < 1e-13);
        QCOMPARE(network->title(), std::string("Haar wavelet packets, level 2, 16 bands of 4-d"));
        QCOMPARE(network->bandCount(), 16);
        QVERIFY(network->kind() == MeasureKind::Wavelets && !network->hasLogits());
    }

    void otherImagesAreRefused() {
        const auto network = waveletFeatures(3, 32);
        const auto fault = faultOf([&] { network->extract(torch::zeros({1, 1, 28, 28}, torch::kByte)); });
        QVERIFY2(fault.startsWith("Configuration") && fault.contains("1 channels of 28x28"), qPrintable(fault));
        QVERIFY(faultOf([] { waveletFeatures(3, 33); }).contains("33 pixels"));
    }

    void aFileKeepsTheBands() {
        QTemporaryDir folder;
        const auto path = folder.filePath("bands.npz").toStdString();
        const auto network = waveletFeatures(3, 8);
        const ReferenceStatistics written{
            bandMoments(network->extract(waveletGolden("a")).features), network->title(), "a", "", {}, "0f"};
        writeStatistics(path, written);
        const auto read = readStatistics(path);
        QVERIFY(read.moments.mean.equal(written.moments.mean));
        QVERIFY(read.moments.covariance.equal(written.moments.covariance));
        QCOMPARE(read.moments.count, 60);
        QCOMPARE(read.images, std::string("0f"));
        requireSameFeatures(read, path, network->title(), 12, 16);
        QVERIFY(faultOf([&] { requireSameFeatures(read, path, network->title(), 12, 1); }).contains("16 bands"));
        auto foreign = read;
        foreign.features.clear();
        QVERIFY(faultOf([&] { requireSameFeatures(foreign, path, network->title(), 12, 16); }).contains("order"));
    }
};

THAW_TEST(FrechetWaveletDistanceTest);
#include "frechet_wavelet_distance_test.moc"
