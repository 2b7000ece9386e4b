// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/colour_map.h"
#include "tests/registry.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace thaw;

namespace {

double lightness(QRgb rgb) {
    const auto linear = [](int byte) {
        const double c = byte / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const double y = 0.2126 * linear(qRed(rgb)) + 0.7152 * linear(qGreen(rgb)) + 0.0722 * linear(qBlue(rgb));
    return y > 0.008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
}

}  // namespace

class ColourMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsAreThePublishedOnes() {
        QCOMPARE(colourAt(ColourMap::Viridis, 0) & 0xFFFFFF, 0x440154u);
        QCOMPARE(colourAt(ColourMap::Viridis, 1) & 0xFFFFFF, 0xFDE725u);
        QCOMPARE(colourAt(ColourMap::Cividis, 0) & 0xFFFFFF, 0x00224Eu);
        QCOMPARE(colourAt(ColourMap::Cividis, 1) & 0xFFFFFF, 0xFEE838u);
        QCOMPARE(colourAt(ColourMap::Magma, 0) & 0xFFFFFF, 0x000004u);
        QCOMPARE(colourAt(ColourMap::Magma, 1) & 0xFFFFFF, 0xFCFDBFu);
        QCOMPARE(colourAt(ColourMap::Diverging, 0.5) & 0xFFFFFF, 0xF5F5F5u);
    }

    void sequentialMapsGetLighterEvenly_data() {
        QTest::addColumn<int>("map");
        QTest::newRow("viridis") << int(ColourMap::Viridis);
        QTest::newRow("cividis") << int(ColourMap::Cividis);
        QTest::newRow("magma") << int(ColourMap::Magma);
        QTest::newRow("grey") << int(ColourMap::Grey);
    }
    void sequentialMapsGetLighterEvenly() {
        QFETCH(int, map);
        const auto colours = colourTable(ColourMap(map), 65);
        const double whole = lightness(colours.back()) - lightness(colours.front());
        for (std::size_t i = 1; i < colours.size(); ++i) {
            const double step = lightness(colours[i]) - lightness(colours[i - 1]);
            QVERIFY2(step > -0.2, qPrintable(QString::number(i)));
            QVERIFY2(step < 3.5 * whole / 64, qPrintable(QString::number(i)));
        }
    }

    void theDivergingMapIsDarkAtBothEndsAlike() {
        for (int i = 0; i < 10; ++i) {
            const double t = 0.05 * i;
            QVERIFY(std::abs(lightness(colourAt(ColourMap::Diverging, t)) -
                             lightness(colourAt(ColourMap::Diverging, 1 - t))) < 2);
        }
    }

    void valuesOutsideAreClamped() {
        QCOMPARE(colourAt(ColourMap::Viridis, -3), colourAt(ColourMap::Viridis, 0));
        QCOMPARE(colourAt(ColourMap::Viridis, std::numeric_limits<double>::infinity()),
                 colourAt(ColourMap::Viridis, 1));
    }
};

THAW_TEST(ColourMapTest);
#include "colour_map_test.moc"
