// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/image_prediction.h"
#include "core/wire/deflate.h"
#include "tests/core/wire/hex_bytes.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <random>

using namespace thaw;
using thaw::testing::fromHex;
using thaw::testing::toHex;

namespace {

Image noiseImage(int width, int height, int channels) {
    std::mt19937 generator(7);
    Image image{width, height, channels, std::vector<std::uint8_t>(std::size_t(width * height * channels))};
    for (auto& pixel : image.pixels) pixel = std::uint8_t(generator());
    return image;
}

}  // namespace

class ImagePredictionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The examples are worked out by hand: a = left, b = above, c = above left.
    void eachPixelIsLessTheNearestOfItsNeighbours() {
        //  10  20     10 - 0, 20 - 10 (only a)
        //  12  50     12 - 10 (only b); a + b - c = 22, nearest is b = 20
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {10, 20, 12, 50}})), toHex(fromHex("0a 0a 02 1e")));
        //  100  60    a + b - c = 90 + 60 - 100 = 50, nearest is b = 60;  90 - 100 wraps
        //   90  55
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {100, 60, 90, 55}})), toHex(fromHex("64 d8 f6 fb")));
        //   18  20    a + b - c = 18 = c
        //   16  30
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {18, 20, 16, 30}})), toHex(fromHex("12 02 fe 0c")));
    }

    void tiesGoToTheNeighboursBeforeTheCorner() {
        // a = 0, b = 6, c = 4: a + b - c = 2 is as far from a as from c; and the same with b.
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {4, 6, 0, 9}})), toHex(fromHex("04 02 fc 09")));
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {4, 0, 6, 9}})), toHex(fromHex("04 fc 02 09")));
        // a = 0, b = 8, c = 4: a + b - c = 4 = c.
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {4, 8, 0, 9}})), toHex(fromHex("04 04 fc 05")));
        // a = 2, b = 6, c = 0: a + b - c = 8, nearest is b; a = 6, b = 2: nearest is a.
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {0, 6, 2, 9}})), toHex(fromHex("00 06 02 03")));
        QCOMPARE(toHex(wire::predicted({2, 2, 1, {0, 2, 6, 9}})), toHex(fromHex("00 02 06 03")));
    }

    void neighboursAreOfTheSameChannel() {
        QCOMPARE(toHex(wire::predicted({2, 1, 3, {1, 10, 100, 3, 13, 104}})), toHex(fromHex("01 0a 64 02 03 04")));
    }

    void everyImageComesBack() {
        for (const int channels : {1, 3})
            for (const auto& [width, height] : {std::pair{1, 1}, {1, 7}, {7, 1}, {5, 4}, {32, 32}}) {
                const Image image = noiseImage(width, height, channels);
                Image back{width, height, channels, {}};
                wire::unpredict(wire::predicted(image), back);
                QVERIFY(back == image);
            }
    }

    void aRampShrinksToItsCorners() {
        Image ramp{64, 64, 1, {}};
        for (int y = 0; y < 64; ++y)
            for (int x = 0; x < 64; ++x) ramp.pixels.push_back(std::uint8_t(2 * x + y));
        const std::string plain(ramp.pixels.begin(), ramp.pixels.end());
        QVERIFY(2 * wire::deflated(wire::predicted(ramp)).size() < wire::deflated(plain).size());
    }
};

THAW_TEST(ImagePredictionTest);
#include "image_prediction_test.moc"
