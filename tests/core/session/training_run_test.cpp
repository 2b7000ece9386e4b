// SPDX-License-Identifier: GPL-3.0-or-later
// A run inside a step: what saves, freezes or ends it takes the step to its end first.
#include "core/session/training_run.h"

#include "core/formats/run_stats_file.h"
#include "core/formats/tensorboard_events.h"
#include "core/session/session.h"
#include "tests/registry.h"

#include <QtCore/QDir>
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
    // Contents, in the order in which TensorBoard reads them.
    QList<QByteArray> eventFiles(const char* name) const {
        QList<QByteArray> contents;
        const QDir folder(folder_.filePath(QLatin1String(name)));
        for (const QString& event : folder.entryList({"events.out.tfevents.*"}, QDir::Files, QDir::Name)) {
            QFile file(folder.filePath(event));
            if (file.open(QIODevice::ReadOnly)) contents << file.readAll();
        }
        return contents;
    }
    static QByteArray timeless(const std::string& event) { return QByteArray::fromStdString(event.substr(9)); }
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

    void aRunThatWasAskedToLogsForTensorBoardToo() {
        TrainingRun& run = begin("silent");
        run.step();
        run.finish(RunOutcome::Stopped);
        QVERIFY(eventFiles("silent").isEmpty());
        run.resume(at("silent"), {.tensorboard = true});  // from here on
        QVERIFY(run.config().tensorboard);
        run.step();
        run.setFreeze(parseFreezePlan("enc"));
        run.finish(RunOutcome::Stopped);
        QCOMPARE(eventFiles("silent").size(), 1);
        const auto first = eventFiles("silent").front();
        for (const char* tag : {"Progress/kimg", "Loss/G", "Loss/D", "Gradient/G", "Calls/student", "Events/freeze"})
            QVERIFY2(first.contains(tag), tag);
        QVERIFY(first.contains(timeless(sessionEvent(0, 2))));  // step 1 was done
        run.resume(at("silent"));                               // its own choice by now
        run.step();
        run.finish(RunOutcome::Stopped);
        QCOMPARE(eventFiles("silent").size(), 2);
        QCOMPARE(eventFiles("silent").front(), first);
        QVERIFY(eventFiles("silent").back().contains(timeless(sessionEvent(0, 3))));
        run.resume(at("silent"), {.tensorboard = false});
        run.step();
        run.finish(RunOutcome::Stopped);
        QCOMPARE(eventFiles("silent").size(), 2);
        QCOMPARE(run.takeRemark(), std::string());
    }

    // The numbers of the run are the same with it and without.
    void loggingForTensorBoardChangesNoNumber() {
        const auto lossesOf = [&](const char* name, bool tensorboard) {
            FinetuneConfig config = begin(name).config();
            session_.run().finish(RunOutcome::Stopped);
            config.tensorboard = tensorboard;
            session_.run().startIn(config, at(name) + "-again");
            const auto step = session_.run().step();
            session_.run().finish(RunOutcome::Stopped);
            return std::pair(step.gLoss.value(), step.dLoss.value());
        };
        QCOMPARE(lossesOf("without", false), lossesOf("with", true));
        QCOMPARE(eventFiles("with-again").size(), 1);
        QVERIFY(eventFiles("with-again").front().contains(timeless(sessionEvent(0, 0))));
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
