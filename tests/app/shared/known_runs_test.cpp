// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/known_runs.h"
#include "tests/fid_point.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace thaw;

class KnownRunsTest : public QObject {
    Q_OBJECT
    static RunSummary summary() {
        RunSummary run;
        run.folder = "/runs/0003-d2o-f";
        run.objective = "cd,gan";
        run.kimg = 13.2;
        run.targetKimg = 20;
        run.best = fidPoint(10, 6.054, 1000);
        return run;
    }
    static void write(const QString& path, const QByteArray& text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

private Q_SLOTS:
    void aRunIsNamedWithThePlansThatCameLater() {
        const QString folder = "/runs/0003-d2o-f";
        QCOMPARE(runName(folder), QString("0003-d2o-f"));
        const RunEvent none{5, 1, "none", "freeze"}, all{6, 2, "all", "freeze"}, again{7, 3, "d2o-f", "freeze"};
        QCOMPARE(runName(folder, {none}), QString("0003-d2o-f → none"));
        QCOMPARE(runName(folder, {none, all}), QString("0003-d2o-f → none → all"));
        QCOMPARE(runName(folder, {none, all, again}), QString("0003-d2o-f → … → d2o-f"));
        QCOMPARE(runName(folder, {{5, 1, std::string(60, 'x'), "freeze"}}),
                 QString("0003-d2o-f → %1…").arg(QString(23, 'x')));
    }

    void aLegendHasNumberAndObjective() {
        QCOMPARE(runLegend("/runs/0003-d2o-f", "cd,gan"), QString("0003 · cd,gan"));
        QCOMPARE(runLegend("/runs/my-run", "gan"), QString("my-run · gan"));  // no number, so the whole name
        QCOMPARE(runLegend("/runs/0003-d2o-f", ""), QString("0003"));
        RunStats stats;
        stats.objective = "gan";
        stats.events = {{0, 0, "d2o-f", "freeze"}, {9, 1, "resume", "resume"}, {9, 1, "none", "freeze"}};
        QCOMPARE(runLegend("/runs/0003-d2o-f", stats), QString("0003 → none · gan"));
    }

    void anImportHasItsOwnNameAndSaysWhatItIs() {
        QCOMPARE(runName("/logs/afhq"), QString("afhq"));
        QCOMPARE(runName("/logs/afhq/stats.jsonl"), QString("afhq"));
        QCOMPARE(runName("/logs/afhq/metric-fid50k_full.jsonl"), QString("afhq"));
        QCOMPARE(runName("/logs/afhq-cond.jsonl"), QString("afhq-cond"));
        RunStats stats;
        stats.importedFrom = "EDM";
        QCOMPARE(runLegend("/logs/00001-afhq", stats), QString("00001-afhq · import of EDM"));
        RunSummary run;
        run.importedFrom = "EDM";
        run.kimg = 200;
        QCOMPARE(runDetails(run), QString("import of EDM · 200 kimg"));
    }

    void anImportFromElsewhereStandsBehindTheRunsUntilItIsTakenOff() {
        QTemporaryDir folder, elsewhere;
        QVERIFY(QDir(folder.path()).mkpath("0000-a"));
        const QString log = elsewhere.filePath("stats.jsonl");
        write(log, R"({"Progress/kimg": {"mean": 4.5}, "Loss/loss": {"mean": 1}})");
        KnownRuns known(folder.path());
        known.addImport(log);
        known.addImport(log);  // once
        QTRY_VERIFY(known.find(log) && known.find(log)->kimg);
        QCOMPARE(known.find(log)->kimg.value(), 4.5);
        QCOMPARE(known.find(log)->importedFrom, std::string("EDM"));
        QCOMPARE(known.runs().size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(known.runs().back().folder), log);
        known.removeImport(log);
        QVERIFY(!known.find(log));
    }

    void whatWasAskedForStandsBesideWhatWasSeenUntilItIsReached() {
        RunSummary run = summary();
        QCOMPARE(kimgText(run), QString("13.2 / 20"));
        run.kimg = 20.03;  // the last batch reaches beyond
        QCOMPARE(kimgText(run), QString("20"));
        run.kimg.reset();
        QCOMPARE(kimgText(run), QString());
    }

    void theDetailsAreObjectiveImagesAndDistance() {
        QCOMPARE(runDetails(summary()), QString("cd,gan · 13.2 / 20 kimg · FD 6.05"));
        QCOMPARE(runDetails({}), QString());
    }

    void studiesAreNoRun() {
        QTemporaryDir folder;
        for (const char* name : {"0000-a", "studies", "studies-of-mine"}) QVERIFY(QDir(folder.path()).mkpath(name));
        KnownRuns known(folder.path());
        const auto names = [&] {
            QStringList found;
            for (const RunSummary& run : known.runs()) found << runName(run);
            return found;
        };
        known.refresh();
        QCOMPARE(names(), QStringList({"studies-of-mine", "0000-a"}));
        QTRY_VERIFY(known.wasRead());
        QCOMPARE(names(), QStringList({"studies-of-mine", "0000-a"}));
    }

    void theOpenRunHasItsFiguresAsTheyCome() {
        QTemporaryDir folder;
        for (const char* name : {"0000-a", "0001-b"}) {
            QVERIFY(QDir(folder.path()).mkpath(name));
            write(folder.filePath(QString(name) + "/config.json"), R"({"objective": "gan", "kimg": 2})");
            write(folder.filePath(QString(name) + "/stats.jsonl"), "{\"step\":1,\"kimg\":0.5,\"g_loss\":1}\n");
        }
        KnownRuns known(folder.path());
        QSignalSpy changed(&known, &KnownRuns::changed), live(&known, &KnownRuns::liveChanged);
        known.setCurrent(folder.filePath("0001-b"));
        QCOMPARE(known.runs().size(), std::size_t(2));
        QVERIFY(!known.wasRead());
        QTRY_VERIFY(known.wasRead());
        QCOMPARE(known.runs().front().folder, folder.filePath("0001-b").toStdString());  // newest first
        StepMetrics step;
        step.step = 2;
        step.kimg = 1.25;
        known.showLive(std::vector{step});
        known.showLive(fidPoint(1, 9, 100));
        known.showLive(fidPoint(1.25, 12, 100));
        known.showLive(RunEvent{2, 1.25, "none", "freeze"});
        QCOMPARE(live.size(), 4);
        const RunSummary* run = known.find(folder.filePath("0001-b"));
        QVERIFY(run && known.isCurrent(*run));
        QCOMPARE(runName(*run), QString("0001-b → none"));
        QCOMPARE(runDetails(*run), QString("gan · 1.25 / 2 kimg · FD 9"));
        QCOMPARE(run->last.value().fid, 12.0);
        QCOMPARE(known.find(folder.filePath("0000-a"))->kimg.value(), 0.5);
        QVERIFY(!known.find(folder.filePath("none")));
    }
};

THAW_TEST(KnownRunsTest);
#include "known_runs_test.moc"
