// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap/heatmap_view.h"
#include "tests/registry.h"
#include "tests/widgets/sample_values.h"
#include "widgets/base/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace thaw;

namespace {

struct Bench {
    HeatmapView view;
    QSignalSpy hovered{&view, &HeatmapView::hovered};

    explicit Bench(const HeatmapData& data = heatmapOf(test::fallingSpectrum())) {
        view.setData(data);
        view.resize(420, 360);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }
    QPoint centre(int row, int col) const { return view.cellRect(row, col).center().toPoint(); }
    QColor colour(int row, int col) { return view.grab().toImage().pixelColor(centre(row, col)); }
    void moveTo(int row, int col) { QTest::mouseMove(&view, centre(row, col)); }
};

}  // namespace

class HeatmapViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, Theme::Light);
    }

    void theImageHasOnePixelACell() {
        Bench bench;
        QCOMPARE(bench.view.image().size(), QSize(8, 6));
        const auto [low, high] = valueRange(bench.view.data());
        for (int r = 0; r < 6; ++r)
            for (int c = 0; c < 8; ++c) {
                const QColor exact(colourAt(ColourMap::Viridis, (bench.view.data().at(r, c) - low) / (high - low)));
                const QColor drawn(bench.view.image().pixel(c, r));
                QVERIFY(std::abs(exact.red() - drawn.red()) <= 1 && std::abs(exact.green() - drawn.green()) <= 1);
            }
    }

    void everyCellIsDrawnWhereItIsSaidToBe() {
        Bench bench;
        const QImage shot = bench.view.grab().toImage();
        for (int r = 0; r < 6; ++r)
            for (int c = 0; c < 8; ++c) {
                const QRect cell = bench.view.cellRect(r, c).toRect().adjusted(1, 1, -1, -1);
                for (const QPoint p : {cell.topLeft(), cell.center(), cell.bottomRight()})
                    QCOMPARE(shot.pixel(p) | 0xFF000000, bench.view.image().pixel(c, r) | 0xFF000000);
            }
    }

    void spectraKeepSquareCells() {
        Bench bench;
        for (const QSize size : {QSize(300, 500), QSize(700, 260)}) {
            bench.view.resize(size);
            QTest::qWait(1);
            QCOMPARE(bench.view.cellRect(0, 0).width(), bench.view.cellRect(0, 0).height());
        }
    }

    void hoveringReadsTheCell() {
        Bench bench;
        bench.moveTo(2, 6);
        QCOMPARE(bench.view.currentCell(), std::optional<QPoint>(QPoint(6, 2)));
        QCOMPARE(bench.hovered.last().first().toString(), cellText(bench.view.data(), 2, 6));
        QVERIFY(bench.view.accessibleDescription().endsWith(bench.view.readout()));
        QTest::mouseMove(&bench.view, QPoint(1, 1));
        QCOMPARE(bench.hovered.last().first().toString(), QString());
    }

    void aClickPinsTheReadOutUntilTheNext() {
        Bench bench;
        QSignalSpy activated(&bench.view, &HeatmapView::cellActivated);
        QTest::mouseClick(&bench.view, Qt::LeftButton, {}, bench.centre(1, 1));
        QVERIFY(bench.view.isPinned());
        QCOMPARE(activated.first(), (QVariantList{1, 1}));
        bench.moveTo(4, 4);
        QCOMPARE(bench.view.currentCell(), std::optional<QPoint>(QPoint(1, 1)));
        QTest::mouseClick(&bench.view, Qt::LeftButton, {}, bench.centre(1, 1));
        QVERIFY(!bench.view.isPinned());
        bench.moveTo(3, 4);
        QCOMPARE(bench.view.currentCell(), std::optional<QPoint>(QPoint(4, 3)));
    }

    void arrowKeysMoveACursor() {
        Bench bench;
        QTest::keyClick(&bench.view, Qt::Key_Right);
        QCOMPARE(bench.view.currentCell(), std::optional<QPoint>(QPoint(4, 3)));
        QTest::keyClick(&bench.view, Qt::Key_Right);
        QTest::keyClick(&bench.view, Qt::Key_Up);
        QCOMPARE(bench.view.currentCell(), std::optional<QPoint>(QPoint(5, 2)));
        QTest::keyClick(&bench.view, Qt::Key_Home);
        QTest::keyClick(&bench.view, Qt::Key_Left);
        QCOMPARE(bench.view.currentCell(), std::optional<QPoint>(QPoint(0, 2)));
        QTest::keyClick(&bench.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), bench.view.readout());
        QTest::keyClick(&bench.view, Qt::Key_Escape);
        QVERIFY(!bench.view.currentCell());
    }

    void newNumbersOnTheSameAxesKeepThePin() {
        Bench bench;
        QTest::mouseClick(&bench.view, Qt::LeftButton, {}, bench.centre(1, 1));
        HeatmapData next = bench.view.data();
        for (double& value : next.values) value += 1;
        bench.view.setData(next);
        QVERIFY(bench.view.isPinned());
        QCOMPARE(bench.hovered.last().first().toString(), cellText(next, 1, 1));
        bench.view.setData(heatmapOf(test::raggedTable()));
        QVERIFY(!bench.view.isPinned());
    }

    void aLockedScaleIsKept() {
        Bench bench;
        bench.view.setRange(std::pair(-200.0, 200.0));
        const double middle = (bench.view.data().at(3, 4) + 200) / 400;
        const QColor expected(colourAt(ColourMap::Viridis, middle)), drawn(bench.view.image().pixel(4, 3));
        QVERIFY(std::abs(expected.green() - drawn.green()) <= 1);
        bench.view.setRange(std::pair(3.0, 3.0));
        QVERIFY(!bench.view.styleOptions().range);
    }

    void cellsWithoutAValueAreGreyAndHatched() {
        Bench bench(heatmapOf(test::raggedTable()));
        const QRgb none = bench.view.image().pixel(3, 1);
        QCOMPARE(none, bench.view.image().pixel(2, 1));
        QVERIFY(QColor(none).saturation() < 12);
        const QImage shot = bench.view.grab().toImage();
        const QRect cell = bench.view.cellRect(1, 3).toRect().adjusted(2, 2, -2, -2);
        bool hatched = false;
        for (int x = cell.left(); x < cell.right(); ++x)
            hatched = hatched || shot.pixel(x, cell.center().y()) != (none | 0xFF000000);
        QVERIFY(hatched);
    }

    void differencesAreDrawnDiverging() {
        HeatmapData a = heatmapOf(test::fallingSpectrum()), b = a;
        b.values[0] += 2;
        b.values[1] -= 2;
        Bench bench(*differenceOf(b, a));
        bench.view.setColourMap(ColourMap::Viridis);
        const QColor warm(bench.view.image().pixel(0, 0)), cold(bench.view.image().pixel(1, 0)),
            zero(bench.view.image().pixel(2, 0));
        QVERIFY(warm.red() > warm.blue() && cold.blue() > cold.red());
        QVERIFY(zero.lightness() > 235);
    }

    void theColourMapCanBeChosen() {
        Bench bench;
        const QImage viridis = bench.view.image();
        bench.view.setColourMap(ColourMap::Grey);
        QVERIFY(bench.view.image() != viridis);
        QVERIFY(bench.view.image().isGrayscale());
    }

    void anEmptyViewSaysWhatIsMissing() {
        Bench bench{HeatmapData()};
        bench.view.setEmptyText(QStringLiteral("Select a block"));
        QCOMPARE(bench.view.accessibleDescription(), "Select a block");
        QTest::mouseClick(&bench.view, Qt::LeftButton, {}, QPoint(100, 100));
        QTest::keyClick(&bench.view, Qt::Key_Right);
        QVERIFY(!bench.view.currentCell());
        QVERIFY(!bench.view.grab().isNull());
    }

    void tinyAndHugeSizesAreDrawn() {
        Bench bench(heatmapOf(test::raggedTable()));
        for (const QSize size : {QSize(1, 1), QSize(60, 40), QSize(2400, 1600)}) {
            bench.view.resize(size);
            QVERIFY(!bench.view.grab().isNull());
        }
    }
};

THAW_TEST(HeatmapViewTest);
#include "heatmap_view_test.moc"
