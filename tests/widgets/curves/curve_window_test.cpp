// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_window.h"

#include "tests/registry.h"
#include "widgets/base/qcustomplot.h"
#include "widgets/curves/curve_canvas.h"
#include "widgets/curves/curve_cursor.h"

#include <QLabel>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace thaw;

namespace {

// The parts of a plot without CurvePlot.
struct PartsBench {
    QCustomPlot plot;
    CurveStore store;
    CurveCanvas canvas{plot};
    CurveWindow window{plot};
    CurveCursor cursor{plot, store, canvas};

    PartsBench() {
        store.add(QStringLiteral("G"), CurveKind::Line);
        canvas.addSeries(QStringLiteral("G"), CurveKind::Line, 0);
        cursor.matchSeries();
        for (int i = 0; i <= 100; i += 10) store.append(0, i, i);
        window.fit(store, {});
    }
};

}  // namespace

class CurveWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void fittingIsNotAMoveOfTheUser() {
        PartsBench bench;
        QSignalSpy moved(&bench.window, &CurveWindow::moved);
        bench.store.append(0, 200, 5);
        bench.window.fit(bench.store, {});
        bench.window.setXRange({3, 4});
        QCOMPARE(moved.size(), 0);
        QVERIFY(bench.window.follows());
        QCOMPARE(bench.window.xRange(), AxisRange(3, 4));
    }

    void aMovedWindowIsKeptUntilItFollowsAgain() {
        PartsBench bench;
        QSignalSpy moved(&bench.window, &CurveWindow::moved), follows(&bench.window, &CurveWindow::followsChanged);
        bench.window.zoom(0.5, 20);
        QVERIFY(!moved.isEmpty());
        QCOMPARE(follows.size(), 1);
        const AxisRange zoomed = bench.window.xRange();
        QVERIFY(zoomed.first < 20 && zoomed.second > 20 && zoomed.second < 100);
        bench.window.fit(bench.store, {});
        QCOMPARE(bench.window.xRange(), zoomed);
        bench.window.setFollows(true);
        bench.window.fit(bench.store, {});
        QVERIFY(bench.window.xRange().second >= 100);
        QCOMPARE(follows.size(), 2);
    }

    void aLogarithmicWindowStaysPositive() {
        PartsBench bench;
        bench.canvas.setLog(true, false);
        bench.window.setLog(true, false);
        bench.window.fit(bench.store, {});
        QVERIFY(bench.window.xRange().first > 0);
        for (int i = 0; i < 60; ++i) bench.window.zoom(1.6, std::nullopt);
        QVERIFY(bench.window.xRange().first > 0);
    }

    void theCursorGoesToPointsAndALinkedOneStandsBetweenThem() {
        PartsBench bench;
        QSignalSpy moved(&bench.cursor, &CurveCursor::moved), hovered(&bench.cursor, &CurveCursor::hovered);
        bench.cursor.moveTo(32);
        QCOMPARE(*bench.cursor.x(), 30.0);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(hovered.size(), 1);
        bench.cursor.moveTo(32, CurveCursor::Origin::Linked);
        QCOMPARE(*bench.cursor.x(), 32.0);
        QVERIFY(bench.cursor.readout().contains(QStringLiteral("at 30")));
        // What is drawn in the meantime leaves it where the other plot's stands.
        bench.cursor.refresh();
        QCOMPARE(*bench.cursor.x(), 32.0);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(hovered.size(), 1);
    }

    void stepsGoFromPointToPointAndEndAtTheLast() {
        PartsBench bench;
        bench.cursor.step(-1);
        QCOMPARE(*bench.cursor.x(), 100.0);
        bench.cursor.step(-3);
        QCOMPARE(*bench.cursor.x(), 70.0);
        bench.cursor.step(20);
        QCOMPARE(*bench.cursor.x(), 100.0);
        bench.cursor.leave();
        QVERIFY(!bench.cursor.x() && bench.cursor.readout().isEmpty());
    }

    void aPinIsTakenAwayWhereItWasPut() {
        PartsBench bench;
        QSignalSpy pinned(&bench.cursor, &CurveCursor::pinned);
        bench.cursor.togglePin(3);
        QVERIFY(!bench.cursor.pin());
        bench.cursor.moveTo(50);
        bench.cursor.togglePin(3);
        QCOMPARE(*bench.cursor.pin(), 50.0);
        bench.cursor.moveTo(80);
        QVERIFY(bench.cursor.readout().contains(QStringLiteral("Δ +30")));
        bench.cursor.moveTo(50);
        bench.cursor.togglePin(0);
        QVERIFY(!bench.cursor.pin());
        QCOMPARE(pinned.size(), 2);
        bench.cursor.setPin(10, CurveCursor::Origin::Linked);
        QCOMPARE(pinned.size(), 2);
        QCOMPARE(*bench.cursor.pin(), 10.0);
    }

    void withoutPointsThereIsNoCursor() {
        PartsBench bench;
        bench.cursor.moveTo(10);
        bench.store.clear();
        bench.cursor.refresh();
        QVERIFY(!bench.cursor.x());
        QVERIFY(bench.plot.findChild<QLabel*>("curveReadout")->isHidden());
    }
};

THAW_TEST(CurveWindowTest);
#include "curve_window_test.moc"
