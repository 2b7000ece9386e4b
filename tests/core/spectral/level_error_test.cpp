// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spectral/level_error.h"

#include "tests/registry.h"

#include <torch/torch.h>

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

const double kDecibels = 10 / std::log(10.0);

torch::Tensor constant(double value) { return torch::full({1, 1, 2, 2}, value); }

torch::Tensor pulse(double value) {
    torch::Tensor image = torch::zeros({1, 1, 2, 2});
    image[0][0][0][0] = value;
    return image;
}

}  // namespace

class LevelErrorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A constant of 1 has the powers (4, 0, 0, 0), a pulse of 2 has (1, 1, 1, 1), and both the mean 1.
    void twoImagesByHand() {
        LevelError error;
        error.add(torch::cat({constant(1), pulse(2)}, 0));
        const auto value = error.value();
        QCOMPARE(value.size(), std::size_t(4));
        QVERIFY(std::abs(value[0] - kDecibels * 0.6) < 1e-6);  // 4/2.5 - 1 = 0.6, and -0.6
        for (std::size_t i = 1; i < 4; ++i) QVERIFY(std::abs(value[i] - kDecibels) < 1e-6);
    }

    void brighterImagesOfOneShapeHaveOneLevel() {
        LevelError error;
        error.add(pulse(1));
        error.add(pulse(3));
        for (const double value : error.value()) QVERIFY(std::abs(value) < 1e-6);
    }

    void channelsOfOneImageAreNoReplicates() {
        LevelError channels, one;
        channels.add(torch::cat({torch::cat({constant(1), pulse(2)}, 1), torch::cat({pulse(2), constant(1)}, 1)}, 0));
        for (const double value : channels.value()) QVERIFY(std::abs(value) < 1e-6);  // both have the same mean
        one.add(torch::cat({constant(1), pulse(2)}, 1));
        for (const double value : one.value()) QVERIFY(std::isnan(value));
    }

    void whereNothingIsThereIsNoLevel() {
        LevelError error;
        QVERIFY(error.value().empty());
        error.add(torch::cat({constant(1), constant(2)}, 0));
        const auto value = error.value();
        QVERIFY(std::abs(value[0]) < 1e-6);
        for (std::size_t i = 1; i < 4; ++i) QVERIFY(std::isnan(value[i]));
    }
};

THAW_TEST(LevelErrorTest);
#include "level_error_test.moc"
