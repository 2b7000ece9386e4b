// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_statistics.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <cmath>
#include <limits>

using namespace thaw;

class StudyStatisticsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDeviationIsThatOfASample() {
        const auto spread = spreadOf({1, std::nan(""), 2, 6});
        QCOMPARE(spread.count, 3);
        QCOMPARE(spread.mean, 3.0);
        QCOMPARE(spread.deviation, std::sqrt(7.0));
        QVERIFY(std::isnan(spreadOf({2}).deviation) && std::isnan(spreadOf({}).mean));
    }
    // scipy.stats.ttest_ind([1, 2, 3], [2, 4, 6, 8], equal_var=False)
    void twoMeansAreComparedByWelchsTest() {
        const auto a = spreadOf({1, 2, 3}), b = spreadOf({2, 4, 6, 8});
        QVERIFY(std::abs(sameMean(a, b) - 0.0999128643118008) < 1e-12);
        QCOMPARE(sameMean(a, b), sameMean(b, a));
        QVERIFY(std::isnan(sameMean(spreadOf({1}), b)));
        QCOMPARE(sameMean(spreadOf({1, 1}), spreadOf({2, 2})), 0.0);
        QCOMPARE(sameMean(spreadOf({1, 1}), spreadOf({1, 1})), 1.0);
    }
    void whatIsMissingOrDivergedIsSaid() {
        QCOMPARE(shownSpread(spreadOf({4, 4.2})), std::string("4.10 ± 0.14"));
        QCOMPARE(shownSpread(spreadOf({4})), std::string("4.00"));
        QCOMPARE(shownSpread(spreadOf({})), std::string("–"));
        const double infinite = std::numeric_limits<double>::infinity();
        QCOMPARE(shownSpread(spreadOf({infinite})), std::string("diverged"));
        QCOMPARE(shownSpread(spreadOf({4, infinite, 4.2})), std::string("4.10 ± 0.14, 1 of 3 diverged"));
        QCOMPARE(spreadOf({4, infinite, 4.2}).count, 2);
    }
    // scipy.stats.ttest_1samp([1, 2, 4], 3)
    void aMeanIsComparedWithAValue() {
        QVERIFY(std::abs(meanIs(spreadOf({1, 2, 4}), 3) - 0.5285954792089684) < 1e-12);
        QVERIFY(std::isnan(meanIs(spreadOf({1}), 3)));
    }
};

THAW_TEST(StudyStatisticsTest);
#include "study_statistics_test.moc"
