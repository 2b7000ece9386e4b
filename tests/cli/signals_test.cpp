// SPDX-License-Identifier: GPL-3.0-or-later
// What ends a run from outside, and who may write a run folder.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <csignal>

using namespace program;

class SignalsTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    // Endless, with a line for every distance it measures.
    QStringList finetune(const QString& out) const {
        return {"finetune", "--model", toyModel(), "--data", at("data"),  "--config", at("finetune.json"),
                "--kimg",   "1000",    "--out",    at(out),  "--threads", "1"};
    }
    QStringList resume(const QString& out, const QString& kimg) const {
        return {"finetune", "--out", at(out), "--resume", "--kimg", kimg, "--threads", "1", "--quiet"};
    }
    bool waitForSteps(const QProcess& process, const QString& out) const {
        for (int i = 0; i < 6000 && bytes(at(out) + "/stats.jsonl").isEmpty(); ++i) {
            if (process.state() == QProcess::NotRunning) return false;
            QTest::qWait(50);
        }
        return true;
    }
    void verifySaved(const QString& out) const {
        QVERIFY(QFile::exists(at(out) + "/state.safetensors"));
        QVERIFY(!QFile::exists(at(out) + "/running"));
        const auto last = bytes(at(out) + "/stats.jsonl").trimmed().split('\n').last();
        QVERIFY2(last.contains("\"stopped\""), last.constData());
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        write(at("finetune.json"),
              R"({"batch": 8, "fid_every_kimg": 0.016, "fid_images": 50, "snapshot_every_kimg": 0})");
        write(at("pretrain.json"), R"({"batch": 8, "snapshot_every_kimg": 0, "network": {"model_type": "SongUNet",
            "embedding_type": "positional", "img_resolution": 28, "img_channels": 1, "model_channels": 8,
            "channel_mult": [1, 1], "num_blocks": 1, "attn_resolutions": [], "dropout": 0}})");
    }

    void aSignalSavesAndLeaves_data() {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("times");
        QTest::newRow("TERM") << SIGTERM << 1;
        QTest::newRow("HUP") << SIGHUP << 1;
        // The shell sends one, the kernel another.
        QTest::newRow("HUP twice") << SIGHUP << 2;
    }
    void aSignalSavesAndLeaves() {
        QFETCH(const int, signal);
        QFETCH(const int, times);
        const QString out = QString("run-%1-%2").arg(signal).arg(times);
        QProcess process;
        process.start(path(), finetune(out) + QStringList{"--quiet"});
        QVERIFY(waitForSteps(process, out));
        for (int i = 0; i < times; ++i) ::kill(pid_t(process.processId()), signal);
        QVERIFY(process.waitForFinished(300000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        verifySaved(out);
    }

    void nohupIsRespected() {
        const QString out = "nohup";
        QProcess process;
        process.start("/bin/sh", QStringList{"-c", "trap '' HUP; exec \"$0\" \"$@\"", path()} + finetune(out) +
                                     QStringList{"--quiet"});
        QVERIFY(waitForSteps(process, out));
        ::kill(pid_t(process.processId()), SIGHUP);
        const auto lines = [&] { return bytes(at(out) + "/stats.jsonl").count('\n'); };
        const auto before = lines();
        QTRY_VERIFY_WITH_TIMEOUT(lines() > before + 2, 60000);
        ::kill(pid_t(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(300000));
        QCOMPARE(process.exitCode(), 130);
    }

    // As `thaw-cli finetune ... 2>&1 | head -1`.
    void aClosedPipeSavesAndLeaves() {
        run(QStringList{"-c", "( \"$0\" \"$@\" 2>&1; echo $? > '" + at("code") + "' ) | head -n 1", path()} +
                finetune("pipe"),
            "/bin/sh");
        QCOMPARE(bytes(at("code")).trimmed(), QByteArray("130"));
        verifySaved("pipe");
    }

    void aRunThatIsWrittenIsRefusedToASecond() {
        QProcess process;
        process.start(path(), finetune("busy") + QStringList{"--quiet"});
        QVERIFY(waitForSteps(process, "busy"));
        const QByteArray number = QByteArray::number(process.processId());
        for (const auto& arguments : {resume("busy", "1001"), QStringList{"pretrain", "--out", at("busy"), "--resume"},
                                      QStringList{"study", "objectives", "--out", at("busy")}}) {
            const auto second = run(arguments);
            QVERIFY2(second.code == 2 && second.err.contains("is being written by the process " + number),
                     second.err.constData());
        }
        process.kill();
        QVERIFY(process.waitForFinished(60000));
        QVERIFY(QFile::exists(at("busy/running")));
    }

    void aRunOfAKilledProcessGoesOnAndSaysSo() {
        write(at("short.json"), R"({"batch": 8, "fid_every_kimg": 0, "snapshot_every_kimg": 0})");
        QCOMPARE(run({"finetune", "--model", toyModel(), "--data", at("data"), "--config", at("short.json"), "--kimg",
                      "0.008", "--out", at("stale"), "--threads", "1", "--quiet"})
                     .code,
                 0);
        write(at("stale/running"), "4194303 " + QSysInfo::machineHostName().toUtf8() + " locked\n");
        const auto resumed = run(resume("stale", "0.016").mid(0, 8));  // not quiet
        QVERIFY2(resumed.code == 0 && resumed.err.contains("left unfinished by the process 4194303"),
                 resumed.err.constData());
        QVERIFY(!QFile::exists(at("stale/running")));
    }

    void aPreTrainingIsLockedToo() {
        QProcess process;
        process.start(path(), {"pretrain", "--data", at("data"), "--config", at("pretrain.json"), "--kimg", "1000",
                               "--out", at("base"), "--threads", "1", "--quiet"});
        QVERIFY(waitForSteps(process, "base"));
        const auto second = run({"pretrain", "--out", at("base"), "--resume", "--data", at("data")});
        QVERIFY2(second.code == 2 && second.err.contains("is being written by"), second.err.constData());
        ::kill(pid_t(process.processId()), SIGHUP);
        QVERIFY(process.waitForFinished(300000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(QFile::exists(at("base/state.safetensors")) && !QFile::exists(at("base/running")));
    }
};

THAW_TEST(SignalsTest);
#include "signals_test.moc"
