// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_store.h"

#include "tests/registry.h"
#include "widgets/curves/curve_readout.h"
#include "widgets/curves/curve_window.h"

#include <QLocale>
#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

CurveStore losses(int count = 10) {
    CurveStore store;
    store.add(QStringLiteral("G"), CurveKind::Line);
    store.add(QStringLiteral("FID"), CurveKind::Points, 4);
    for (int i = 1; i <= count; ++i) store.append(0, i, 10.0 * i);
    return store;
}

}  // namespace

class CurveStoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void aPatternIsTheSeriesOwnWhateverIsHiddenBesideIt() {
        CurveStore store = losses();
        store.add(QStringLiteral("FID"), CurveKind::Band);
        store.add(QStringLiteral("third"), CurveKind::Line);
        store.add(QStringLiteral("given"), CurveKind::Line, 0, 1);
        store.setVisible(0, false);
        CurveFigure figure;
        store.addTo(figure);
        QCOMPARE(figure.series[0].dash, 0);
        QCOMPARE(figure.series[1].dash, 1);
        QCOMPARE(figure.series[3].dash, 2);  // the band before it is not counted
        QCOMPARE(figure.series[4].dash, 1);
        store.setLook(3, 5, 0);
        CurveFigure again;
        store.addTo(again);
        QCOMPARE(again.series[3].colour, 5);
        QCOMPARE(again.series[3].dash, 0);
    }

    void aSeriesTakesItsNumberForAColourUnlessItHasOne() {
        const CurveStore store = losses();
        QCOMPARE(store.count(), 2);
        QCOMPARE(store[0].colour, 0);
        QCOMPARE(store[1].colour, 4);
        QVERIFY(store.hasLines());
    }

    void whatNamesNoSeriesIsIgnored() {
        CurveStore store = losses();
        for (const int wrong : {-1, 2}) {
            store.append(wrong, 1, 1);
            store.setData(wrong, {1}, {1});
            store.setBand(wrong, {1}, {1}, {1});
            store.prepend(wrong, {1}, {1});
            store.setName(wrong, QStringLiteral("x"));
            store.setVisible(wrong, false);
            QVERIFY(!store.has(wrong));
        }
        QCOMPARE(store[0].raw.size(), std::size_t(10));
        QVERIFY(store[0].visible && store[1].visible);
    }

    void aSmallerXDropsWhatCameAfterAndItsNotes() {
        CurveStore store = losses();
        store.append(0, 11, 1, QStringLiteral("late"));
        store.append(0, 5, 7, QStringLiteral("again"));
        QCOMPARE(store[0].raw.x(), (std::vector<double>{1, 2, 3, 4, 5}));
        QCOMPARE(store[0].raw.y().back(), 7.0);
        QCOMPARE(store[0].notes.last(), "again");
        QCOMPARE(store[0].notes.size(), 5);
    }

    void smoothedValuesAreTheAverageHoweverTheyCame() {
        CurveStore early, late = losses(20);
        early.setSmoothing(0.8);
        early.add(QStringLiteral("G"), CurveKind::Line);
        for (int i = 1; i <= 20; ++i) early.append(0, i, 10.0 * i);
        QVERIFY(late[0].smooth.empty());
        late.setSmoothing(0.8);
        QCOMPARE(early[0].smooth.y(), debiasedEma(early[0].raw.y(), 0.8));
        QCOMPARE(late[0].smooth.y(), early[0].smooth.y());
        early.prepend(0, {0, 1}, {5, 6});
        QCOMPARE(early[0].smooth.y(), debiasedEma(early[0].raw.y(), 0.8));
        late.append(1, 3, 4);
        QVERIFY(late[1].smooth.empty());
        late.setSmoothing(0);
        QVERIFY(late[0].smooth.empty());
    }

    void aBandGoesWithTheSeriesOfItsName() {
        CurveStore store = losses();
        const int band = store.add(QStringLiteral("G"), CurveKind::Band);
        store.setBand(band, {1, 2}, {0, 1}, {5, 6});
        QCOMPARE(store[band].smooth.y(), (std::vector<double>{0, 1}));
        QCOMPARE(store[band].raw.y(), (std::vector<double>{5, 6}));
        store.setSmoothing(0.5);
        QCOMPARE(store[band].smooth.y(), (std::vector<double>{0, 1}));
        store.setVisible(0, false);
        QVERIFY(!store[band].visible && store[1].visible);
    }

    void theReachIsThatOfVisibleSeries() {
        CurveStore store = losses();
        store.append(1, 40, 1);
        QCOMPARE(*store.reach(), std::pair(1.0, 40.0));
        store.setVisible(1, false);
        QCOMPARE(*store.reach(), std::pair(1.0, 10.0));
        QCOMPARE(*store.nearestX(30), 10.0);
        QCOMPARE(store.longest(), &store[0]);
        store.clear();
        QVERIFY(store.empty() && !store.reach() && !store.nearestX(1) && !store.longest());
        QCOMPARE(store.count(), 2);
    }

    void ringsAndBandsAreNotReadOut() {
        CurveStore store;
        store.setData(store.add(QStringLiteral("best"), CurveKind::Ring), {1, 2}, {1, 2});
        store.setBand(store.add(QStringLiteral("spread"), CurveKind::Band), {1}, {0}, {2});
        QVERIFY(!store.nearestX(1) && !store.longest());
        QCOMPARE(plainReadout(store, {1, {}, QStringLiteral("kimg")}), QStringLiteral("1\u00A0kimg"));
    }

    void aReferenceIsReplacedByItsText() {
        CurveStore store = losses();
        store.setReference(3, QStringLiteral("teacher"));
        store.setReference(4, QStringLiteral("teacher"));
        store.addMark(2, QStringLiteral("pause"));
        CurveFigure figure;
        store.addTo(figure);
        QCOMPARE(figure.references.size(), std::size_t(1));
        QCOMPARE(figure.references[0].y, 4.0);
        QCOMPARE(figure.marks.size(), std::size_t(1));
        QCOMPARE(figure.series.size(), std::size_t(2));
        store.clear();
        QVERIFY(store.marks().empty());
        QCOMPARE(store.references().size(), std::size_t(1));
        store.removeSeries();
        QCOMPARE(store.count(), 0);
    }

    void theFittedWindowHoldsPointsReferencesAndLinkedPlots() {
        CurveStore store;
        QVERIFY(!fittedWindow(store, false, false));
        store = losses();
        const auto whole = fittedWindow(store, false, false);
        QVERIFY(whole->first.first <= 1 && whole->first.second >= 10);
        QVERIFY(whole->second.first <= 10 && whole->second.second >= 100);
        store.setReference(500, QStringLiteral("far"));
        QVERIFY(fittedWindow(store, false, false)->second.second > 500);
        QVERIFY(fittedWindow(store, false, false, {{1, 90}})->first.second >= 90);
        store.setVisible(0, false);
        store.setVisible(1, false);
        QVERIFY(!fittedWindow(store, false, false));
    }

    void aLogarithmicWindowIsPositive() {
        CurveStore store = losses();
        store.prepend(0, {-1, 0}, {-5, 0});
        const auto window = fittedWindow(store, true, true);
        QVERIFY(window->first.first > 0 && window->second.first > 0);
        QVERIFY(window->first.second >= 10 && window->second.second >= 100);
    }

    void aReadoutSaysWhereAndHowFarFromThePin() {
        CurveStore store = losses();
        store.append(1, 4, 30, QStringLiteral("1,000 images"));
        QCOMPARE(plainReadout(store, {5, {}, QStringLiteral("kimg")}),
                 QStringLiteral("5\u00A0kimg · G 50 · FID 30 at 4 (1,000 images)"));
        QVERIFY(plainReadout(store, {5, 3.0, {}}).contains(QStringLiteral("G 50, Δ +20")));
        store.setSmoothing(0.9);
        QVERIFY(plainReadout(store, {1, {}, {}}).contains(QStringLiteral("G 10 (raw 10)")));
        store.setName(0, QStringLiteral("<b>"));
        const QString rich = richReadout(store, {4, {}, {}}, Qt::gray, [](int) { return QColor(Qt::red); });
        QVERIFY(rich.contains(QStringLiteral("&lt;b&gt;")) && rich.contains(QStringLiteral("#ff0000")));
        QVERIFY(rich.contains(QStringLiteral("1,000 images")));
        QVERIFY(curveSummary(store, {}).last().contains(QStringLiteral("FID: points 1, latest 30 at 4")));
    }
};

THAW_TEST(CurveStoreTest);
#include "curve_store_test.moc"
