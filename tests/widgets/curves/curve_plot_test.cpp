// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_plot.h"
#include "tests/registry.h"
#include "tests/widgets/sample_values.h"
#include "widgets/base/qcustomplot.h"
#include "widgets/base/theme.h"
#include "widgets/curves/curve_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <cmath>
#include <memory>

using namespace thaw;

namespace {

struct Bench {
    CurvePlot plot;
    int g = plot.addSeries(QStringLiteral("G loss"));
    int d = plot.addSeries(QStringLiteral("D loss"));

    Bench() {
        plot.setAxisLabels(QStringLiteral("kimg"), QStringLiteral("loss"));
        plot.resize(500, 300);
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot));
    }
    void fill(int count = 100) {
        for (int i = 1; i <= count; ++i) {
            plot.append(g, i, 2.0 - 0.01 * i);
            plot.append(d, i, 1.0);
        }
        plot.flush();
    }
    QWidget* canvas() const { return plot.findChild<QWidget*>("curveCanvas"); }
    QPoint onCanvas(double x, double y) const { return canvas()->mapFrom(&plot, plot.toPixel(x, y).toPoint()); }
    void hover(double x, double y) {
        QTest::mouseMove(canvas(), onCanvas(x, y) + QPoint(1, 0));
        QTest::mouseMove(canvas(), onCanvas(x, y));
    }
    void wheel(double x, double y, int delta, Qt::KeyboardModifiers modifiers = {}) {
        const QPointF at = onCanvas(x, y);
        QWheelEvent event(at, canvas()->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(canvas(), &event);
    }
    QToolButton* button(const char* name) const { return plot.findChild<QToolButton*>(QLatin1String(name)); }
};

}  // namespace

class CurvePlotTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, Theme::Light);
    }

    void everyPointIsKept() {
        Bench bench;
        bench.fill(1000);
        QCOMPARE(bench.plot.pointCount(bench.g), 1000);
        const CurveFigure figure = bench.plot.figure();
        QCOMPARE(figure.series.size(), std::size_t(2));
        QCOMPARE(figure.series[0].name, "G loss");
        QCOMPARE(figure.series[0].x.size(), std::size_t(1000));
        QCOMPARE(figure.series[0].y[499], 2.0 - 5.0);
    }

    void manyPointsAreGatheredIntoFewFrames() {
        Bench bench;
        bench.fill(1);
        QTest::qWait(120);
        const int before = bench.plot.frameCount();
        for (int i = 2; i < 20000; ++i) bench.plot.append(bench.g, i, 1);
        QCoreApplication::processEvents();
        QVERIFY(bench.plot.frameCount() - before <= 1);
        QTRY_VERIFY(bench.plot.frameCount() > before);
        QVERIFY(bench.plot.xRange().second >= 19999);
    }

    void aHiddenPlotDrawsNothingUntilItIsShown() {
        CurvePlot plot;
        const int series = plot.addSeries(QStringLiteral("a"));
        QTest::qWait(80);  // QCustomPlot paints its buffers once when it is made
        const int before = plot.frameCount();
        for (int i = 0; i < 10; ++i) plot.append(series, i, i);
        QTest::qWait(80);
        QCOMPARE(plot.frameCount(), before);
        plot.resize(300, 200);
        plot.show();
        QTRY_VERIFY(plot.frameCount() > before);
        QTRY_VERIFY(plot.xRange().second >= 9);
    }

    void theWindowFollowsTheLatestUntilItIsMoved() {
        Bench bench;
        QSignalSpy follow(&bench.plot, &CurvePlot::followLatestChanged);
        bench.fill();
        const double end = bench.plot.xRange().second;
        QVERIFY(end >= 100);
        bench.wheel(50, 1.5, 120);
        QVERIFY(!bench.plot.followsLatest());
        QCOMPARE(follow.size(), 1);
        QVERIFY(!bench.button("curveFollow")->isChecked());
        const auto window = bench.plot.xRange();
        bench.plot.append(bench.g, 500, 1);
        bench.plot.flush();
        QCOMPARE(bench.plot.xRange(), window);
        QTest::keyClick(bench.canvas(), Qt::Key_End);
        QVERIFY(bench.plot.followsLatest());
        QVERIFY(bench.plot.xRange().second >= 500);
    }

    void theWheelZoomsAroundThePointer() {
        Bench bench;
        bench.fill();
        const auto x = bench.plot.xRange(), y = bench.plot.yRange();
        bench.wheel(30, 1.5, 120);
        const auto zoomed = bench.plot.xRange();
        QVERIFY(zoomed.second - zoomed.first < x.second - x.first);
        QVERIFY(bench.plot.yRange().second - bench.plot.yRange().first < y.second - y.first);
        QVERIFY(std::abs((30 - zoomed.first) / (zoomed.second - zoomed.first) - (30 - x.first) / (x.second - x.first)) <
                0.02);
        const auto before = bench.plot.yRange();
        bench.wheel(30, 1.5, 120, Qt::ShiftModifier);
        QCOMPARE(bench.plot.yRange(), before);
        const auto beforeX = bench.plot.xRange();
        bench.wheel(30, 1.5, 120, Qt::ControlModifier);
        QCOMPARE(bench.plot.xRange(), beforeX);
    }

    void draggingPansAndADoubleClickFits() {
        Bench bench;
        bench.fill();
        const auto whole = bench.plot.xRange();
        const QPoint from = bench.onCanvas(60, 1.5);
        QTest::mousePress(bench.canvas(), Qt::LeftButton, {}, from);
        QTest::mouseMove(bench.canvas(), from - QPoint(40, 0));
        QTest::mouseMove(bench.canvas(), from - QPoint(80, 0));
        QTest::mouseRelease(bench.canvas(), Qt::LeftButton, {}, from - QPoint(80, 0));
        QVERIFY(bench.plot.xRange().first > whole.first + 5);
        QVERIFY(!bench.plot.followsLatest());
        QTest::mouseDClick(bench.canvas(), Qt::LeftButton, {}, from);
        QCOMPARE(bench.plot.xRange(), whole);
        QVERIFY(bench.plot.followsLatest());
    }

    void shiftDragZoomsIntoARectangle() {
        Bench bench;
        bench.fill();
        const QPoint from = bench.onCanvas(20, 1.8), to = bench.onCanvas(40, 1.4);
        QTest::mousePress(bench.canvas(), Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(bench.canvas(), (from + to) / 2);
        QTest::mouseMove(bench.canvas(), to);
        QTest::mouseRelease(bench.canvas(), Qt::LeftButton, Qt::ShiftModifier, to);
        QVERIFY(std::abs(bench.plot.xRange().first - 20) < 1);
        QVERIFY(std::abs(bench.plot.xRange().second - 40) < 1);
    }

    void hoveringReadsTheNearestStepOfEverySeries() {
        Bench bench;
        bench.fill();
        QSignalSpy hovered(&bench.plot, &CurvePlot::hovered);
        bench.hover(25.2, 1.5);
        QVERIFY(!hovered.isEmpty());
        const QString text = bench.plot.readout();
        QVERIFY2(text.contains("25") && text.contains("G loss 1.75") && text.contains("D loss 1"), qPrintable(text));
        QVERIFY(bench.plot.findChild<QLabel*>("curveReadout")->isVisible());
        QVERIFY(bench.plot.accessibleDescription().contains("G loss 1.75"));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(bench.canvas(), &leave);
        QVERIFY(bench.plot.readout().isEmpty());
        QCOMPARE(hovered.last().first().toString(), QString());
    }

    void hoveringRedrawsNoCurve() {
        Bench bench;
        bench.fill();
        QTest::qWait(80);
        const int before = bench.plot.frameCount();
        for (int x = 10; x < 60; ++x) bench.hover(x, 1.5);
        QCOMPARE(bench.plot.frameCount(), before);
    }

    void arrowKeysReadPointByPoint() {
        Bench bench;
        bench.fill();
        QTest::keyClick(bench.canvas(), Qt::Key_Right);
        QVERIFY2(bench.plot.readout().startsWith("100"), qPrintable(bench.plot.readout()));
        QTest::keyClick(bench.canvas(), Qt::Key_Left);
        QVERIFY(bench.plot.readout().startsWith("99"));
        QTest::keyClick(bench.canvas(), Qt::Key_Home);
        QVERIFY(bench.plot.readout().startsWith("1"));
        QTest::keyClick(bench.canvas(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), bench.plot.readout());
        QTest::keyClick(bench.canvas(), Qt::Key_Escape);
        QVERIFY(bench.plot.readout().isEmpty());
    }

    void aNoteOfAPointIsRead() {
        CurvePlot plot;
        const int fid = plot.addSeries(QStringLiteral("FID"), CurveKind::Points);
        plot.append(fid, 2, 30);
        plot.append(fid, 4, 10, QStringLiteral("1,000 images"));
        plot.resize(400, 260);
        plot.show();
        plot.flush();
        QTest::keyClick(plot.findChild<QWidget*>("curveCanvas"), Qt::Key_Left);
        QVERIFY2(plot.readout().contains("1,000 images"), qPrintable(plot.readout()));
        QCOMPARE(plot.figure().series[0].notes.value(1), "1,000 images");
    }

    void theSliderSmoothsAndKeepsTheRawValues() {
        Bench bench;
        bench.fill();
        auto* slider = bench.plot.findChild<QSlider*>("curveSmoothing");
        QTest::keyClick(slider, Qt::Key_End);
        QVERIFY(std::abs(bench.plot.smoothing() - 0.999) < 1e-12);
        QVERIFY(slider->toolTip().contains("0.999"));
        bench.plot.setSmoothing(0.9);
        QCOMPARE(bench.plot.smoothing(), 0.9);
        bench.plot.flush();
        bench.hover(50, 1.5);
        const double smooth = debiasedEma(bench.plot.figure().series[0].y, 0.9)[49];
        QVERIFY2(
            bench.plot.readout().contains(QString::number(smooth, 'g', 4)) && bench.plot.readout().contains("raw 1.5"),
            qPrintable(bench.plot.readout()));
        QCOMPARE(bench.plot.figure().smoothing, 0.9);
    }

    void measurementsHaveNoSlider() {
        CurvePlot plot;
        plot.addSeries(QStringLiteral("FID"), CurveKind::Points);
        QVERIFY(plot.findChild<QSlider*>("curveSmoothing")->isHidden());
    }

    void theLogarithmicAxisShowsOnlyWhatIsPositive() {
        Bench bench;
        bench.plot.append(bench.g, 1, -5);
        bench.plot.append(bench.g, 2, 0);
        bench.plot.append(bench.g, 3, 10);
        bench.plot.append(bench.g, 4, 1000);
        QTest::mouseClick(bench.button("curveLogY"), Qt::LeftButton);
        bench.plot.flush();
        QVERIFY(bench.plot.logY());
        QVERIFY(bench.plot.figure().logY);
        QVERIFY(bench.plot.yRange().first > 0 && bench.plot.yRange().first < 10);
        for (int i = 0; i < 40; ++i) bench.wheel(2, 20, -120);
        QVERIFY(bench.plot.yRange().first > 0);
        QVERIFY(std::isfinite(bench.plot.yRange().second));
        QTest::keyClick(bench.canvas(), Qt::Key_L);
        QVERIFY(!bench.plot.logY());
    }

    void aChipHidesItsSeries() {
        Bench bench;
        bench.fill();
        QTest::mouseClick(bench.button("curveSeries1"), Qt::LeftButton);
        bench.plot.flush();
        QVERIFY(!bench.plot.figure().series[1].visible);
        bench.hover(50, 1.5);
        QVERIFY(!bench.plot.readout().contains("D loss"));
    }

    void aResumedRunReplacesWhatItAbandoned() {
        Bench bench;
        bench.fill();
        bench.plot.setSmoothing(0.5);
        bench.plot.append(bench.g, 50, 7);
        QCOMPARE(bench.plot.pointCount(bench.g), 50);
        QCOMPARE(bench.plot.figure().series[0].y.back(), 7.0);
    }

    void controlsAreVisibleInANarrowPlotToo() {
        Bench bench;
        for (int i = 0; i < 4; ++i) bench.plot.addSeries(QStringLiteral("D(fake) 000%1 · cd,gan").arg(i));
        bench.plot.resize(240, 300);
        QCoreApplication::processEvents();
        const QRect bar = bench.plot.findChild<CurveBar*>()->rect();
        QList<QWidget*> parts{bench.button("curveLogY"), bench.button("curveFit"), bench.button("curveFollow"),
                              bench.plot.findChild<QSlider*>("curveSmoothing")};
        for (int i = 0; i < 6; ++i) parts << bench.button(qPrintable(QStringLiteral("curveSeries%1").arg(i)));
        QList<QRect> places;
        for (const QWidget* part : parts) {
            QVERIFY(part->isVisible());
            const QRect place(part->mapTo(bench.plot.findChild<CurveBar*>(), QPoint()), part->size());
            QVERIFY2(bar.contains(place), qPrintable(QStringLiteral("%1 at %2,%3 of %4x%5")
                                                         .arg(part->objectName())
                                                         .arg(place.x())
                                                         .arg(place.y())
                                                         .arg(bar.width())
                                                         .arg(bar.height())));
            QVERIFY(place.width() >= part->sizeHint().width() || part->objectName() == "curveSmoothing");
            for (const QRect& other : places) QVERIFY2(!other.intersects(place), qPrintable(part->objectName()));
            places << place;
        }
    }

    void labelsOfMarksNeverLieOnEachOther() {
        Bench bench;
        bench.fill(100);
        bench.plot.setReference(2, QStringLiteral("original, one step: 2"));
        for (int i = 0; i < 12; ++i) bench.plot.addMark(40 + i, QStringLiteral("freeze d2o-f+qkv+skip"));
        bench.plot.addMark(99, QStringLiteral("freeze none"));  // no room to its right
        bench.plot.addMark(500, QStringLiteral("freeze all"));  // beyond the window
        bench.plot.flush();
        auto* canvas = qobject_cast<QCustomPlot*>(bench.canvas());
        QList<QRectF> boxes;
        QStringList texts;
        for (int i = 0; i < canvas->itemCount(); ++i) {
            const auto* text = qobject_cast<QCPItemText*>(canvas->item(i));
            if (!text || !text->visible() || text->text().isEmpty()) continue;
            const QRectF box(text->topLeft->pixelPosition(), text->bottomRight->pixelPosition());
            QVERIFY2(QRectF(canvas->axisRect()->rect()).adjusted(-1, -1, 1, 1).contains(box), qPrintable(text->text()));
            for (const QRectF& other : boxes)
                QVERIFY2(!other.adjusted(1, 1, -1, -1).intersects(box), qPrintable(text->text()));
            boxes << box;
            texts << text->text();
        }
        QVERIFY(texts.contains("freeze none") && texts.contains("original, one step: 2"));
        QVERIFY(texts.count("freeze d2o-f+qkv+skip") >= 3);
        QVERIFY(!texts.contains("freeze all"));
        // What has no room is in the read-out.
        bench.hover(51, 1);
        QVERIFY2(bench.plot.readout().contains("freeze d2o-f+qkv+skip"), qPrintable(bench.plot.readout()));
    }

    void theMenuDoesWhatButtonsAndKeysDo() {
        Bench bench;
        bench.fill();
        const std::unique_ptr<QMenu> menu(bench.plot.makeMenu());
        const auto action = [](const QMenu& in, const QString& text) {
            for (QAction* found : in.actions())
                if (found->text() == text) return found;
            return static_cast<QAction*>(nullptr);
        };
        action(*menu, "Logarithmic values")->trigger();
        QVERIFY(bench.plot.logY());
        action(*action(*menu, "Smoothing")->menu(), "0.99")->trigger();
        QCOMPARE(bench.plot.smoothing(), 0.99);
        action(*action(*menu, "Curves")->menu(), "D loss")->trigger();
        QVERIFY(!bench.plot.isSeriesVisible(bench.d) && bench.plot.isSeriesVisible(bench.g));
        QVERIFY(!action(*menu, "Copy the read-out")->isEnabled());
        action(*menu, "Follow the latest step")->trigger();
        QVERIFY(!bench.plot.followsLatest());
        action(*menu, "Show everything")->trigger();
        QVERIFY(bench.plot.followsLatest());
    }

    void marksAndReferencesAreInTheFigure() {
        Bench bench;
        bench.fill();
        bench.plot.addMark(20, QStringLiteral("freeze d2o-f"));
        bench.plot.setReference(5, QStringLiteral("teacher"));
        bench.plot.setReference(6, QStringLiteral("teacher"));
        bench.plot.flush();
        const CurveFigure figure = bench.plot.figure();
        QCOMPARE(figure.marks.size(), std::size_t(1));
        QCOMPARE(figure.references.size(), std::size_t(1));
        QCOMPARE(figure.references[0].y, 6.0);
        QVERIFY(bench.plot.yRange().second > 6);
    }

    void clearingForgetsPointsAndKeepsSeries() {
        Bench bench;
        bench.fill();
        bench.plot.addMark(3, QStringLiteral("x"));
        bench.plot.clear();
        bench.plot.flush();
        QCOMPARE(bench.plot.pointCount(bench.g), 0);
        QVERIFY(bench.plot.figure().marks.empty());
        QCOMPARE(bench.plot.figure().series.size(), std::size_t(2));
        QVERIFY(bench.plot.findChild<QLabel*>("curveEmpty")->isVisible());
        bench.fill(10);
        QVERIFY(!bench.plot.findChild<QLabel*>("curveEmpty")->isVisible());
    }

    void brokenValuesNeitherCrashNorHide() {
        Bench bench;
        bench.plot.append(bench.g, 1, std::nan(""));
        bench.plot.append(bench.g, 2, INFINITY);
        bench.plot.append(bench.g, std::nan(""), 3);
        bench.plot.flush();
        QCOMPARE(bench.plot.pointCount(bench.g), 2);
        bench.hover(1.5, 0.5);
        bench.plot.append(bench.g, 3, 1);
        bench.plot.flush();
        QVERIFY(std::isfinite(bench.plot.yRange().second));
    }

    void stackedPlotsLineUp() {
        Bench one, two;
        one.fill();
        for (int i = 0; i < 10; ++i) two.plot.append(two.g, i, 12345.678 * i);
        two.plot.flush();
        QCOMPARE(one.plot.axisRect().left(), two.plot.axisRect().left());
        QCOMPARE(one.plot.axisRect().right(), two.plot.axisRect().right());
    }

    void theColoursFollowThePalette() {
        Bench bench;
        bench.fill();
        const auto corner = [&] {
            return bench.plot.grab().toImage().pixelColor(bench.plot.axisRect().topLeft() + QPoint(3, 3)).lightness();
        };
        QVERIFY(corner() > 200);
        applyTheme(*qApp, Theme::Dark);
        bench.plot.flush();
        QVERIFY(corner() < 60);
        applyTheme(*qApp, Theme::Light);
    }

    void linkedPlotsShareWindowCrosshairAndFollowing() {
        Bench a, b;
        CurvePlot::link({&a.plot, &b.plot});
        a.fill(100);
        b.plot.append(b.g, 150, 5);
        b.plot.flush();
        a.plot.flush();
        // The longer one sets the window of both.
        QCOMPARE(a.plot.xRange(), b.plot.xRange());
        QVERIFY(a.plot.xRange().second >= 150);
        a.wheel(50, 1, 240);
        QCOMPARE(b.plot.xRange(), a.plot.xRange());
        QVERIFY(!a.plot.followsLatest() && !b.plot.followsLatest());
        b.plot.fit();
        a.plot.flush();
        QVERIFY(a.plot.followsLatest());
        QCOMPARE(b.plot.xRange(), a.plot.xRange());
        QSignalSpy announced(&b.plot, &CurvePlot::hovered);
        a.hover(50, 1.5);
        QVERIFY(a.plot.readout().contains("50"));
        QVERIFY(b.plot.readout().contains("at 150"));
        QCOMPARE(announced.size(), 0);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(a.canvas(), &leave);
        QVERIFY(b.plot.readout().isEmpty());
    }

    void whatWasLoggedEarlierIsPutInFront() {
        Bench bench;
        for (const double x : {5.0, 6.0}) bench.plot.append(bench.g, x, 10 * x);
        bench.plot.prepend(bench.g, {1, 2, 5, 9}, {1, 2, 3, 4});
        const CurveFigure figure = bench.plot.figure();
        QCOMPARE(figure.series[0].x, (std::vector<double>{1, 2, 5, 6}));
        QCOMPARE(figure.series[0].y, (std::vector<double>{1, 2, 50, 60}));
    }

    void aRingMarksAPointAndIsNotReadOut() {
        Bench bench;
        bench.fill(10);
        const int best = bench.plot.addSeries("best", CurveKind::Ring, 1);
        bench.plot.setData(best, {5}, {1.95});
        bench.plot.flush();
        bench.hover(5, 1.95);
        QVERIFY(!bench.plot.readout().contains("best"));
        bench.plot.setSeriesOffered(best, false);
        QVERIFY(!bench.plot.isSeriesVisible(best));
        QVERIFY(!bench.button("curveSeries2")->isVisible());
    }

    void theSummaryIsReadAloud() {
        Bench bench;
        bench.plot.setTitle(QStringLiteral("Losses"));
        bench.plot.setEmptyText(QStringLiteral("Start a run"));
        QVERIFY(bench.plot.accessibleDescription().contains("Start a run"));
        bench.fill();
        QVERIFY2(bench.plot.accessibleDescription().contains("G loss: points 100, latest 1 at 100"),
                 qPrintable(bench.plot.accessibleDescription()));
    }
};

THAW_TEST(CurvePlotTest);
#include "curve_plot_test.moc"
