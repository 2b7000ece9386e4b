// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/image_changes.h"
#include "core/diffusion/noise.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

using namespace thaw;

namespace {

constexpr double kPi = std::numbers::pi;

// The numbers of one image; the batch of them is these alone.
struct OneChange {
    double xflip = 0, yflip = 0, scale = 0, angle = 0, stretch = 0, direction = 0, right = 0, down = 0;
};

ImageChanges batchOf(const OneChange& c) {
    const auto one = [](double value) { return torch::full({1}, value, torch::kDouble); };
    return {one(c.xflip),   one(c.yflip),     one(c.scale), one(c.angle),
            one(c.stretch), one(c.direction), one(c.right), one(c.down)};
}

std::vector<float> labelOf(const OneChange& c) {
    const auto label = augmentLabels(batchOf(c));
    return {label.data_ptr<float>(), label.data_ptr<float>() + label.numel()};
}

bool isLabel(const OneChange& c, const std::array<double, 9>& expected) {
    const auto found = labelOf(c);
    if (found.size() != expected.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (std::abs(double(found[i]) - expected[i]) > 1e-6) return false;
    return true;
}

torch::Tensor pixels(int resolution = 8) { return torch::rand({1, 3, resolution, resolution}, seededGenerator(3)); }

bool samePixels(const torch::Tensor& a, const torch::Tensor& b) { return torch::allclose(a, b, 1e-4, 1e-5); }

double smooth(double u, double v) { return std::sin(1.7 * u + 0.3) * std::cos(1.1 * v - 0.2) + 0.4 * u - 0.3 * v; }

struct Point {
    double x, y;
};

// Where the image was that is at (x, y) now: each change undone, the last one first.
Point before(const OneChange& c, Point p) {
    p = {p.x - c.right / 4, p.y - c.down / 4};  // an eighth of a size of 2
    // In the frame of the stretch: along it, and across.
    const double along = std::cos(c.direction) * p.x + std::sin(c.direction) * p.y;
    const double across = -std::sin(c.direction) * p.x + std::cos(c.direction) * p.y;
    const double factor = std::pow(2.0, 0.2 * c.stretch);
    p = {std::cos(c.direction) * along / factor - std::sin(c.direction) * across * factor,
         std::sin(c.direction) * along / factor + std::cos(c.direction) * across * factor};
    // Clockwise on the screen, where y points down.
    p = {std::cos(c.angle) * p.x + std::sin(c.angle) * p.y, -std::sin(c.angle) * p.x + std::cos(c.angle) * p.y};
    const double size = std::pow(2.0, 0.2 * c.scale);
    p = {p.x / size, p.y / size};
    return {c.xflip > 0 ? -p.x : p.x, c.yflip > 0 ? -p.y : p.y};
}

struct WarpCase {
    const char* name;
    OneChange change;
};

const std::vector<WarpCase>& warpCases() {
    static const std::vector<WarpCase> all{
        {"nothing", {}},
        {"larger", {0, 0, 1.5, 0, 0, 0, 0, 0}},
        {"smaller", {0, 0, -1, 0, 0, 0, 0, 0}},
        {"turned", {0, 0, 0, 0.6, 0, 0, 0, 0}},
        {"turned back", {0, 0, 0, -2.1, 0, 0, 0, 0}},
        {"longer along x", {0, 0, 0, 0, 2, 0, 0, 0}},
        {"longer along a diagonal", {0, 0, 0, 0, 1.5, 0.7, 0, 0}},
        {"shifted by parts of a pixel", {0, 0, 0, 0, 0, 0, 0.31, -0.57}},
        {"all, mirrored in x", {1, 0, 0.8, 0.5, -1.2, 1.9, 0.4, 0.2}},
        {"all, mirrored in y", {0, 1, -0.7, -1.3, 0.9, -0.4, -0.3, 0.5}},
    };
    return all;
}

// A share of `n` tosses against its probability.
bool isShare(const torch::Tensor& happened, double probability) {
    const double n = double(happened.numel()), share = happened.to(torch::kDouble).mean().item<double>();
    return std::abs(share - probability) <= 4.5 * std::sqrt(probability * (1 - probability) / n) + 1e-12;
}

}  // namespace

class ImageChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void nothingIsTheSameImageAndALabelOfZeros() {
        const auto x = pixels();
        QVERIFY(samePixels(changedImages(x, batchOf({})), x));
        QVERIFY(labelOf({}) == std::vector<float>(kAugmentDim, 0.0f));
        const auto none = drawChanges(0, false, 50, seededGenerator(1));
        QCOMPARE(augmentLabels(none).abs().max().item<double>(), 0.0);
        QVERIFY((augmentLabels(none).sizes() == std::vector<std::int64_t>{50, kAugmentDim}));
    }

    void mirrorsAreExactAndTold() {
        const auto x = pixels();
        QVERIFY(samePixels(changedImages(x, batchOf({1, 0, 0, 0, 0, 0, 0, 0})), x.flip({3})));
        QVERIFY(isLabel({1, 0, 0, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0, 0, 0, 0}));
        QVERIFY(samePixels(changedImages(x, batchOf({0, 1, 0, 0, 0, 0, 0, 0})), x.flip({2})));
        QVERIFY(isLabel({0, 1, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0, 0}));
    }

    void aQuarterTurnIsTorchsClockwise() {
        const auto x = pixels();
        const OneChange turn{0, 0, 0, kPi / 2, 0, 0, 0, 0};
        QVERIFY(samePixels(changedImages(x, batchOf(turn)), torch::rot90(x, -1, {2, 3})));
        QVERIFY(isLabel(turn, {0, 0, 0, -1, 1, 0, 0, 0, 0}));
        QVERIFY(isLabel({0, 0, 0, kPi, 0, 0, 0, 0}, {0, 0, 0, -2, 0, 0, 0, 0, 0}));
    }

    // One pixel of eight is an eighth of the size.
    void shiftsMovePixelsAsTheySay() {
        const auto x = pixels();
        const auto right = changedImages(x, batchOf({0, 0, 0, 0, 0, 0, 1, 0}));
        QVERIFY(samePixels(right.slice(3, 1, 8), x.slice(3, 0, 7)));
        QVERIFY(samePixels(right.slice(3, 0, 1), x.slice(3, 0, 1)));  // mirrored at the border
        QVERIFY(isLabel({0, 0, 0, 0, 0, 0, 1, 0}, {0, 0, 0, 0, 0, 0, 0, 1, 0}));
        const auto up = changedImages(x, batchOf({0, 0, 0, 0, 0, 0, 0, -2}));
        QVERIFY(samePixels(up.slice(2, 0, 6), x.slice(2, 2, 8)));
        QVERIFY(isLabel({0, 0, 0, 0, 0, 0, 0, -2}, {0, 0, 0, 0, 0, 0, 0, 0, -2}));
    }

    void labelsNameEveryNumberInItsPlace() {
        const OneChange all{1, 1, 0.3, 0.5, -0.7, 1.1, 0.9, -1.3};
        QVERIFY(isLabel(
            all, {1, 1, 0.3, std::cos(0.5) - 1, std::sin(0.5), -0.7 * std::cos(1.1), -0.7 * std::sin(1.1), 0.9, -1.3}));
        // A direction without a stretch is nothing.
        QVERIFY(isLabel({0, 0, 0, 0, 0, 1.1, 0, 0}, {}));
    }

    void changesAreTheAffineMapsTheyStandFor_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < warpCases().size(); ++i) QTest::newRow(warpCases()[i].name) << int(i);
    }
    // Against the smooth function itself; what bilinear sampling leaves is h²/8·(|f_uu| + |f_vv|) < 6e-4.
    void changesAreTheAffineMapsTheyStandFor() {
        QFETCH(int, index);
        const auto& change = warpCases()[std::size_t(index)].change;
        constexpr int kSide = 64;
        const auto at = [](int pixel) { return (2.0 * pixel + 1) / kSide - 1; };
        auto image = torch::empty({1, 1, kSide, kSide});
        auto* values = image.data_ptr<float>();
        for (int row = 0; row < kSide; ++row)
            for (int column = 0; column < kSide; ++column)
                values[row * kSide + column] = float(smooth(at(column), at(row)));
        const auto changed = changedImages(image, batchOf(change)).contiguous();
        const auto* found = changed.data_ptr<float>();
        int compared = 0;
        double worst = 0;
        for (int row = 0; row < kSide; ++row)
            for (int column = 0; column < kSide; ++column) {
                const auto from = before(change, {at(column), at(row)});
                if (std::abs(from.x) > 0.95 || std::abs(from.y) > 0.95) continue;
                ++compared;
                worst = std::max(worst, std::abs(double(found[row * kSide + column]) - smooth(from.x, from.y)));
            }
        QVERIFY2(compared > kSide * kSide / 3, qPrintable(QString::number(compared)));
        QVERIFY2(worst < 1e-3, qPrintable(QString::number(worst)));
    }

    void everyImageUndergoesItsOwnChanges() {
        const auto x = torch::rand({6, 3, 8, 8}, seededGenerator(4));
        const auto changes = drawChanges(1, true, 6, seededGenerator(2));
        const auto together = changedImages(x, changes);
        for (std::int64_t k = 0; k < 6; ++k) {
            const auto own = [&](const torch::Tensor& t) { return t.slice(0, k, k + 1); };
            const ImageChanges one{own(changes.xflip),   own(changes.yflip),     own(changes.scale), own(changes.angle),
                                   own(changes.stretch), own(changes.direction), own(changes.right), own(changes.down)};
            QVERIFY(samePixels(changedImages(own(x), one), own(together)));
        }
    }

    void changesHappenAsOftenAsAsked() {
        constexpr std::int64_t kDraws = 40000;
        constexpr double p = 0.12;
        const auto c = drawChanges(p, true, kDraws, seededGenerator(21));
        QVERIFY(isShare(c.xflip == 1, 0.5) && isShare(c.xflip == 0, 0.5));
        QVERIFY(isShare(c.yflip == 1, p / 2) && isShare(c.yflip == 0, 1 - p / 2));
        QVERIFY(isShare(c.scale != 0, p));
        QVERIFY(isShare(c.angle != 0, p));
        QVERIFY(isShare(c.stretch != 0, p));
        QVERIFY(isShare(c.direction != 0, 0.5));
        QVERIFY(isShare(c.right != 0, p));
        QVERIFY(torch::equal(c.right != 0, c.down != 0));
        // Each by itself.
        const std::vector<torch::Tensor> happened{c.xflip == 1,   c.yflip == 1,     c.scale != 0, c.angle != 0,
                                                  c.stretch != 0, c.direction != 0, c.right != 0};
        const std::vector<double> share{0.5, p / 2, p, p, p, 0.5, p};
        for (std::size_t i = 0; i < happened.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) QVERIFY(isShare(happened[i] & happened[j], share[i] * share[j]));
    }

    void whatHappensIsDistributedAsPublished() {
        constexpr std::int64_t kDraws = 40000;
        const auto c = drawChanges(1, true, kDraws, seededGenerator(22));
        for (const auto& normal : {c.scale, c.stretch, c.right, c.down}) {
            QVERIFY(std::abs(normal.mean().item<double>()) < 4.5 / std::sqrt(double(kDraws)));
            QVERIFY(std::abs(normal.std().item<double>() - 1) < 4.5 / std::sqrt(2.0 * kDraws));
        }
        const auto directions = c.direction.masked_select(c.direction != 0);
        for (const auto& angle : {c.angle, directions}) {
            const double n = double(angle.numel());
            QVERIFY(angle.abs().max().item<double>() <= kPi);
            QVERIFY(std::abs(angle.mean().item<double>()) < 4.5 * kPi / std::sqrt(3 * n));
            // theta² has the mean pi²/3 and the variance 4 pi⁴/45.
            QVERIFY(std::abs(angle.square().mean().item<double>() - kPi * kPi / 3) <
                    4.5 * kPi * kPi * std::sqrt(4.0 / 45 / n));
        }
        // Shifts in x and y have nothing to do with each other.
        QVERIFY(std::abs((c.right * c.down).mean().item<double>()) < 4.5 / std::sqrt(double(kDraws)));
    }

    void theMirrorIsTheCallersChoice() {
        const auto with = drawChanges(0.3, true, 500, seededGenerator(3));
        const auto without = drawChanges(0.3, false, 500, seededGenerator(3));
        QCOMPARE(without.xflip.abs().max().item<double>(), 0.0);
        QVERIFY(with.xflip.max().item<double>() == 1.0);
        // Nothing else depends on it.
        QVERIFY(torch::equal(augmentLabels(with).slice(1, 1, 9), augmentLabels(without).slice(1, 1, 9)));
    }

    void aSeedMeansTheSameChanges() {
        const auto a = augmentLabels(drawChanges(0.5, true, 64, seededGenerator(7)));
        QVERIFY(torch::equal(a, augmentLabels(drawChanges(0.5, true, 64, seededGenerator(7)))));
        QVERIFY(!torch::equal(a, augmentLabels(drawChanges(0.5, true, 64, seededGenerator(8)))));
    }
};

THAW_TEST(ImageChangesTest);
#include "image_changes_test.moc"
