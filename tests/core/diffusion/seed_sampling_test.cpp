// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/seed_sampling.h"

#include "core/diffusion/noise.h"
#include "tests/core/tensors.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

#include <cmath>

using namespace thaw;
using testing::worst;

class SeedSamplingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A column is one seed, a row a hundred.
    void wholeStepsOfTheLatentGridAreOtherSeeds() {
        const std::vector<std::uint64_t> seeds{150, 307};
        const auto moved = [&](double x, double y) { return shiftedLatents(seeds, {x, y}, 2, 4); };
        QVERIFY(torch::equal(moved(0, 0), latentsForSeeds({150, 307}, 2, 4)));
        QVERIFY(torch::equal(moved(3, 0), latentsForSeeds({153, 310}, 2, 4)));
        QVERIFY(torch::equal(moved(0, 1), latentsForSeeds({250, 407}, 2, 4)));
        QVERIFY(torch::equal(moved(-4, 2), latentsForSeeds({346, 503}, 2, 4)));
        QVERIFY(torch::equal(moved(2, -1), latentsForSeeds({52, 209}, 2, 4)));
    }

    // Weights whose squares sum to one keep N(0, I).
    void betweenSeedsLatentsAreMixedAtUnitVariance() {
        const auto z = [](std::uint64_t seed) { return latentsForSeeds({seed}, 2, 4); };
        const auto onARow = (0.75 * z(200) + 0.25 * z(201)) / std::sqrt(0.5625 + 0.0625);
        QVERIFY(worst(shiftedLatents({200}, {0.25, 0}, 2, 4), onARow) < 1e-5);
        const auto inACell = (0.375 * (z(100) + z(200)) + 0.125 * (z(101) + z(201))) / std::sqrt(0.3125);
        QVERIFY(worst(shiftedLatents({200}, {0.25, -0.5}, 2, 4), inACell) < 1e-5);
    }
};

THAW_TEST(SeedSamplingTest);
#include "seed_sampling_test.moc"
