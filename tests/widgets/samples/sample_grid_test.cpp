// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_grid.h"
#include "tests/registry.h"
#include "tests/widgets/sample_values.h"
#include "widgets/base/colour_map.h"
#include "widgets/base/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QVariantAnimation>
#include <QWheelEvent>

#include <algorithm>
#include <array>
#include <map>

using namespace thaw;

namespace {

struct GridBench {
    SampleGrid grid;
    QSignalSpy selected{&grid, &SampleGrid::seedSelected};
    QSignalSpy hovered{&grid, &SampleGrid::hovered};

    explicit GridBench(int seeds = 9) {
        grid.setBlockCount(3);
        grid.setHeading(0, QStringLiteral("18 steps"));
        grid.setHeading(1, QStringLiteral("1 step, before"));
        grid.setHeading(2, QStringLiteral("1 step, after"), QStringLiteral("run 0001"));
        for (int block = 0; block < 3; ++block) grid.setSamples(block, test::flatSamples(seeds, block + 1));
        grid.resize(600, 260);
        grid.show();
        QVERIFY(QTest::qWaitForWindowExposed(&grid));
        settle();
    }
    // Past the end of any cross-fade, however slow the machine is.
    void settle() {
        QTest::qWait(1);
        const bool still = QTest::qWaitFor(
            [this] {
                for (const auto* fade : grid.findChildren<QVariantAnimation*>())
                    if (fade->state() == QAbstractAnimation::Running) return false;
                return true;
            },
            10'000);
        QVERIFY(still);
    }
    int shade(int block, int place) {
        return grid.grab().toImage().pixelColor(grid.cellRect(block, place).center()).red();
    }
    void moveTo(int block, int place) {
        QTest::mouseMove(&grid, grid.cellRect(block, place).center() + QPoint(1, 0));
        QTest::mouseMove(&grid, grid.cellRect(block, place).center());
    }
};

}  // namespace

class SampleGridTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        applyTheme(*qApp, Theme::Light);
    }

    void everySeedHasTheSamePlaceInEveryBlock() {
        GridBench bench;
        for (int place = 0; place < 9; ++place)
            for (int block = 0; block < 3; ++block) {
                QCOMPARE(bench.shade(block, place), 10 * place + block + 1);
                QCOMPARE(bench.grid.cellRect(block, place).top(), bench.grid.cellRect(0, place).top());
            }
    }

    void aBlockOfOtherOrderIsSortedByItsSeeds() {
        GridBench bench;
        SampleColumn turned = test::flatSamples(9, 1);
        std::reverse(turned.seeds.begin(), turned.seeds.end());
        std::reverse(turned.images.begin(), turned.images.end());
        bench.grid.setSamples(2, turned);
        bench.settle();
        QCOMPARE(bench.shade(2, 4), 41);
        QCOMPARE(bench.shade(2, 0), 1);
    }

    void pixelsAreEnlargedByAWholeNumberAndNeverBlurred() {
        GridBench bench(1);
        SampleColumn checker;
        checker.seeds = {0};
        Image image{4, 4, 1, {}};
        for (int i = 0; i < 16; ++i) image.pixels.push_back((i + i / 4) % 2 ? 255 : 0);
        checker.images = {image};
        for (int b = 0; b < 3; ++b) bench.grid.setSamples(b, checker);
        bench.settle();
        const QRect cell = bench.grid.cellRect(1, 0);
        QVERIFY(bench.grid.zoom() > 8);
        QCOMPARE(cell.width(), 4 * int(bench.grid.zoom()));
        const QImage shot = bench.grid.grab().toImage();
        for (int y = 0; y < cell.height(); ++y)
            for (int x = 0; x < cell.width(); ++x) {
                const int shade = qRed(shot.pixel(cell.topLeft() + QPoint(x, y)));
                QCOMPARE(shade, (x / int(bench.grid.zoom()) + y / int(bench.grid.zoom())) % 2 ? 255 : 0);
            }
    }

    void moreRoomGivesALargerZoom() {
        GridBench bench;
        const double small = bench.grid.zoom();
        bench.grid.resize(1200, 700);
        QTRY_VERIFY(bench.grid.zoom() > small);
    }

    void aClickSelectsTheSeedOnce() {
        GridBench bench;
        QTest::mouseClick(&bench.grid, Qt::LeftButton, {}, bench.grid.cellRect(1, 5).center());
        QTest::mouseClick(&bench.grid, Qt::LeftButton, {}, bench.grid.cellRect(2, 5).center());
        QCOMPARE(bench.selected.size(), 1);
        QCOMPARE(bench.selected.first().first().toULongLong(), 5ULL);
        QCOMPARE(bench.grid.selectedSeed(), std::optional<std::uint64_t>(5));
        bench.grid.setSelectedSeed(7);
        QCOMPARE(bench.selected.size(), 1);
    }

    void arrowKeysWalkThroughTheSeeds() {
        GridBench bench;
        QTest::keyClick(&bench.grid, Qt::Key_Right);
        QCOMPARE(bench.grid.selectedSeed(), std::optional<std::uint64_t>(0));
        QTest::keyClick(&bench.grid, Qt::Key_Right);
        QCOMPARE(bench.grid.selectedSeed(), std::optional<std::uint64_t>(1));
        QTest::keyClick(&bench.grid, Qt::Key_End);
        QCOMPARE(bench.grid.selectedSeed(), std::optional<std::uint64_t>(8));
        QTest::keyClick(&bench.grid, Qt::Key_Down);
        QCOMPARE(bench.grid.selectedSeed(), std::optional<std::uint64_t>(8));
        QTest::keyClick(&bench.grid, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), "8");
    }

    void hoveringNamesTheSeed() {
        GridBench bench;
        bench.moveTo(2, 3);
        QCOMPARE(bench.hovered.last().first().toString(), "seed 3 · 1 step, after");
        QTest::mouseMove(&bench.grid, QPoint(2, bench.grid.height() - 2));
        QCOMPARE(bench.hovered.last().first().toString(), QString());
    }

    void holdingShiftShowsThePreviousBlockInPlace() {
        GridBench bench;
        bench.moveTo(2, 3);
        QTest::keyPress(&bench.grid, Qt::Key_Shift);
        QVERIFY(bench.grid.flipping());
        QCOMPARE(bench.shade(2, 3), 32);
        QCOMPARE(bench.shade(1, 3), 32);
        QCOMPARE(bench.hovered.last().first().toString(), "seed 3 · 1 step, before");
        QTest::keyRelease(&bench.grid, Qt::Key_Shift);
        QCOMPARE(bench.shade(2, 3), 33);
    }

    void shiftFlipsWithoutTakingTheFocus() {
        QWidget window;
        auto* field = new QLineEdit(&window);
        auto* grid = new SampleGrid(&window);
        grid->setGeometry(0, 40, 500, 300);
        grid->setBlockCount(2);
        grid->setSamples(0, test::flatSamples(4, 1));
        grid->setSamples(1, test::flatSamples(4, 2));
        window.resize(500, 340);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        field->setFocus();
        QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
        QApplication::sendEvent(grid, &enter);
        QTest::mouseMove(grid, grid->cellRect(1, 0).center());
        QTest::keyPress(field, Qt::Key_Shift);
        QVERIFY(grid->flipping());
        QTest::keyRelease(field, Qt::Key_Shift);
        QVERIFY(!grid->flipping());
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(grid, &leave);
        QTest::keyPress(field, Qt::Key_Shift);
        QVERIFY(!grid->flipping());
        QTest::keyRelease(field, Qt::Key_Shift);
    }

    void anEmptyBlockSaysWhatIsMissing() {
        GridBench bench;
        bench.grid.setEmptyHint(2, QStringLiteral("Start a run"));
        const QImage before = bench.grid.grab().toImage();
        bench.grid.clearSamples(2);
        bench.settle();
        const QImage after = bench.grid.grab().toImage();
        QVERIFY(before != after);
        QCOMPARE(bench.shade(1, 4), 42);
        QVERIFY(bench.grid.accessibleDescription().contains("1 step, after: empty"));
        bench.grid.setBusy(2, QStringLiteral("sampling…"));
        QVERIFY(bench.grid.grab().toImage() != after);
    }

    void colourImagesKeepTheirColours() {
        const Image rgb{1, 1, 3, {10, 200, 30}};
        QCOMPARE(toQImage(rgb).pixelColor(0, 0), QColor(10, 200, 30));
        const Image odd{3, 2, 3, std::vector<std::uint8_t>(18, 7)};
        QCOMPARE(toQImage(odd).pixelColor(2, 1), QColor(7, 7, 7));
    }

    void anImageOfTheWrongSizeIsNoImage() {
        QVERIFY(toQImage(Image{4, 4, 1, {1, 2, 3}}).isNull());
        QVERIFY(toQImage(Image{4, 4, 2, std::vector<std::uint8_t>(32)}).isNull());
        QVERIFY(toQImage(Image{}).isNull());
    }

    void theDrawnFigureHoldsEveryPixelOfEverySample() {
        GridBench bench;
        const SampleFigure figure = bench.grid.figure();
        QImage image(600, 400, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        const FigureStyle style = paperStyle(bench.grid.font().family(), 9, 96.0 / 72);
        drawSamples(painter, figure,
                    layOutSamples(figure.blocks, 9, QRectF(image.rect()).adjusted(12, 12, -12, -12), style,
                                  {.wholeZoom = true, .zoom = 5}),
                    style);
        painter.end();
        std::map<int, int> count;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (const QRgb p = image.pixel(x, y); qRed(p) == qGreen(p) && qGreen(p) == qBlue(p)) ++count[qRed(p)];
        // 4 × 4 pixels at 25 points each, seed 8 of block 3 and seed 0 of block 1; letters may add a few.
        QVERIFY(count[83] >= 400);
        QVERIFY(count[1] >= 400);
        QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
    }

    void theFigureHoldsAllBlocksAndSeeds() {
        GridBench bench;
        const SampleFigure figure = bench.grid.figure();
        QCOMPARE(figure.blocks.size(), std::size_t(3));
        QCOMPARE(figure.provenance.front().second, "0 1 2 3 4 5 6 7 8");
        QCOMPARE(figure.blocks[2].samples.images.size(), std::size_t(9));
    }

    void theReferenceIsTheLeftNeighbourUntilOneIsChosen() {
        GridBench bench;
        QCOMPARE(bench.grid.referenceOf(2), 1);
        QCOMPARE(bench.grid.referenceOf(0), 2);
        bench.grid.setReference(0);
        QCOMPARE(bench.grid.referenceOf(2), 0);
        QCOMPARE(bench.grid.referenceOf(0), 2);
        bench.moveTo(2, 3);
        QTest::keyPress(&bench.grid, Qt::Key_Shift);
        QCOMPARE(bench.shade(2, 3), 31);
        QTest::keyRelease(&bench.grid, Qt::Key_Shift);
    }

    void wKeyWipesAndADragMovesTheLine() {
        GridBench bench;
        QSignalSpy modes(&bench.grid, &SampleGrid::modeChanged);
        bench.grid.setFocus();
        QTest::keyClick(&bench.grid, Qt::Key_W);
        QCOMPARE(bench.grid.mode(), CompareMode::Wipe);
        QCOMPARE(modes.size(), 1);
        const QRect cell = bench.grid.cellRect(2, 4);
        const auto at = [&](double share) {
            return bench.grid.grab()
                .toImage()
                .pixelColor(cell.left() + int(cell.width() * share), cell.center().y())
                .red();
        };
        QCOMPARE(at(0.2), 42);
        QCOMPARE(at(0.8), 43);
        QTest::mousePress(&bench.grid, Qt::LeftButton, {}, cell.center());
        QTest::mouseMove(&bench.grid, QPoint(cell.left() + 30, cell.center().y()));
        QTest::mouseMove(&bench.grid, QPoint(cell.left() + int(cell.width() * 0.9), cell.center().y()));
        QTest::mouseRelease(&bench.grid, Qt::LeftButton, {},
                            QPoint(cell.left() + int(cell.width() * 0.9), cell.center().y()));
        QVERIFY(std::abs(bench.grid.wipe() - 0.9) < 0.05);
        QCOMPARE(at(0.7), 42);
        QTest::keyClick(&bench.grid, Qt::Key_Escape);
        QCOMPARE(bench.grid.mode(), CompareMode::Plain);
    }

    void dKeyShowsTheSignedDifference() {
        GridBench bench;
        bench.grid.setFocus();
        QTest::keyClick(&bench.grid, Qt::Key_D);
        QCOMPARE(bench.grid.mode(), CompareMode::Difference);
        // 43 - 42 = 1: a breath of orange on white.
        const QRgb seen = bench.grid.grab().toImage().pixel(bench.grid.cellRect(2, 4).center());
        QCOMPARE(
            seen,
            differenceImage(bench.grid.block(2).samples.images[4], bench.grid.block(1).samples.images[4]).pixel(0, 0));
        bench.moveTo(2, 4);
        QVERIFY(bench.hovered.last().first().toString().contains("PSNR 48.1 dB"));
    }

    void theDifferenceHasAScale() {
        GridBench bench;
        const auto count = [&](QRgb colour) {
            const QImage seen =
                bench.grid.grab(QRect(0, 0, bench.grid.width(), bench.grid.cellRect(0, 0).top())).toImage();
            int found = 0;
            for (int y = 0; y < seen.height(); ++y)
                for (int x = 0; x < seen.width(); ++x) found += seen.pixel(x, y) == colour;
            return found;
        };
        const QRgb least = colourAt(ColourMap::Diverging, 0), most = colourAt(ColourMap::Diverging, 1);
        QCOMPARE(count(least) + count(most), 0);
        bench.grid.setMode(CompareMode::Difference);
        // Both ends of the map stand above every block that is a difference.
        QVERIFY(count(least) >= 3 && count(most) >= 3);
        bench.grid.setMode(CompareMode::Plain);
        QCOMPARE(count(least) + count(most), 0);
    }

    void theWheelMagnifiesAllBlocksTogether() {
        GridBench bench;
        const QPointF about = bench.grid.cellRect(1, 4).center();
        QWheelEvent in(about, bench.grid.mapToGlobal(about), {}, {0, 600}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&bench.grid, &in);
        QVERIFY(bench.grid.view().zoom > 2.5);
        for (int block = 0; block < 3; ++block)
            QCOMPARE(bench.grid.cellRect(block, 4).size(), bench.grid.cellRect(1, 4).size());
        QVERIFY(bench.grid.cellRect(1, 4).contains(about.toPoint()));
        const auto before = bench.grid.view().offset;
        QTest::mousePress(&bench.grid, Qt::LeftButton, {}, about.toPoint());
        QTest::mouseMove(&bench.grid, about.toPoint() + QPoint(20, 0));
        QTest::mouseRelease(&bench.grid, Qt::LeftButton, {}, about.toPoint() + QPoint(20, 0));
        QVERIFY(bench.grid.view().offset.x() < before.x());
        QTest::mouseDClick(&bench.grid, Qt::LeftButton, {}, about.toPoint());
        QVERIFY(bench.grid.view().isWhole());
    }

    void magnifiedPixelsSayTheirValues() {
        GridBench bench(4);
        const QPointF about = bench.grid.cellRect(1, 1).center();
        bench.moveTo(1, 1);
        const auto colours = [&] {
            QSet<QRgb> seen;
            const QImage image =
                bench.grid
                    .grab(bench.grid.cellRect(1, 1).intersected(QRect(about.toPoint() - QPoint(45, 45), QSize(90, 90))))
                    .toImage();
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) seen << image.pixel(x, y);
            return seen.size();
        };
        QCOMPARE(colours(), 1);
        QWheelEvent in(about, bench.grid.mapToGlobal(about), {}, {0, 600}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&bench.grid, &in);
        QVERIFY(colours() > 1);
    }

    void draggingAnImageWalksThroughTheLatents() {
        GridBench bench;
        QSignalSpy walked(&bench.grid, &SampleGrid::walked), home(&bench.grid, &SampleGrid::homeRequested);
        const QRect cell = bench.grid.cellRect(1, 4);
        const QPoint from = cell.center(), to = from - QPoint(cell.width(), 0);
        QTest::mousePress(&bench.grid, Qt::LeftButton, {}, from);
        QTest::mouseMove(&bench.grid, to);
        QTest::mouseRelease(&bench.grid, Qt::LeftButton, {}, to);
        QCOMPARE(walked.size(), 1);
        // Pulled one cell to the left: the next seed comes.
        QVERIFY(std::abs(walked.first().first().toDouble() - 1) < 0.05);
        QTest::mouseMove(&bench.grid, from);
        QCOMPARE(walked.size(), 1);
        QTest::mouseDClick(&bench.grid, Qt::LeftButton, {}, from);
        QCOMPARE(home.size(), 1);
    }

    void sortingPutsTheLikestFirstAndSeedsRestoreTheOrder() {
        GridBench bench(4);
        // Seeds 3, 1, 2, 0 in falling likeness of block 2 to block 1.
        SampleColumn last = test::flatSamples(4, 2);
        const int off[] = {40, 5, 20, 1};
        for (int seed = 0; seed < 4; ++seed)
            for (auto& pixel : last.images[std::size_t(seed)].pixels) pixel = std::uint8_t(10 * seed + 2 + off[seed]);
        bench.grid.setSamples(2, last);
        bench.grid.setSort(SampleMetric::Psnr);
        QCOMPARE(bench.grid.order(), (std::vector<std::uint64_t>{3, 1, 2, 0}));
        bench.settle();
        QCOMPARE(bench.shade(0, 0), 31);
        bench.grid.setSort(SampleMetric::Seed);
        QCOMPARE(bench.grid.order(), (std::vector<std::uint64_t>{0, 1, 2, 3}));
    }

    void aWalkKeepsEverySeedInItsPlaceUntilThePointerLeaves() {
        GridBench bench(4);
        const auto lastWith = [](const std::array<int, 4>& off) {
            SampleColumn last = test::flatSamples(4, 2);
            for (std::size_t seed = 0; seed < 4; ++seed)
                for (auto& pixel : last.images[seed].pixels) pixel = std::uint8_t(10 * int(seed) + 2 + off[seed]);
            return last;
        };
        bench.grid.setSamples(2, lastWith({40, 5, 20, 1}));
        bench.grid.setSort(SampleMetric::Psnr);
        const std::vector<std::uint64_t> sorted{3, 1, 2, 0}, anew{0, 2, 1, 3};
        QCOMPARE(bench.grid.order(), sorted);
        const QRect cell = bench.grid.cellRect(1, 1);
        QTest::mousePress(&bench.grid, Qt::LeftButton, {}, cell.center());
        QTest::mouseMove(&bench.grid, cell.center() - QPoint(cell.width(), 0));
        bench.grid.setSamples(2, lastWith({1, 20, 5, 40}));
        QCOMPARE(bench.grid.order(), sorted);
        QTest::mouseRelease(&bench.grid, Qt::LeftButton, {}, cell.center());
        QCOMPARE(bench.grid.order(), sorted);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(&bench.grid, &leave);
        QCOMPARE(bench.grid.order(), anew);
        // Without a walk images are sorted as they come.
        bench.grid.setSamples(2, lastWith({40, 5, 20, 1}));
        QCOMPARE(bench.grid.order(), sorted);
    }

    void smallImagesFillTheirPanelAndLargeOnesAreNotCut() {
        for (const int side : {8, 28, 64}) {
            GridBench bench(16);
            bench.grid.resize(640, 240);
            for (int block = 0; block < 3; ++block) bench.grid.setSamples(block, test::flatSamples(16, 0, side));
            QRect all;
            for (int place = 0; place < 16; ++place) all |= bench.grid.cellRect(2, place);
            QVERIFY(bench.grid.rect().contains(all));
            // A quarter of a pixel larger, no number of columns would fit.
            const double larger = bench.grid.zoom() < 4 ? bench.grid.zoom() + 0.25 : bench.grid.zoom() + 1;
            const double slot = (640 - 24) / 3.0, tall = 240 - 16 - 10;
            for (int columns = 1; columns <= 16; ++columns) {
                const int rows = (16 + columns - 1) / columns;
                QVERIFY(columns * side * larger > slot - 14 - columns * 3 ||
                        rows * side * larger > tall - 20 - rows * 3);
            }
        }
    }

    void anImageCarriesItsSeedAndItsGenerator() {
        GridBench bench;
        const QImage image = bench.grid.imageOf(2, 5);
        QCOMPARE(image.size(), QSize(4, 4));
        QCOMPARE(image.pixelColor(0, 0).red(), 53);
        QCOMPARE(image.text("Seed"), "5");
        QCOMPARE(image.text("Generator"), "1 step, after, run 0001");
        QVERIFY(bench.grid.imageOf(2, 99).isNull());
        QVERIFY(bench.grid.imageOf(7, 5).isNull());
    }

    void placesStandStillWhileImagesCome() {
        GridBench bench;
        bench.grid.setSeeds({0, 1, 2, 3, 4, 5, 6, 7, 8});
        const QRect before = bench.grid.cellRect(2, 8);
        for (int block = 0; block < 3; ++block) bench.grid.setSamples(block, test::flatSamples(2, 0));
        QCOMPARE(bench.grid.cellRect(2, 8), before);
    }

    void blocksOutsideAreIgnored() {
        GridBench bench;
        bench.grid.setSamples(7, test::flatSamples(1, 0));
        bench.grid.setHeading(-1, QStringLiteral("x"));
        QVERIFY(bench.grid.block(9).samples.images.empty());
        QVERIFY(bench.grid.cellRect(0, 99).isNull());
        bench.grid.setBlockCount(0);
        bench.grid.grab();
        QTest::keyClick(&bench.grid, Qt::Key_Right);
    }
};

THAW_TEST(SampleGridTest);
#include "sample_grid_test.moc"
