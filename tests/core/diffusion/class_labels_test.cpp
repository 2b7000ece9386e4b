// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/class_labels.h"

#include "core/diffusion/noise.h"
#include "core/diffusion/seed_batches.h"
#include "core/diffusion/seed_sampling.h"
#include "tests/core/conditional_toy.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtTest/QTest>

using namespace thaw;

namespace {

const ClassChoice kPerSeed{ClassChoice::Kind::PerSeed, 0};

}  // namespace

class ClassLabelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theClassOfASeedIsItsRemainder() {
        const std::vector<std::uint64_t> seeds{0, 4, 11, (std::uint64_t(1) << 63) + 1};
        const auto classes = chosenClasses(kPerSeed, seeds, torch::zeros({4}, torch::kLong), 5);
        // 2^63 + 1 = 5·1844674407370955161 + 4
        QVERIFY(classes.equal(torch::tensor({0, 4, 1, 4}, torch::kLong)));
    }

    void randomClassesFollowTheLatentsInEachStream() {
        const std::vector<std::uint64_t> seeds{3, 8, 21, 40, 41, 42};
        auto expected = torch::empty({6}, torch::kLong);
        for (std::size_t k = 0; k < seeds.size(); ++k) {
            auto generator = seededGenerator(seeds[k]);
            torch::randn({1, 8, 8}, generator);
            expected[std::int64_t(k)] = torch::randint(10, {}, generator, torch::kLong);
        }
        QVERIFY(classLabelsOf({}, seeds, 1, 8, 10).argmax(1).equal(expected));
        QVERIFY(classLabelsOf(ClassChoice::one(7), seeds, 1, 8, 10).argmax(1).eq(7).all().item<bool>());
        QVERIFY(!classLabelsOf(kPerSeed, seeds, 1, 8, 0).defined());
    }

    void aClassThatTheNetworkHasNotIsRefused() {
        for (const int index : {-1, 3}) {
            const auto fault = faultOf([&] { classLabelsOf(ClassChoice::one(index), {0}, 1, 8, 3); });
            QVERIFY2(fault.startsWith("Configuration") && fault.contains(QString::number(index)), qPrintable(fault));
        }
    }

    void samplesAreThoseOfTheChosenClass() {
        auto network = toy::conditional();
        const std::vector<std::uint64_t> seeds{4, 5, 6};
        const auto perSeed = sampleSeeds(network, seeds, oneStepSampler(), toy::cpu(), {}, {}, kPerSeed);
        for (int index = 0; index < toy::kClasses; ++index) {
            auto plain = toy::toldOneClass(network, index);
            const auto expected = sampleSeeds(plain, seeds, oneStepSampler(), toy::cpu());
            const auto made =
                sampleSeeds(network, seeds, oneStepSampler(), toy::cpu(), {}, {}, ClassChoice::one(index));
            QVERIFY(made.allclose(expected, 1e-4, 1e-5));
            // Seeds 4, 5, 6 are of the classes 1, 2, 0.
            const int row = (index + 2) % 3;
            QVERIFY(perSeed[row].allclose(expected[row], 1e-4, 1e-5));
            QVERIFY(!perSeed[(row + 1) % 3].allclose(expected[(row + 1) % 3], 1e-2, 1e-3));
            // In batches of another size the same.
            SeedBatches how{oneStepSampler(), {}, 2, Precision::Float32, ClassChoice::one(index)};
            std::vector<torch::Tensor> batches;
            sampleBatches(network, toy::cpu(), how, {seeds},
                          [&](const torch::Tensor& batch) { batches.push_back(batch.clone()); });
            QVERIFY(torch::cat(batches).allclose(expected, 1e-4, 1e-5));
        }
        SeedBatches how{oneStepSampler(), {}, 2, Precision::Float32, kPerSeed};
        std::vector<torch::Tensor> batches;
        sampleBatches(network, toy::cpu(), how, {seeds},
                      [&](const torch::Tensor& batch) { batches.push_back(batch.clone()); });
        QVERIFY(torch::cat(batches).allclose(perSeed, 1e-4, 1e-5));
    }
};

THAW_TEST(ClassLabelsTest);
#include "class_labels_test.moc"
