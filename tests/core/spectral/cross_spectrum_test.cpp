// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/cross_spectrum.h"

#include "core/values/significance.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;
using testing::noise;

namespace {

TransferFunction transferBetween(const torch::Tensor& x, const torch::Tensor& y) {
    CrossSpectrum cross;
    cross.add(x, y);
    TransferFunction result;
    cross.writeTo(result);
    return result;
}

double meanOfBins(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / double(values.size());
}

// Pictures have a large mean that all share; noise alone would not show what centring is for.
torch::Tensor pictures(std::int64_t images, std::int64_t channels, std::uint64_t seed) {
    return noise({images, channels, 8, 8}, seed) + 20 * noise({1, channels, 8, 8}, 77);
}

// The 30 bins of an 8 x 8 plane whose coefficients are complex and independent of each other.
std::vector<std::size_t> independentBins() {
    std::vector<std::size_t> bins;
    for (std::size_t u = 0; u < 8; ++u)
        for (const std::size_t v : {1, 2, 3}) bins.push_back(u * 8 + v);
    for (const std::size_t u : {1, 2, 3})
        for (const std::size_t v : {0, 4}) bins.push_back(u * 8 + v);
    return bins;
}

}  // namespace

class CrossSpectrumTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLinearFilterPlusAConstantMapIsFoundExactly() {
        auto kernel = torch::zeros({8, 8}, torch::kDouble);
        kernel[0][0] = 1.5;
        kernel[0][1] = -0.4;
        kernel[7][2] = 0.3;
        const auto x = pictures(5, 2, 1);
        const auto y =
            torch::fft_irfft2(torch::fft_rfft2(x) * torch::fft_rfft2(kernel), std::vector<std::int64_t>{8, 8}) +
            30 * noise({1, 2, 8, 8}, 5);
        const auto result = transferBetween(x, y);
        const auto expected = torch::view_as_real(torch::fft_fft2(kernel)).contiguous();
        for (std::size_t i = 0; i < 64; ++i) {
            const auto* H = expected.data_ptr<double>() + 2 * i;
            QVERIFY(std::abs(result.real[i] - H[0]) < 1e-9 && std::abs(result.imaginary[i] - H[1]) < 1e-9);
            QVERIFY(std::abs(result.coherence[i] - 1) < 1e-9);
        }
        for (const double coherence : result.ringCoherence) QVERIFY(std::abs(coherence - 1) < 1e-9);
    }

    void anOutputThatNeverChangesFollowsNothing() {
        const auto x = pictures(7, 3, 1);
        const auto result = transferBetween(x, (50 * noise({1, 3, 8, 8}, 2)).expand_as(x));
        for (const double value : result.coherence) QCOMPARE(value, 0.0);
        for (const double value : result.ringCoherence) QCOMPARE(value, 0.0);
        for (const double value : result.gain) QCOMPARE(value, 0.0);
    }

    // C of n = N - 1 repetitions is Beta(1, n-1) where coefficients are complex and Beta(1/2, (n-1)/2) in the four bins where
    // they are real. Debiased: mean 0, variances 1/(n² - 1) and 2/((n-1)(n+2)). The other 60 bins come in 30 pairs.
    void independentSignalsScatterAboutZeroAsTheyShould() {
        const int N = 6, n = N - 1, channels = 400;
        const auto result = transferBetween(pictures(N, channels, 1), pictures(N, channels, 2));
        const double variance = (4 * 2.0 / ((n - 1) * (n + 2)) + 30 * 4.0 / (n * n - 1)) / (64 * 64) / channels;
        const double mean = meanOfBins(result.coherence);
        QVERIFY2(std::abs(mean) < 4 * std::sqrt(variance), qPrintable(QString::number(mean)));
    }

    void fivePercentOfIndependentSignalsPassTheLine() {
        const int repeats = 100;
        int above = 0;
        for (int r = 0; r < repeats; ++r) {
            const auto result =
                transferBetween(pictures(6, 1, 2 * std::uint64_t(r) + 100), pictures(6, 1, 2 * std::uint64_t(r) + 101));
            for (const auto bin : independentBins()) above += result.coherence[bin] > result.coherenceLine;
        }
        const double trials = repeats * 30.0;
        QVERIFY2(std::abs(above - 0.05 * trials) < 4 * std::sqrt(trials * 0.05 * 0.95),
                 qPrintable(QString::number(above)));
    }

    // y = a x + b e of unit noises has the coherence a²/(a² + b²) everywhere.
    void aFilterWithNoiseHasTheCoherenceOfTheirRatio_data() {
        QTest::addColumn<double>("signal");
        QTest::addColumn<double>("noiseLevel");
        QTest::newRow("half") << 2.0 << 2.0;
        QTest::newRow("nine tenths") << 3.0 << 1.0;
    }
    void aFilterWithNoiseHasTheCoherenceOfTheirRatio() {
        QFETCH(double, signal);
        QFETCH(double, noiseLevel);
        const std::int64_t N = 400;
        const auto x = pictures(N, 4, 1);
        const auto result = transferBetween(x, signal * x + noiseLevel * noise({N, 4, 8, 8}, 2));
        const double expected = signal * signal / (signal * signal + noiseLevel * noiseLevel);
        // Carter, Knapp & Nuttall 1973: variance 2 c (1 - c)²/n of one bin; 30 pairs and 4 channels are independent.
        const double error = std::sqrt(2 * expected * (1 - expected) * (1 - expected) / double(N - 1) / (4 * 30));
        const double mean = meanOfBins(result.coherence);
        QVERIFY2(std::abs(mean - expected) < 4 * error, qPrintable(QString::number(mean)));
        for (const double real : result.real) QVERIFY(std::abs(real - signal) < 4 * noiseLevel / std::sqrt(4.0 * N));
    }

    void piecesAddUpToTheWhole() {
        const auto x = pictures(9, 2, 1), y = x + pictures(9, 2, 2);
        const auto whole = transferBetween(x, y);
        CrossSpectrum cross;
        for (const auto& [first, last] : {std::pair{0, 2}, {2, 3}, {3, 9}})
            cross.add(x.slice(0, first, last), y.slice(0, first, last));
        TransferFunction pieces;
        cross.writeTo(pieces);
        for (std::size_t i = 0; i < 64; ++i) {
            QVERIFY(std::abs(pieces.coherence[i] - whole.coherence[i]) < 1e-12);
            QVERIFY(std::abs(pieces.real[i] - whole.real[i]) < 1e-12);
        }
        QCOMPARE(pieces.coherenceLine, debiasedCoherence(coherenceLimit(8), 8));
    }

    void twoImagesAreTooFewForACoherence() {
        const auto two = transferBetween(pictures(2, 1, 1), pictures(2, 1, 2));
        QVERIFY(std::isnan(two.coherence[3]) && std::isnan(two.coherenceLine) && std::isfinite(two.gain[3]));
        const auto three = transferBetween(pictures(3, 1, 1), pictures(3, 1, 2));
        QVERIFY(std::abs(three.coherenceLine - 0.9) < 1e-12);  // 2·(1 - 0.05) - 1
    }
};

THAW_TEST(CrossSpectrumTest);
#include "cross_spectrum_test.moc"
