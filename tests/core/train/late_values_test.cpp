// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/late_values.h"
#include "core/train/step_values.h"
#include "tests/core/faults.h"
#include "tests/core/other_device.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class LateValuesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theyAreReadWithoutWaitingForMoreThanThem() {
        auto devices = elsewhere::devices();
        devices.emplace_back(torch::kCPU);
        for (const auto& device : devices) {
            const auto values = torch::tensor({1.5, -2.0, 3.25}).to(device);
            const elsewhere::NoWaiting guard;
            LateValues late(values);
            QVERIFY((late.read() == std::vector<double>{1.5, -2.0, 3.25}));
            QVERIFY((late.read() == std::vector<double>{1.5, -2.0, 3.25}));
        }
    }

    void partsAddUpAndGradientsGoToTheirBlocks() {
        const Adam::Named parameters{{"enc.8x8_block0.norm0.weight", torch::ones({1})},
                                     {"enc.8x8_block0.norm0.bias", torch::ones({1})},
                                     {"out_norm.weight", torch::ones({1})}};
        StepValues values;
        values.add(&StepMetrics::gLoss, torch::tensor(0.25));
        values.add(&StepMetrics::gLoss, torch::tensor(0.5));
        values.add(&StepMetrics::realSign, torch::tensor(-1.0));
        // Two entries replaced of ten; norms 3, 4 and 12.
        values.add(Adam::LateUpdate{10, torch::tensor({2.0, 3.0, 4.0, 12.0}, torch::kDouble)}, &StepMetrics::gradG,
                   /*blocks=*/true, parameters);
        values.add(Adam::LateUpdate{6, torch::tensor({3.0, 0.0, 0.0, 7.0}, torch::kDouble)}, nullptr, /*blocks=*/false,
                   parameters);
        values.send({1, 2, 3, 4}, {});
        StepMetrics metrics;
        values.readInto(metrics);
        QVERIFY((metrics.calls == NetworkCalls{1, 2, 3, 4}));
        QCOMPARE(metrics.gLoss.value(), 0.75);
        QCOMPARE(metrics.realSign.value(), -1.0);
        QVERIFY(!metrics.dLoss && !metrics.gradD);
        QCOMPARE(metrics.gradG.value(), 13.0);
        QCOMPARE(metrics.sanitisedGradients, std::int64_t(5));
        QCOMPARE(metrics.blockGradients.size(), std::size_t(2));
        QCOMPARE(metrics.blockGradients[0].block, std::string("enc.8x8_block0"));
        QCOMPARE(metrics.blockGradients[0].norm, 5.0);
        QCOMPARE(metrics.blockGradients[1].norm, 12.0);
    }

    void divergenceIsSaidWithItsStep() {
        const auto faultOfLoss = [](StepValue field) {
            StepValues values;
            values.add(field, torch::tensor(std::numeric_limits<double>::infinity()));
            values.send({}, {});
            StepMetrics metrics;
            metrics.step = 7;
            return faultOf([&] { values.readInto(metrics); });
        };
        QCOMPARE(faultOfLoss(&StepMetrics::gLoss), QString("Diverged: The generator's loss became inf at step 7."));
        QCOMPARE(faultOfLoss(&StepMetrics::r1), QString("Diverged: R1 became inf at step 7."));
        QCOMPARE(faultOfLoss(&StepMetrics::fakeLogit), QString("nothing"));  // its loss says it
        const auto faultOfReplaced = [](double replaced) {
            StepValues values;
            values.add(Adam::LateUpdate{10, torch::tensor({replaced, 1.0}, torch::kDouble)}, &StepMetrics::gradD,
                       /*blocks=*/false, {{"w", torch::ones({1})}});
            values.send({}, {});
            StepMetrics metrics;
            metrics.step = 3;
            return faultOf([&] { values.readInto(metrics); });
        };
        QCOMPARE(faultOfReplaced(5), QString("nothing"));
        QCOMPARE(faultOfReplaced(6), QString("Diverged: 6 of 10 gradient entries were not finite at step 3."));
    }
};

THAW_TEST(LateValuesTest);
#include "late_values_test.moc"
