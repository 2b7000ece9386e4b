// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/affine_warp.h"
#include "core/diffusion/change_dice.h"
#include "core/diffusion/noise.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <numbers>

using namespace thaw;

namespace {

torch::Tensor doubles(const std::vector<double>& values) { return torch::tensor(values, torch::kDouble); }

bool isMap(const torch::Tensor& found, const std::vector<double>& rows) {
    return torch::allclose(found, doubles(rows).reshape({3, 3}), 0, 1e-12);
}

}  // namespace

class AffineWarpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyImageHasItsOwnMap() {
        const auto scale = scalingMaps(doubles({2, 3}), doubles({5, 7}));
        QVERIFY(isMap(scale[0], {2, 0, 0, 0, 5, 0, 0, 0, 1}) && isMap(scale[1], {3, 0, 0, 0, 7, 0, 0, 0, 1}));
        const auto shift = shiftMaps(doubles({2, 3}), doubles({5, 7}));
        QVERIFY(isMap(shift[0], {1, 0, 2, 0, 1, 5, 0, 0, 1}) && isMap(shift[1], {1, 0, 3, 0, 1, 7, 0, 0, 1}));
        const auto turn = rotationMaps(doubles({0, std::numbers::pi / 2}));
        QVERIFY(isMap(turn[0], {1, 0, 0, 0, 1, 0, 0, 0, 1}) && isMap(turn[1], {0, -1, 0, 1, 0, 0, 0, 0, 1}));
    }

    // Pixel (x, y) shows the image at map·(x, y): what shifts coordinates to the right moves the image to the left.
    void aPixelShowsWhereItsMapPoints() {
        const auto x = torch::rand({2, 3, 8, 8}, seededGenerator(3));
        const auto moved = warped(x, shiftMaps(doubles({2.0 / 8, 0}), doubles({0, 3 * 2.0 / 8})));
        const auto same = [](const torch::Tensor& a, const torch::Tensor& b) {
            return torch::allclose(a, b, 1e-4, 1e-5);
        };
        QVERIFY(same(moved[0].slice(2, 0, 7), x[0].slice(2, 1, 8)));
        QVERIFY(same(moved[1].slice(1, 0, 5), x[1].slice(1, 3, 8)));
        // Beyond the border: its mirror image, the outermost pixel twice.
        QVERIFY(same(moved[0].slice(2, 7, 8), x[0].slice(2, 7, 8)));
        QVERIFY(same(moved[1].slice(1, 5, 8), x[1].slice(1, 5, 8).flip({1})));
        // Half a pixel further lies the mean of two neighbours.
        const auto half = warped(x, shiftMaps(doubles({1.0 / 8, 1.0 / 8}), doubles({0, 0})));
        QVERIFY(same(half.slice(3, 0, 7), (x.slice(3, 0, 7) + x.slice(3, 1, 8)) / 2));
    }

    void changesHappenAsOftenAsAsked() {
        constexpr std::int64_t kThrows = 20000;
        ChangeDice dice(kThrows, seededGenerator(5));
        const auto value = dice.normal(3);
        QVERIFY(std::abs(value.std().item<double>() - 3) < 4.5 * 3 / std::sqrt(2.0 * kThrows));
        const auto maybe = dice.maybe(0.2, value, 7);
        const auto kept = maybe == value;
        QVERIFY((maybe.masked_select(~kept) == 7).all().item<bool>());
        const double share = kept.to(torch::kDouble).mean().item<double>();
        QVERIFY2(std::abs(share - 0.2) < 4.5 * std::sqrt(0.2 * 0.8 / kThrows), qPrintable(QString::number(share)));
        QVERIFY(torch::equal(dice.maybe(0, value, 7), torch::full_like(value, 7)));
        QVERIFY(torch::equal(dice.maybe(1, value, 7), value));
    }
};

THAW_TEST(AffineWarpTest);
#include "affine_warp_test.moc"
