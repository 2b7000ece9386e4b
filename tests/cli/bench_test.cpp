// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QJsonArray>

#include <vector>

class BenchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // The system hands the maximum of whoever starts a program on to it, and scripts that compare are large.
    void peakMemoryIsItsOwnAndNotItsParents() {
        constexpr double kHeldMiB = 1024;
        std::vector<char> held(std::size_t(kHeldMiB) << 20, 1);
        const auto outcome = program::run({"bench", "--workload", "one-step", "--model", program::toyModel(), "--batch",
                                           "1", "--threads", "1", "--device", "cpu", "--steps", "1", "--repetitions",
                                           "1", "--json", "--quiet"});
        QCOMPARE(outcome.code, 0);
        QCOMPARE(held.back(), char(1));
        const auto results = outcome.json()["results"].toArray();
        QCOMPARE(results.size(), 1);
        const double peak = results.at(0).toObject()["peak_mib"].toDouble();
        QVERIFY2(peak > 20 && peak < kHeldMiB, qPrintable(QString::number(peak)));
    }
};

THAW_TEST(BenchTest);
#include "bench_test.moc"
