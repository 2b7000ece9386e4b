// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_compare.h"
#include "tests/registry.h"
#include "widgets/base/colour_map.h"
#include "widgets/samples/sample_view.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

Image grey(int side, std::vector<std::uint8_t> pixels) { return {side, side, 1, std::move(pixels)}; }
Image flat(int side, int value) {
    return grey(side, std::vector<std::uint8_t>(std::size_t(side * side), std::uint8_t(value)));
}

}  // namespace

class SampleCompareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void psnrIsTheFormula() {
        // 10·log10(255²/25)
        QVERIFY(std::abs(*measure(SampleMetric::Psnr, flat(4, 105), std::make_unique<Image>(flat(4, 100)).get()) -
                         10 * std::log10(255.0 * 255 / 25)) < 1e-12);
        const Image same = flat(3, 7);
        QVERIFY(std::isinf(*measure(SampleMetric::Psnr, same, &same)));
    }

    void sharpnessOfASingleBrightPixelIsItsLaplacian() {
        // 3 × 3: only the middle has four neighbours; 4·255/255 = 4, squared 16.
        QCOMPARE(*measure(SampleMetric::Sharpness, grey(3, {0, 0, 0, 0, 255, 0, 0, 0, 0}), nullptr), 16.0);
        QCOMPARE(*measure(SampleMetric::Sharpness, flat(8, 90), nullptr), 0.0);
        // A ramp has no Laplacian.
        QCOMPARE(*measure(SampleMetric::Sharpness, grey(3, {0, 10, 20, 0, 10, 20, 0, 10, 20}), nullptr), 0.0);
    }

    void whatCannotBeMeasuredHasNoValue() {
        const Image small = flat(2, 0), large = flat(4, 0);
        QVERIFY(!measure(SampleMetric::Psnr, large, nullptr));
        QVERIFY(!measure(SampleMetric::Psnr, large, &small));
        QVERIFY(!measure(SampleMetric::Sharpness, small, nullptr));
        QVERIFY(!measure(SampleMetric::Seed, large, &large));
        QVERIFY(!measure(SampleMetric::Sharpness, Image{4, 4, 1, {1, 2}}, nullptr));
        QVERIFY(differenceImage(large, small).isNull());
    }

    void theDifferenceIsSignedAndWhiteAtZero() {
        const auto colour = [](int own, int other) {
            return differenceImage(flat(1, own), flat(1, other)).pixel(0, 0);
        };
        QCOMPARE(colour(80, 80), colourAt(ColourMap::Diverging, 0.5));
        QCOMPARE(colour(255, 0), colourAt(ColourMap::Diverging, 1));
        QCOMPARE(colour(0, 255), colourAt(ColourMap::Diverging, 0));
        QVERIFY(qRed(colour(200, 100)) > qBlue(colour(200, 100)));
        QVERIFY(qBlue(colour(100, 200)) > qRed(colour(100, 200)));
    }

    void magnifyingKeepsThePointUnderThePointer() {
        const QRectF grid(10, 20, 200, 100);
        SampleView view;
        const QPointF about(90, 60);
        const QPointF before = view.under(about, grid);
        view.magnify(3, about, grid);
        QCOMPARE(view.under(about, grid), before);
        QCOMPARE(view.shown(QRectF(before, QSizeF(1, 1)), grid).topLeft(), about);
        view.magnify(0.01, about, grid);
        QVERIFY(view.isWhole());
        QCOMPARE(view.offset, QPointF());
    }

    void panningNeverLeavesTheGrid() {
        const QRectF grid(0, 0, 100, 100);
        SampleView view;
        view.magnify(4, {50, 50}, grid);
        view.pan({1e6, 1e6}, grid);
        QCOMPARE(view.offset, QPointF());
        view.pan({-1e6, -1e6}, grid);
        QCOMPARE(view.under({100, 100}, grid), QPointF(100, 100));
    }
};

THAW_TEST(SampleCompareTest);
#include "sample_compare_test.moc"
