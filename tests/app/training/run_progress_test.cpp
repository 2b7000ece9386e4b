// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_progress.h"
#include "tests/registry.h"

#include <QTest>

using namespace thaw;

namespace {

StepMetrics stepAt(int step, int batch) {
    StepMetrics metrics;
    metrics.step = step;
    metrics.kimg = step * batch / 1000.0;
    metrics.secondsPerStep = 0.5;
    return metrics;
}

}  // namespace

class RunProgressTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsKnownBeforeTheFirstStep() {
        RunProgress progress;
        progress.begin({});
        QCOMPARE(progress.percent(), 0.0);
        QVERIFY(progress.secondsLeft() < 0);
    }

    void aLastBatchBeyondTheEndIsNoMoreThanAll() {
        FinetuneConfig config;
        config.batch = 64;
        config.kimg = 0.3;
        RunProgress progress;
        progress.begin(config);
        progress.add({stepAt(5, 64)}, 1);  // 0.32 kimg
        QCOMPARE(progress.percent(), 100.0);
    }

    void rateAndTimeLeftFollowFromTheSteps() {
        FinetuneConfig config;
        config.batch = 50;
        config.kimg = 1;  // 20 steps
        RunProgress progress;
        progress.begin(config);
        for (int step = 1; step <= 10; ++step) progress.add({stepAt(step, 50)}, step * 0.5);
        QCOMPARE(progress.percent(), 50.0);
        QVERIFY(std::abs(progress.imagesPerSecond() - 100) < 1e-9);
        QVERIFY(std::abs(progress.secondsLeft() - 5) < 1e-9);
    }

    void aPauseDoesNotCount() {
        FinetuneConfig config;
        config.batch = 50;
        config.kimg = 1;
        RunProgress progress;
        progress.begin(config);
        progress.add({stepAt(1, 50)}, 0);
        progress.add({stepAt(2, 50)}, 0.5);
        progress.pause();
        progress.add({stepAt(3, 50)}, 1000);
        progress.add({stepAt(4, 50)}, 1000.5);
        QVERIFY(std::abs(progress.secondsLeft() - 8) < 1e-9);
    }
};

THAW_TEST(RunProgressTest);
#include "run_progress_test.moc"
