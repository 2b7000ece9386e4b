// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise_schedule.h"

#include "core/diffusion/preconditioning.h"
#include "tests/registry.h"

#include <torch/torch.h>

#include <QtTest/QTest>

using namespace thaw;

class NoiseScheduleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Eleven levels of the table lie in the range, and step i takes the one nearest to 10·i/(N-1).
    void stepsOfIddpmAreTheNearestOfItsTable_data() {
        QTest::addColumn<QVector<int>>("indices");
        QTest::newRow("thirds") << QVector<int>{0, 3, 7, 10};
        QTest::newRow("sixths") << QVector<int>{0, 2, 3, 5, 7, 8, 10};
        QTest::newRow("halves go to the even one, as published") << QVector<int>{0, 2, 5, 8, 10};
    }
    void stepsOfIddpmAreTheNearestOfItsTable() {
        QFETCH(QVector<int>, indices);
        const auto table = iddpmSigmas({});
        const auto level = [&](int j) { return table[j].item<double>(); };
        std::vector<double> expected;
        for (const int index : indices) expected.push_back(level(500 + index));
        QVERIFY(iddpmSigmaSteps(int(indices.size()), level(510), level(500)) == expected);
    }
};

THAW_TEST(NoiseScheduleTest);
#include "noise_schedule_test.moc"
