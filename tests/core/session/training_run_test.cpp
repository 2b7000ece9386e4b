// SPDX-License-Identifier: GPL-3.0-or-later
// A run inside a step: what saves, freezes or ends it takes the step to its end first.
#include "core/session/training_run.h"

#include "core/formats/run_stats_file.h"
#include "core/session/session.h"
#include "tests/registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace thaw;

class TrainingRunTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    Session session_;

    std::string at(const char* name) const { return folder_.filePath(QLatin1String(name)).toStdString(); }
    std::size_t logged(const char* name) const { return readRunStats(at(name)).steps.size(); }
    TrainingRun& begin(const char* name) {
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 1;
        config.snapshotEveryKimg = 0;
        session_.run().startIn(config, at(name));
        return session_.run();
    }

private Q_SLOTS:
    void initTestCase() {
        session_.files().openModel("builtin");
        session_.files().openData("builtin");
    }

    void aSnapshotInsideAStepHoldsTheWholeStep() {
        TrainingRun& run = begin("saved");
        QVERIFY(!run.inStep() && !run.advance());
        QVERIFY(run.inStep());
        QCOMPARE(run.tunedKimg(), 0.0);
        run.saveSnapshot();
        QVERIFY(!run.inStep());
        QCOMPARE(run.tunedKimg(), 0.008);
        QCOMPARE(logged("saved"), std::size_t(1));
        run.finish(RunOutcome::Stopped);
        run.resume(at("saved"));
        QCOMPARE(run.step().step, std::int64_t(2));
        run.finish(RunOutcome::Stopped);
    }

    void aFreezeChangeInsideAStepActsFromTheNext() {
        TrainingRun& run = begin("frozen");
        run.advance();
        run.setFreeze(parseFreezePlan("enc"));
        QCOMPARE(logged("frozen"), std::size_t(1));
        QCOMPARE(toText(run.config().freeze), std::string("enc"));
        run.advance();
        run.finish(RunOutcome::Stopped);
        QCOMPARE(logged("frozen"), std::size_t(2));
    }

    void aRunThatFailedInsideAStepIsLeftAsItIs() {
        TrainingRun& run = begin("failed");
        run.advance();
        run.finish(RunOutcome::Failed);
        QFile log(folder_.filePath("failed/stats.jsonl"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        const auto lines = log.readAll();
        QVERIFY2(!lines.contains("kimg") && lines.contains("\"failed\""), lines.constData());
        QVERIFY(!run.inStep());
    }

    void theDistanceOfTheOriginalInPiecesIsThatInOne() {
        TrainingRun& run = session_.run();
        const FidPoint whole = run.originalFid(150);
        run.beginOriginalFid(150);
        QCOMPARE(run.originalFidShare(), 0.0);
        QVERIFY(!run.continueOriginalFid());
        QVERIFY(run.originalFidShare() > 0.6 && run.originalFidShare() < 0.7);  // 100 of 150
        const auto point = run.continueOriginalFid();
        QVERIFY(point.has_value());
        QCOMPARE(point->fid, whole.fid);
    }
};

THAW_TEST(TrainingRunTest);
#include "training_run_test.moc"
