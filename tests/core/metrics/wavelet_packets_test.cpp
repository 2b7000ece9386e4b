// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/metrics/wavelet_packets.h"

#include "core/diffusion/noise.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

using namespace thaw;

namespace {

torch::Tensor packetNoise(at::IntArrayRef shape, std::uint64_t seed) {
    return torch::randn(shape, seededGenerator(seed), torch::kDouble);
}

// A row of signs, repeated along one axis and constant along the other.
torch::Tensor stripes(const std::vector<double>& signs, bool alongRows, std::int64_t size) {
    const auto row = torch::tensor(signs, torch::kDouble).repeat({size / std::int64_t(signs.size())});
    const auto image = row.reshape({1, 1, size, 1}).expand({1, 1, size, size});
    return alongRows ? image : image.transpose(2, 3);
}

}  // namespace

class WaveletPacketsTest : public QObject {
    Q_OBJECT

    // The only band that holds anything, and that it holds the same everywhere.
    static void compareSingleBand(const torch::Tensor& image, int level, std::int64_t band, double value) {
        const auto packets = waveletPackets(image, level);
        QVERIFY((packets[band].abs() - value).abs().max().item<double>() < 1e-13);
        auto others = packets.clone();
        others[band].zero_();
        QVERIFY(others.abs().max().item<double>() < 1e-13);
    }

private Q_SLOTS:
    void packetsHaveTheStatedShape() {
        QCOMPARE(waveletPackets(torch::zeros({5, 3, 32, 32}), 4).sizes(), at::IntArrayRef({256, 5, 12}));
        QCOMPARE(waveletPackets(torch::zeros({2, 1, 28, 28}), 2).sizes(), at::IntArrayRef({16, 2, 49}));
    }

    void imagesComeBackExactly_data() {
        QTest::addColumn<int>("level");
        for (const int level : {0, 1, 2, 3, 4}) QTest::addRow("%d", level) << level;
    }
    void imagesComeBackExactly() {
        QFETCH(int, level);
        const auto x = packetNoise({4, 3, 32, 32}, 1);
        const auto packets = waveletPackets(x, level);
        QVERIFY(imagesOfPackets(packets, level, 3).allclose(x, 1e-13, 1e-13));
        // Parseval, image by image.
        QVERIFY(packets.square()
                    .sum(at::IntArrayRef({0, 2}))
                    .allclose(x.square().sum(at::IntArrayRef({1, 2, 3})), 1e-13, 1e-13));
    }

    void aConstantLiesInTheLowestBand() {
        compareSingleBand(torch::full({1, 1, 16, 16}, 3.0, torch::kDouble), 2, 0, 3.0 * 4);
        compareSingleBand(torch::full({1, 2, 16, 16}, 3.0, torch::kDouble), 3, 0, 3.0 * 8);
    }

    void aCheckerboardLiesInTheHighestBand() {
        const auto rows = stripes({1, -1}, true, 16);
        compareSingleBand(rows * rows.transpose(2, 3), 3, 63, 8);
    }

    // Signs that change f times in a block are band f: the order is that of frequency, not that of the filters.
    void stripesLieInTheBandOfTheirFrequency_data() {
        QTest::addColumn<QVector<double>>("signs");
        QTest::addColumn<int>("band");
        QTest::newRow("0 changes") << QVector<double>{1, 1, 1, 1} << 0;
        QTest::newRow("1 change") << QVector<double>{1, 1, -1, -1} << 1;
        QTest::newRow("2 changes") << QVector<double>{1, -1, -1, 1} << 2;
        QTest::newRow("3 changes") << QVector<double>{1, -1, 1, -1} << 3;
    }
    void stripesLieInTheBandOfTheirFrequency() {
        QFETCH(QVector<double>, signs);
        QFETCH(int, band);
        const std::vector<double> row(signs.begin(), signs.end());
        compareSingleBand(stripes(row, true, 8), 2, std::int64_t(4) * band, 4);  // from row to row
        compareSingleBand(stripes(row, false, 8), 2, band, 4);                   // from column to column
    }

    void aPointIsInEveryBandAtItsPlace() {
        auto image = torch::zeros({1, 2, 8, 8}, torch::kDouble);
        image[0][1][4][3] = 1;  // second channel, second row of blocks, first column
        const auto packets = waveletPackets(image, 2).reshape({16, 2, 2, 2});
        QVERIFY((packets.select(1, 1).select(1, 1).select(1, 0).abs() - 0.25).abs().max().item<double>() < 1e-15);
        QVERIFY(std::abs(packets.square().sum().item<double>() - 1) < 1e-14);
    }
};

THAW_TEST(WaveletPacketsTest);
#include "wavelet_packets_test.moc"
