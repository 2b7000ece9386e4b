// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/number_text.h"
#include "tests/registry.h"

#include <QLocale>
#include <QTest>

#include <cmath>
#include <limits>

using namespace thaw;

class NumberTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void countsAreExactBelowTenThousandAndShortAbove_data() {
        QTest::addColumn<qlonglong>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0LL << "0";
        QTest::newRow("thousands") << 9876LL << "9,876";
        QTest::newRow("kilo") << 45312LL << "45.3 k";
        QTest::newRow("frozen weights") << 1038000LL << "1.04 M";
        QTest::newRow("all weights") << 1260000LL << "1.26 M";
        QTest::newRow("rounds up into the next unit") << 999950LL << "1.00 M";
        QTest::newRow("stays below it") << 999499LL << "999 k";
        QTest::newRow("giga") << 2100000000LL << "2.10 G";
        QTest::newRow("negative") << -45312LL << "−45.3 k";
    }
    void countsAreExactBelowTenThousandAndShortAbove() {
        QFETCH(qlonglong, count);
        QFETCH(QString, text);
        QCOMPARE(formatCount(count).replace(QChar(0xA0), ' '), text);
    }

    void percentNeverRoundsToAllOrNothing() {
        const auto text = [](double percent) { return formatPercent(percent).replace(QChar(0xA0), ' '); };
        QCOMPARE(text(0), "0 %");
        QCOMPARE(text(100), "100 %");
        QCOMPARE(text(82.36), "82.4 %");
        QCOMPARE(text(99.996), "> 99.9 %");
        QCOMPARE(text(0.004), "< 0.1 %");
    }

    void numbersKeepFourDigitsAtMost() {
        QCOMPARE(formatNumber(61.6974), "61.7");
        QCOMPARE(formatNumber(0.0002), "0.0002");
        QCOMPARE(formatNumber(-1.5e-7), "−1.5e−7");
        QCOMPARE(formatNumber(12345.6), "12,350");
        QCOMPARE(formatNumber(3.2e12), "3.2e12");
        QCOMPARE(formatNumber(std::nan("")), "–");
        QCOMPARE(formatNumber(0), "0");
    }

    void theScreenFollowsTheLocaleAndFilesDoNot() {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(formatNumber(2.75), "2,75");
        QCOMPARE(exactText(2.75), "2.75");
    }

    void exactTextReadsBackAsTheSameNumber() {
        for (const double value : {0.1, 1.0 / 3, -18.4, 6.02e23, std::numeric_limits<double>::denorm_min()})
            QCOMPARE(exactText(value).toDouble(), value);
        QCOMPARE(exactText(std::nan("")), "nan");
        QCOMPARE(exactText(-std::numeric_limits<double>::infinity()), "-inf");
    }

    void durationsUseTwoUnitsAtMost() {
        QCOMPARE(formatDuration(8.2), "8 s");
        QCOMPARE(formatDuration(360), "6 min");
        QCOMPARE(formatDuration(7500), "2 h 5 min");
        QCOMPARE(formatDuration(3 * 86400 + 3600), "3 d 1 h");
    }
};

THAW_TEST(NumberTextTest);
#include "number_text_test.moc"
