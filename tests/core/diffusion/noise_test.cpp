// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise.h"

#include "tests/registry.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class NoiseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allThirtyTwoBitsOfASeedCountAndNoMore() {
        constexpr std::uint64_t kTurn = std::uint64_t(1) << 32;
        // 65543 is 7 in its lower half.
        for (const std::uint64_t seed :
             {std::uint64_t(7), std::uint64_t(65543), std::uint64_t(0x80000007), kTurn - 1}) {
            auto plain = at::make_generator<at::CPUGeneratorImpl>(seed);
            const auto expected = torch::randn({2, 4, 4}, plain);
            for (const std::uint64_t same : {seed, seed + kTurn, seed + 5 * kTurn}) {
                auto generator = seededGenerator(same);
                QCOMPARE(std::uint64_t(generator.current_seed()), seed);
                QVERIFY(torch::equal(torch::randn({2, 4, 4}, generator), expected));
                QVERIFY(torch::equal(latentsForSeeds({3, same}, 2, 4)[1], expected));
            }
        }
    }
};

THAW_TEST(NoiseTest);
#include "noise_test.moc"
