// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_data.h"
#include "tests/registry.h"
#include "widgets/curves/curve_clip.h"
#include "widgets/curves/curve_range.h"
#include "widgets/curves/series_pyramid.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace thaw;

class CurveDataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theAverageOfAConstantIsTheConstantFromTheFirstStep() {
        for (const double value : debiasedEma(std::vector<double>(50, 3.25), 0.99))
            QVERIFY(std::abs(value - 3.25) < 1e-12);
    }

    void theAverageMatchesItsFormula() {
        const std::vector<double> y{1, -2, 4, 0.5};
        const double w = 0.7;
        const auto smooth = debiasedEma(y, w);
        for (std::size_t k = 0; k < y.size(); ++k) {
            double sum = 0, weights = 0;
            for (std::size_t i = 0; i <= k; ++i) {
                const double weight = std::pow(w, double(k - i));
                sum += weight * y[i];
                weights += weight;
            }
            QVERIFY(std::abs(smooth[k] - sum / weights) < 1e-12);
        }
    }

    void noWeightLeavesTheValuesAlone() { QCOMPARE(debiasedEma({1, 5, 2}, 0), (std::vector<double>{1, 5, 2})); }

    void aBrokenValueDoesNotPoisonTheAverage() {
        const auto smooth = debiasedEma({1, std::nan(""), 1}, 0.9);
        QVERIFY(std::isnan(smooth[1]));
        QVERIFY(std::abs(smooth[2] - 1) < 1e-12);
    }

    void aThinnedWindowKeepsEndsAndExtremes() {
        SeriesPyramid series;
        std::mt19937 random(1);
        std::normal_distribution<double> noise;
        for (int i = 0; i < 123457; ++i) series.append(i, noise(random));
        for (const auto& [low, high] : {std::pair(0.0, 123456.0), {1000.0, 90000.0}, {5.5, 70.25}, {122000.0, 2e5}}) {
            const CurvePoints points = series.window(low, high, 1000);
            QVERIFY(points.x.size() <= 1300);
            QVERIFY(std::is_sorted(points.x.begin(), points.x.end()));
            const auto first = std::size_t(std::max(0.0, std::ceil(low) - 1)),
                       last = std::min<std::size_t>(std::size_t(std::floor(high)) + 2, series.size());
            const auto [least, most] =
                std::minmax_element(series.y().begin() + long(first), series.y().begin() + long(last));
            QCOMPARE(*std::min_element(points.y.begin(), points.y.end()), *least);
            QCOMPARE(*std::max_element(points.y.begin(), points.y.end()), *most);
            for (qsizetype i = 0; i < points.x.size(); ++i) QCOMPARE(points.y[i], series.y()[std::size_t(points.x[i])]);
        }
        QCOMPARE(series.window(0, 1e9, 1000).x.last(), 123456.0);
    }

    void aShortWindowIsShownPointByPoint() {
        SeriesPyramid series;
        for (int i = 0; i < 100000; ++i) series.append(i, i % 7);
        const CurvePoints points = series.window(5000, 5100, 1000);
        QCOMPARE(points.x.size(), 103);
        QCOMPARE(points.x.first(), 4999.0);
        QCOMPARE(points.x.last(), 5101.0);
    }

    void brokenValuesAreKeptButNotShown() {
        SeriesPyramid series;
        for (int i = 0; i < 5000; ++i) series.append(i, i == 777 ? std::nan("") : i >= 4992 ? INFINITY : 1);
        QCOMPARE(series.size(), std::size_t(5000));
        for (const double value : series.window(0, 5000, 100).y) QCOMPARE(value, 1.0);
    }

    void truncatingStartsOverAtThatPoint() {
        SeriesPyramid series;
        for (int i = 0; i < 1000; ++i) series.append(i, i);
        series.truncate(500);
        QCOMPARE(series.size(), std::size_t(500));
        const auto y = series.window(0, 1000, 50).y;
        QCOMPARE(*std::max_element(y.begin(), y.end()), 499.0);
    }

    void theNearestPointIsFound() {
        SeriesPyramid series;
        for (const double x : {0.0, 1.0, 4.0}) series.append(x, 0);
        QCOMPARE(series.nearest(-5), std::size_t(0));
        QCOMPARE(series.nearest(0.6), std::size_t(1));
        QCOMPARE(series.nearest(3), std::size_t(2));
        QCOMPARE(series.nearest(99), std::size_t(2));
    }

    void aLineIsCutExactlyAtTheWindow() {
        const CurvePoints cut = clippedLine({{0, 2, 4}, {0, 2, 0}}, {0, 4}, {0, 1}, false, false);
        QCOMPARE(cut.x.size(), 5);
        QCOMPARE(cut.x[1], 1.0);
        QCOMPARE(cut.y[1], 1.0);
        QVERIFY(std::isnan(cut.y[2]));
        QCOMPARE(cut.x[3], 3.0);
        QCOMPARE(cut.x[4], 4.0);
    }

    void onALogarithmicAxisTheCutLiesOnTheDrawnLine() {
        const CurvePoints cut = clippedLine({{1, 3}, {1, 100}}, {1, 3}, {1, 10}, false, true);
        QCOMPARE(cut.x.size(), 2);
        QVERIFY(std::abs(cut.x[1] - 2) < 1e-12);
        QVERIFY(std::abs(cut.y[1] - 10) < 1e-9);
    }

    void aLineInsideIsLeftAsItIs() {
        const CurvePoints line{{1, 2, 3}, {0.3, 0.7, 0.1}};
        const CurvePoints cut = clippedLine(line, {0, 4}, {0.05, 1}, true, true);
        QCOMPARE(cut.y, line.y);
    }

    void axesAlwaysHaveAnExtent() {
        RangeFit none(false), one(false), logNone(true);
        one.add(3);
        logNone.add(-1);
        QVERIFY(none.range(0.1).first < none.range(0.1).second);
        QVERIFY(one.range(0.1).first < 3 && one.range(0.1).second > 3);
        QVERIFY(logNone.range(0.1).first > 0);
        const auto x = fittedX(0, 0, false);
        QVERIFY(x.first < x.second);
    }
};

THAW_TEST(CurveDataTest);
#include "curve_data_test.moc"
