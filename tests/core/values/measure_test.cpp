// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/measure.h"

#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

class MeasureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyInceptionWithTenThousandImagesIsCalledFid_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("images");
        QTest::addColumn<int>("reference");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* title, MeasureKind kind, int images, int reference, const char* name) {
            QTest::newRow(title) << int(kind) << images << reference << QString(name);
        };
        row("enough", MeasureKind::Inception, 10000, 10000, "FID");
        row("published", MeasureKind::Inception, 50000, 0, "FID");
        row("few images", MeasureKind::Inception, 9999, 50000, "FD");
        row("few references", MeasureKind::Inception, 50000, 9999, "FD");
        row("another network", MeasureKind::Network, 50000, 50000, "FD");
        row("wavelets", MeasureKind::Wavelets, 50000, 50000, "FWD");
        row("few, wavelets", MeasureKind::Wavelets, 50, 50, "FWD");
    }
    void onlyInceptionWithTenThousandImagesIsCalledFid() {
        QFETCH(int, kind);
        QFETCH(int, images);
        QFETCH(int, reference);
        QFETCH(QString, name);
        QCOMPARE(QString::fromStdString(measureName({MeasureKind(kind), "f", images, "r", reference})), name);
    }

    void theKernelDistanceIsKidOnlyOfInception() {
        QCOMPARE(kernelDistanceName(MeasureKind::Inception), std::string("KID"));
        QCOMPARE(kernelDistanceName(MeasureKind::Network), std::string("kernel distance"));
    }

    void aTitleSaysAllThatMakesItComparable() {
        QCOMPARE(measureTitle({MeasureKind::Network, "classifier, 128-d", 5000, "test set", 10000, true}),
                 std::string("FD (classifier, 128-d; 5000 images against test set; selection criterion)"));
        QCOMPARE(measureTitle({MeasureKind::Wavelets, "packets", 50, "", 0, false}),
                 std::string("FWD (packets; 50 images)"));
    }

    void autoIsTheClassifierForItsOwnDataAndWaveletsElsewhere() {
        QCOMPARE(chosenFeatures("auto", {1, 28, true}), std::string("builtin"));
        QCOMPARE(chosenFeatures("auto", {1, 28, false}), std::string("fwd"));
        QCOMPARE(chosenFeatures("auto", {3, 32, false}), std::string("fwd"));
        QCOMPARE(chosenFeatures("auto", {3, 32, true}), std::string("fwd"));
        QCOMPARE(chosenFeatures("auto", {3, 33, false}), std::string("none"));
        QCOMPARE(chosenFeatures("clip.pt", {1, 28, true}), std::string("clip.pt"));
        QCOMPARE(missingMeasure("auto", {3, 32, false}), std::string());
        QVERIFY(missingMeasure("auto", {3, 33, false}).find("33 pixels") != std::string::npos);
        QVERIFY(missingMeasure("none", {3, 32, false}).find("'none'") != std::string::npos);
    }

    void levelsLeaveTwoByTwoCoefficients_data() {
        QTest::addColumn<int>("resolution");
        QTest::addColumn<int>("level");
        for (const auto& [resolution, level] : {std::pair{2, 0},
                                                {4, 1},
                                                {8, 2},
                                                {16, 3},
                                                {32, 4},
                                                {64, 4},
                                                {256, 4},
                                                {28, 2},
                                                {14, 1},
                                                {24, 3},
                                                {31, 0},
                                                {0, 0}})
            QTest::addRow("%d", resolution) << resolution << level;
    }
    void levelsLeaveTwoByTwoCoefficients() {
        QFETCH(int, resolution);
        QFETCH(int, level);
        QCOMPARE(waveletLevel(resolution), level);
    }
};

THAW_TEST(MeasureTest);
#include "measure_test.moc"
