// SPDX-License-Identifier: GPL-3.0-or-later
// Training runs of thaw-cli: folders, curves, Ctrl+C, resuming.
#include "tests/cli/program.h"

#include <csignal>

using namespace program;

class RunsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    QStringList pretrain(const QString& out, const QString& kimg) const {
        return {"pretrain", "--data", at("data"), "--config", at("pretrain.json"), "--kimg", kimg, "--out", out, "--threads", "1", "--json", "--quiet"};
    }
    QStringList finetune(const QString& out, const QString& kimg) const {
        return {"finetune", "--model", toyModel(), "--data", at("data"), "--config", at("finetune.json"), "--kimg", kimg,
                "--out", out, "--objective", "gan", "--freeze", "d2o-f", "--threads", "1", "--json", "--quiet"};
    }
    static QStringList snapshots(const QString& run) { return QDir(run).entryList({"ema-*.safetensors"}, QDir::Files); }
    // Long after any run of this test, unless it is stopped.
    static constexpr const char* kEndless = "1000";

    // Starts, waits for the first logged step, presses Ctrl+C; returns the exit code.
    static int interrupted(const QStringList& arguments, const QString& run) {
        QProcess process;
        process.start(path(), arguments);
        for (int i = 0; i < 6000 && bytes(run + "/stats.jsonl").isEmpty() && process.state() != QProcess::NotRunning; ++i) QTest::qWait(50);
        ::kill(pid_t(process.processId()), SIGINT);
        if (!process.waitForFinished(300000)) process.kill();
        return process.exitCode();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        write(at("pretrain.json"), R"({"batch": 8, "snapshot_every_kimg": 0, "network": {"model_type": "SongUNet",
            "embedding_type": "positional", "img_resolution": 28, "img_channels": 1, "model_channels": 8,
            "channel_mult": [1, 1], "num_blocks": 1, "attn_resolutions": [], "dropout": 0}})");
        write(at("finetune.json"), R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 130, "snapshot_every_kimg": 0})");
    }

    void pretrainingMakesAModelThatOpens() {
        const auto outcome = run(pretrain(at("pre"), "0.064"));
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        for (const char* key : {"kimg", "loss", "images_per_second", "run"}) QVERIFY2(outcome.json().contains(key), key);
        QCOMPARE(outcome.json()["kimg"].toDouble(), 0.064);
        QCOMPARE(snapshots(at("pre")).size(), 1);
        QCOMPARE(run({"info", at("pre"), "--json"}).json()["class"].toString(), QString("EDMPrecond"));
        QCOMPARE(run(pretrain(at("pre"), "0.064")).code, 2);  // never overwritten
    }

    void aResumedPretrainingEndsWhereTheUninterruptedOneDoes() {
        QCOMPARE(run(pretrain(at("whole"), "0.56")).code, 0);
        interrupted(pretrain(at("parts"), "0.56"), at("parts"));
        QCOMPARE(run({"pretrain", "--data", at("data"), "--out", at("parts"), "--resume", "--threads", "1", "--quiet"}).code, 0);
        const QString last = "ema-0000000560.safetensors";
        QVERIFY(!bytes(at("whole/") + last).isEmpty());
        QVERIFY(bytes(at("whole/") + last) == bytes(at("parts/") + last));
    }

    void finetuningMakesAOneStepGeneratorWithCurves() {
        const auto outcome = run(finetune(at("fine"), "0.064"));
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        for (const char* key : {"kimg", "g_loss", "d_loss", "fid", "images_per_second", "run"}) QVERIFY2(outcome.json().contains(key), key);
        QCOMPARE(outcome.json()["kimg"].toDouble(), 0.064);
        QCOMPARE(run({"info", at("fine"), "--json"}).json()["class"].toString(), QString("D2OPrecond"));
        QCOMPARE(run({"curves", at("fine"), "--out", at("curves.png")}).code, 0);
        QVERIFY(isPng(at("curves.png")));
        QCOMPARE(run({"curves", at("fine"), "--out", at("curves.csv")}).code, 0);
        QCOMPARE(bytes(at("curves.csv")).split('\n').front(), QByteArray("kimg,step,g_loss,d_loss,r1,real_sign,fake_sign,fid"));
        QVERIFY(bytes(at("curves.csv")).count('\n') >= 9);  // a heading and eight steps
    }

    void ctrlCDuringPretrainingSavesAndLeavesWith130() {
        QCOMPARE(interrupted(pretrain(at("stopped-pre"), kEndless), at("stopped-pre")), 130);
        QCOMPARE(snapshots(at("stopped-pre")).size(), 1);
        QVERIFY(QFile::exists(at("stopped-pre/state.safetensors")));
    }

    void ctrlCDuringFinetuningSavesAndTheRunGoesOn() {
        QCOMPARE(interrupted(finetune(at("stopped"), kEndless), at("stopped")), 130);
        QCOMPARE(snapshots(at("stopped")).size(), 1);
        const double seen = snapshots(at("stopped")).front().mid(4, 10).toDouble() / 1000;
        const auto outcome = run({"finetune", "--model", toyModel(), "--data", at("data"), "--out", at("stopped"), "--resume", "--threads", "1", "--kimg",
                                  QString::number(seen + 0.016), "--json", "--quiet"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(std::abs(outcome.json()["kimg"].toDouble() - seen - 0.016) < 1e-6);
    }
};

QTEST_GUILESS_MAIN(RunsTest)
#include "runs_test.moc"
