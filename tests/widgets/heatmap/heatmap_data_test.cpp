// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap/heatmap_data.h"
#include "tests/registry.h"
#include "tests/widgets/sample_values.h"

#include <QLocale>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace thaw;

class HeatmapDataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void theMeanFrequencyLandsInTheMiddle_data() {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("even") << 6 << 8;
        QTest::newRow("odd") << 7 << 5;
        QTest::newRow("one row") << 1 << 4;
    }
    void theMeanFrequencyLandsInTheMiddle() {
        QFETCH(int, height);
        QFETCH(int, width);
        const HeatmapData map = heatmapOf(test::fallingSpectrum(height, width).spectrum);
        const auto highest = std::max_element(map.values.begin(), map.values.end()) - map.values.begin();
        QCOMPARE(int(highest), height / 2 * width + width / 2);
        QCOMPARE(map.x.values.front(), std::floor(-width / 2.0 + 0.5));
        QCOMPARE(map.x.values[std::size_t(width / 2)], 0.0);
        QCOMPARE(map.y.values[std::size_t(height / 2)], 0.0);
    }

    void everyBinKeepsItsFrequency() {
        const LayerSpectrum layer = test::fallingSpectrum();
        const HeatmapData map = heatmapOf(layer);
        const double mean = std::accumulate(layer.spectrum.power.begin(), layer.spectrum.power.end(), 0.0) / 48;
        for (int r = 0; r < map.rows; ++r)
            for (int c = 0; c < map.cols; ++c) {
                const double radius = std::hypot(map.x.values[std::size_t(c)], map.y.values[std::size_t(r)]);
                QVERIFY(std::abs(map.at(r, c) - 10 * std::log10(std::pow(1 + radius, -2) / mean)) < 1e-9);
            }
    }

    void aFlatSpectrumIsZeroDecibelsEverywhere() {
        Spectrum white{4, 4, std::vector<double>(16, 2.5), 1};
        for (const double value : heatmapOf(white).values) QCOMPARE(value, 0.0);
    }

    void noPowerStopsAtTheFloor() {
        QCOMPARE(decibels(0, 1), kFloorDb);
        QCOMPARE(decibels(1e-30, 1), kFloorDb);
        QVERIFY(std::isnan(decibels(std::nan(""), 1)));
        Spectrum silent{2, 2, std::vector<double>(4, 0.0), 1};
        for (const double value : heatmapOf(silent).values) QCOMPARE(value, kFloorDb);
    }

    void aBlockWithoutHighFrequenciesHasNoValueThere() {
        const HeatmapData map = heatmapOf(test::raggedTable());
        QCOMPARE(map.rows, 3);
        QCOMPARE(map.cols, 4);
        QCOMPARE(map.at(0, 0), 10 * std::log10(8.0 / 4));
        QCOMPARE(map.at(1, 1), 10 * std::log10(1.0 / 2));
        QVERIFY(std::isnan(map.at(1, 2)));
        QCOMPARE(map.at(2, 3), 0.0);
    }

    void rowsOfDifferentLengthAreFilledUp() {
        LayerTable table = test::raggedTable();
        table.power[1].resize(2);
        QVERIFY(std::isnan(heatmapOf(table).at(1, 3)));
    }

    void aDifferenceIsSignedAndCentredOnZero() {
        const HeatmapData a = heatmapOf(test::fallingSpectrum());
        HeatmapData b = a;
        b.values[5] += 4;
        b.values[7] -= 1;
        const auto difference = differenceOf(b, a);
        QVERIFY(difference);
        QVERIFY(difference->signedValues);
        QCOMPARE(valueRange(*difference), std::pair(-4.0, 4.0));
        QVERIFY(!differenceOf(heatmapOf(test::fallingSpectrum(4, 4)), a));
    }

    void theRangeIsNeverEmpty() {
        HeatmapData map;
        QCOMPARE(valueRange(map), std::pair(0.0, 1.0));
        map.values = {3, 3, std::nan("")};
        QCOMPARE(valueRange(map), std::pair(2.5, 3.5));
    }

    void theReadOutNamesFrequencyWavelengthAndLevel() {
        const HeatmapData map = heatmapOf(test::fallingSpectrum(8, 8));
        QString text = cellText(map, 2, 7);
        QVERIFY2(text.startsWith("fx +3, fy −2 cycles/image"), qPrintable(text));
        // 8 pixels over sqrt(13) cycles.
        QVERIFY2(text.contains("wavelength 2.22"), qPrintable(text));
        QVERIFY2(text.endsWith("dB"), qPrintable(text));
        QVERIFY(cellText(map, 4, 4).contains("mean (DC)"));
        QVERIFY(cellText(heatmapOf(test::raggedTable()), 1, 2).contains("no value"));
        QVERIFY(cellText(map, 8, 0).isEmpty());
    }

    void theCaptionSaysWhatWasMeasured() {
        const HeatmapData map = heatmapOf(test::fallingSpectrum());
        for (const char* part : {"small", "σ = 80", "16 images", "4 channels", "seeds 3–18"})
            QVERIFY2(map.caption.contains(QString::fromUtf8(part)), part);
    }

    void damagedSpectraGiveAnEmptyMap() {
        QVERIFY(heatmapOf(Spectrum{4, 4, {1, 2, 3}, 1}).empty());
        QVERIFY(heatmapOf(Spectrum{}).empty());
        QVERIFY(heatmapOf(LayerTable{}).empty());
    }
};

THAW_TEST(HeatmapDataTest);
#include "heatmap_data_test.moc"
