// SPDX-License-Identifier: GPL-3.0-or-later
// A run of another process is watched and steered from a terminal.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <QJsonArray>

#include <memory>

using namespace program;

class SteerTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }

    QJsonObject status(const QString& out) const {
        return QJsonDocument::fromJson(bytes(at(out) + "/status.json")).object();
    }
    // Endless, under way when this returns.
    std::unique_ptr<QProcess> begin(const QStringList& arguments, const QString& out) const {
        auto process = std::make_unique<QProcess>();
        process->start(path(), arguments + QStringList{"--kimg", "1000", "--out", at(out), "--threads", "1", "--json"});
        for (int i = 0; i < 6000 && status(out)["kimg"].toDouble() == 0; ++i) {
            if (process->state() == QProcess::NotRunning) break;
            QTest::qWait(50);
        }
        return process;
    }
    std::unique_ptr<QProcess> finetune(const QString& out) const {
        return begin({"finetune", "--model", toyModel(), "--data", at("data"), "--config", at("finetune.json")}, out);
    }
    Outcome steer(const QString& verb, const QString& out, const QStringList& more = {}) const {
        return run(QStringList{verb, at(out)} + more + QStringList{"--json", "--timeout", "120"});
    }
    QByteArray events(const QString& out) const {
        QByteArray all;
        for (const auto& line : bytes(at(out) + "/stats.jsonl").split('\n')) {
            const auto json = QJsonDocument::fromJson(line).object();
            if (json.contains("event")) all += json["event"].toString().toUtf8() + ' ';
        }
        return all.trimmed();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test");
        writeToyData(at("data"));
        write(at("finetune.json"), R"({"batch": 8, "fid_every_kimg": 0, "fid_images": 50, "snapshot_every_kimg": 0})");
        write(at("pretrain.json"), R"({"batch": 8, "snapshot_every_kimg": 0, "network": {"model_type": "SongUNet",
            "embedding_type": "positional", "img_resolution": 28, "img_channels": 1, "model_channels": 8,
            "channel_mult": [1, 1], "num_blocks": 1, "attn_resolutions": [], "dropout": 0}})");
        write(at("plan.json"), R"({"freeze": ["enc"]})");
    }

    void aRunIsHeldChangedSavedAndEndedFromOutside() {
        const auto process = finetune("run");
        const auto watched = run({"watch", at("run"), "--once", "--json"});
        QVERIFY2(watched.code == 0, watched.err.constData());
        QCOMPARE(watched.json()["state"].toString(), QString("running"));
        QVERIFY(watched.json().contains("fid") && watched.json()["kimg"].toDouble() > 0);
        QCOMPARE(watched.json()["pid"].toInteger(), process->processId());

        const auto paused = steer("pause", "run");
        QVERIFY2(paused.code == 0, paused.err.constData());
        QCOMPARE(paused.json()["state"].toString(), QString("paused"));
        const double kimg = paused.json()["kimg"].toDouble();
        const auto lines = bytes(at("run/stats.jsonl")).count('\n');
        QTest::qWait(1000);
        QCOMPARE(bytes(at("run/stats.jsonl")).count('\n'), lines);
        QCOMPARE(run({"watch", at("run"), "--once", "--json"}).json()["kimg"].toDouble(), kimg);
        const auto again = steer("pause", "run");
        QVERIFY2(again.code == 2 && again.err.contains("The run is paused"), again.err.constData());

        const auto frozen = steer("freeze", "run", {at("plan.json")});  // of this machine
        QVERIFY2(frozen.code == 0, frozen.err.constData());
        QCOMPARE(frozen.json()["state"].toString(), QString("paused"));
        const auto mistyped = steer("freeze", "run", {"nowhere"});
        QVERIFY2(mistyped.code == 2 && mistyped.err.contains("'nowhere'"), mistyped.err.constData());
        const auto resumed = steer("resume", "run");
        QVERIFY2(resumed.code == 0, resumed.err.constData());
        QTRY_VERIFY_WITH_TIMEOUT(status("run")["kimg"].toDouble() > kimg, 60000);

        const auto faster = steer("rate", "run", {"--g", "0.0003"});
        QVERIFY2(faster.code == 0, faster.err.constData());
        const auto saved = steer("snapshot", "run");
        QVERIFY2(saved.code == 0, saved.err.constData());
        QVERIFY(QFile::exists(at("run/state.safetensors")));

        const auto stopped = steer("stop", "run");
        QVERIFY2(stopped.code == 0, stopped.err.constData());
        QCOMPARE(stopped.json()["state"].toString(), QString("finished"));
        QCOMPARE(stopped.json()["outcome"].toString(), QString("stopped"));
        QVERIFY(process->waitForFinished(60000));
        QCOMPARE(process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(process->exitCode(), 0);
        const auto result = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
        QCOMPARE(result["outcome"].toString(), QString("stopped"));
        QCOMPARE(events("run"), QByteArray("freeze rate stopped"));
        QVERIFY(!QFile::exists(at("run/running")) && !QFile::exists(at("run/control")));

        // Nobody is there any more.
        const auto late = steer("resume", "run");
        QVERIFY2(late.code == 3 && late.err.contains("ended as stopped") && late.err.contains("finetune --resume"),
                 late.err.constData());
        const auto last = run({"watch", at("run"), "--once", "--json"});
        QVERIFY(last.code == 0 && last.json()["outcome"].toString() == "stopped");
        const double end = last.json()["kimg"].toDouble();
        const auto longer = run({"finetune", "--resume", "--out", at("run"), "--kimg", QString::number(end + 0.008),
                                 "--threads", "1", "--json"});
        QVERIFY2(longer.code == 0, longer.err.constData());
        QCOMPARE(longer.json()["outcome"].toString(), QString("finished"));
    }

    void aRunIsFollowedToItsEnd() {
        const auto process = finetune("followed");
        QProcess watch;
        watch.start(path(), {"watch", at("followed")});
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT((said += watch.readAllStandardOutput()).count('\n') >= 2, 60000);
        QVERIFY2(said.contains("of 1000 kimg  G ") && said.contains("running on "), said.constData());
        QCOMPARE(steer("stop", "followed").code, 0);
        QVERIFY(watch.waitForFinished(60000));
        said += watch.readAllStandardOutput();
        QCOMPARE(watch.exitCode(), 0);
        QVERIFY2(said.trimmed().split('\n').last().endsWith("stopped"), said.constData());
        QVERIFY(process->waitForFinished(60000));
    }

    void theWordOfAKilledProcessIsNotTakenForFresh() {
        const auto process = finetune("killed");
        process->kill();
        QVERIFY(process->waitForFinished(60000));
        QCOMPARE(status("killed")["state"].toString(), QString("running"));
        for (const auto& arguments : {QStringList{"watch", at("killed"), "--once"}, QStringList{"watch", at("killed")},
                                      QStringList{"pause", at("killed")}, QStringList{"stop", at("killed")}}) {
            const auto told = run(arguments);
            QVERIFY2(told.code == 3 && told.out.isEmpty(), told.err.constData());
            QVERIFY2(told.err.contains("is gone, last heard of at") && told.err.contains("finetune --resume"),
                     told.err.constData());
        }
    }

    void aPreTrainingIsSteeredToo() {
        const auto process = begin({"pretrain", "--data", at("data"), "--config", at("pretrain.json")}, "base");
        const auto frozen = steer("freeze", "base", {"enc"});
        QVERIFY2(frozen.code == 2 && frozen.err.contains("takes no freeze plan"), frozen.err.constData());
        QCOMPARE(steer("rate", "base", {"--d", "0.001"}).code, 2);
        QCOMPARE(steer("rate", "base", {"--g", "0.0005"}).code, 0);
        QCOMPARE(steer("pause", "base").json()["state"].toString(), QString("paused"));
        QCOMPARE(steer("resume", "base").json()["state"].toString(), QString("running"));
        QCOMPARE(steer("stop", "base").code, 0);
        QVERIFY(process->waitForFinished(60000));
        QCOMPARE(process->exitCode(), 0);
        QCOMPARE(events("base"), QByteArray("rate"));
        const auto late = steer("pause", "base");
        QVERIFY2(late.code == 3 && late.err.contains("pretrain --resume"), late.err.constData());
    }

    void wrongUseIsRefusedBeforeAnythingIsAsked_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const QStringList& arguments, int code, const char* why) {
            QTest::newRow(name) << arguments << code << QString(why);
        };
        row("no rate", {"rate", at("data")}, 2, "No learning rate is named");
        row("rate of zero", {"rate", at("data"), "--g", "0"}, 2, "must be above 0");
        row("no number", {"rate", at("data"), "--g", "fast"}, 2, "--g");
        row("no plan", {"freeze", at("data")}, 2, "PLAN");
        row("no run", {"pause"}, 2, "RUN");
        row("no folder", {"pause", at("nowhere")}, 3, "There is no run folder");
        row("no run folder", {"watch", at("data")}, 3, "is no run folder");
    }
    void wrongUseIsRefusedBeforeAnythingIsAsked() {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        QFETCH(const QString, why);
        const auto told = run(arguments);
        QCOMPARE(told.code, code);
        QVERIFY2(told.err.contains(why.toUtf8()), told.err.constData());
    }
};

THAW_TEST(SteerTest);
#include "steer_test.moc"
