// SPDX-License-Identifier: GPL-3.0-or-later
// Several processes of thaw-cli as one job, started as a launcher does it: by environment variables.
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <csignal>
#include <memory>

using namespace program;

namespace {

// A port of this machine that nobody has at the moment.
int freeJobPort() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool got = ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    ::close(descriptor);
    return got ? ntohs(address.sin_port) : 29511;
}

/// The processes of a job.
class Job {
public:
    Job(int size, const QStringList& arguments, const QHash<QString, QString>& more = {}) {
        auto variables = QProcessEnvironment::systemEnvironment();
        variables.insert("WORLD_SIZE", QString::number(size));
        variables.insert("MASTER_ADDR", "127.0.0.1");
        variables.insert("MASTER_PORT", QString::number(freeJobPort()));
        for (auto it = more.begin(); it != more.end(); ++it) variables.insert(it.key(), it.value());
        for (int rank = 0; rank < size; ++rank) {
            variables.insert("RANK", QString::number(rank));
            processes_.push_back(std::make_unique<QProcess>());
            processes_.back()->setProcessEnvironment(variables);
            processes_.back()->start(path(), arguments);
        }
    }
    QProcess& operator[](int rank) { return *processes_[std::size_t(rank)]; }
    bool isRunning() {
        for (auto& process : processes_)
            if (process->state() == QProcess::NotRunning) return false;
        return true;
    }
    std::vector<Outcome> outcomes() {
        std::vector<Outcome> all;
        for (auto& process : processes_) {
            if (!process->waitForFinished(120000)) process->kill();
            all.push_back({process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1,
                           process->readAllStandardOutput(), process->readAllStandardError()});
        }
        return all;
    }

private:
    std::vector<std::unique_ptr<QProcess>> processes_;
};

QList<QJsonObject> statsLines(const QString& run) {
    QList<QJsonObject> lines;
    for (const auto& line : bytes(run + "/stats.jsonl").split('\n'))
        if (!line.isEmpty()) lines << QJsonDocument::fromJson(line).object();
    return lines;
}

QList<QJsonObject> stepLines(const QString& run) {
    QList<QJsonObject> steps;
    for (const auto& line : statsLines(run))
        if (!line.contains("event")) steps << line;
    return steps;
}

}  // namespace

class JobTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    QString at(const QString& name) const { return folder_.filePath(name); }
    QStringList finetune(const QString& out, const QString& kimg) const {
        return {"finetune", "--model", toyModel(), "--data",    at("data"), "--config", at("finetune.json"), "--kimg",
                kimg,       "--out",   at(out),    "--threads", "1",        "--json",   "--precision",       "fp32"};
    }

private Q_SLOTS:
    void initTestCase() {
        writeToyData(at("data"));
        write(at("finetune.json"),
              R"({"batch": 8, "fid_every_kimg": 0.032, "fid_images": 150, "snapshot_every_kimg": 0.016,
                  "discriminator": {"width": 8}, "xflip": true})");
    }

    void twoProcessesMakeTheRunOfOne() {
        const auto alone = run(finetune("one", "0.032"));
        QVERIFY2(alone.code == 0, alone.err.constData());
        Job job(2, finetune("two", "0.032"));
        const auto both = job.outcomes();
        QVERIFY2(both[0].code == 0 && both[1].code == 0, both[0].err + both[1].err);
        QVERIFY(both[0].err.startsWith("2 processes share the work."));
        QVERIFY2(both[1].out.isEmpty() && both[1].err.isEmpty(), "the first alone speaks");
        QCOMPARE(both[0].json()["kimg"].toDouble(), 0.032);
        const auto a = stepLines(at("one")), b = stepLines(at("two"));
        QCOMPARE(a.size(), 4);
        QCOMPARE(b.size(), 4);  // the first alone writes
        for (const char* key : {"g_loss", "d_loss"})
            QVERIFY2(std::abs(a[0][key].toDouble() - b[0][key].toDouble()) < 1e-5, key);
        for (int i = 0; i < 4; ++i) QCOMPARE(b[i]["calls"], a[i]["calls"]);
        QVERIFY(std::abs(alone.json()["fid"].toDouble() / both[0].json()["fid"].toDouble() - 1) < 1e-2);
        QVERIFY(bytes(at("two/config.json")).contains("\"processes\": 2"));
    }

    // The run of two goes on with one and with four, and has seen as many images as it would have.
    void anotherNumberOfProcessesGoesOn() {
        Job begin(2, finetune("some", "0.032"));
        QCOMPARE(begin.outcomes()[0].code, 0);
        const auto one = run(finetune("some", "0.048") << "--resume");
        QVERIFY2(one.code == 0, one.err.constData());
        QVERIFY2(one.err.contains("processes (2, now 1)"), one.err);
        Job four(4, finetune("some", "0.064") << "--resume");
        const auto outcomes = four.outcomes();
        for (const auto& outcome : outcomes) QVERIFY2(outcome.code == 0, outcome.err);
        QCOMPARE(outcomes[0].json()["kimg"].toDouble(), 0.064);
        const auto steps = stepLines(at("some"));
        QCOMPARE(steps.size(), 8);
        for (int i = 0; i < 8; ++i) QCOMPARE(steps[i]["step"].toInt(), i + 1);
        // What one process makes of all of it, nearly: Adam enlarges what differs in the last bit.
        const auto alone = run(finetune("whole", "0.064"));
        QCOMPARE(alone.code, 0);
        const auto whole = stepLines(at("whole"));
        for (int i = 0; i < 8; ++i)
            QVERIFY(std::abs(whole[i]["d_loss"].toDouble() / steps[i]["d_loss"].toDouble() - 1) < 0.05);
    }

    void distancesAreTheSameToTheLastBit() {
        const QStringList arguments{"evaluate",
                                    "--model",
                                    toyModel(),
                                    "--data",
                                    at("data"),
                                    "--num",
                                    "150",
                                    "--sampler",
                                    "one-step",
                                    "--batch",
                                    "16",
                                    "--metrics",
                                    "fid,kid,is,precision,recall",
                                    "--threads",
                                    "1",
                                    "--json",
                                    "--reference-num",
                                    "90"};
        const auto alone = run(arguments);
        QVERIFY2(alone.code == 0, alone.err.constData());
        for (const int size : {2, 4}) {
            Job job(size, arguments);
            const auto outcomes = job.outcomes();
            for (const auto& outcome : outcomes) QVERIFY2(outcome.code == 0, outcome.err);
            const auto together = outcomes[0].json();
            for (const char* key : {"fid", "kid", "inception_score", "precision", "recall", "num"})
                QCOMPARE(together[key], alone.json()[key]);
        }
    }

    void whoIsStoppedStopsAll() {
        Job job(2, finetune("stopped", "1000"));
        for (int i = 0; i < 6000 && stepLines(at("stopped")).isEmpty() && job.isRunning(); ++i) QTest::qWait(20);
        ::kill(pid_t(job[1].processId()), SIGINT);
        const auto outcomes = job.outcomes();
        QCOMPARE(outcomes[0].code, 130);
        QCOMPARE(outcomes[1].code, 130);
        QVERIFY2(outcomes[0].err.contains("everything is saved in"), outcomes[0].err);
    }

    // A process is killed at some moment: the others end and say so, and the launcher's next start of the same command goes on
    // from the newest snapshot.
    void aLostProcessEndsTheJobAndTheNextStartGoesOn() {
        quint32 state = 5;
        for (int round = 1; round <= 3; ++round) {
            const auto name = "lost" + QString::number(round);
            Job job(2, finetune(name, "1000"));
            const auto steps = int((state = state * 1664525u + 1013904223u) >> 29);  // 0 to 7
            for (int i = 0; i < 6000 && stepLines(at(name)).size() <= steps && job.isRunning(); ++i) QTest::qWait(10);
            const int victim = round % 2;
            job[victim].kill();
            const auto outcomes = job.outcomes();
            QCOMPARE(outcomes[std::size_t(1 - victim)].code, 4);
            if (victim == 1) QVERIFY2(outcomes[0].err.contains("Process 0 of 2 has lost another one"), outcomes[0].err);
            const int seen = stepLines(at(name)).last()["step"].toInt();

            Job again(2, finetune(name, QString::number((seen + 2) * 0.008)), {{"TORCHELASTIC_RESTART_COUNT", "1"}});
            for (const auto& outcome : again.outcomes()) QVERIFY2(outcome.code == 0, outcome.err);
            int resumed = -1;
            for (const auto& line : statsLines(at(name)))
                if (line["event"] == "resume") resumed = line["step"].toInt();
            // A snapshot every two steps.
            QVERIFY2(resumed >= seen - 2, qPrintable(QString("%1 after %2").arg(resumed).arg(seen)));
        }
    }

    void whatWasLostBeforeItSavedIsMovedAside() {
        QDir().mkpath(at("early"));
        write(at("early/config.json"), "{}");
        Job job(2, finetune("early", "0.016"), {{"TORCHELASTIC_RESTART_COUNT", "1"}});
        const auto outcomes = job.outcomes();
        QVERIFY2(outcomes[0].code == 0 && outcomes[1].code == 0, outcomes[0].err + outcomes[1].err);
        QCOMPARE(bytes(at("early.lost-1/config.json")), QByteArray("{}"));
        QCOMPARE(stepLines(at("early")).size(), 2);
    }

    // The launcher also tries again what was refused, as here for the run that somebody else has finished.
    void aFinishedRunIsNotTakenForALostOne() {
        const auto done = run(finetune("done", "0.016"));
        QVERIFY2(done.code == 0, done.err.constData());
        const auto before = bytes(at("done/stats.jsonl"));
        Job job(2, finetune("done", "0.032"), {{"TORCHELASTIC_RESTART_COUNT", "1"}});
        const auto outcomes = job.outcomes();
        QCOMPARE(outcomes[0].code, 2);
        QVERIFY2(outcomes[0].err.contains("exists already and is not empty"), outcomes[0].err);
        QVERIFY(outcomes[1].code != 0);
        QCOMPARE(bytes(at("done/stats.jsonl")), before);
        QVERIFY(!QFile::exists(at("done.lost-1")));
    }

    void aJobOfOneIsAnOrdinaryRun() {
        Job job(1, finetune("single", "0.016"));
        const auto outcome = job.outcomes()[0];
        QVERIFY2(outcome.code == 0, outcome.err);
        QVERIFY(!outcome.err.contains("share the work"));
        QVERIFY(!bytes(at("single/config.json")).contains("\"processes\""));
    }

    // Each process takes jobs of its own; together they come to what one comes to.
    void aStudySpreadsItsRuns() {
        const auto study = [&](const char* out) {
            return QStringList{"study",  "freezing",   "--model",   toyModel(), "--data", at("data"),
                               "--out",  at(out),      "--kimg",    "0.16",     "--num",  "50",
                               "--only", "none,d2o-f", "--threads", "1",        "--json"};
        };
        const auto alone = run(study("study-one"));
        QVERIFY2(alone.code == 0, alone.err.constData());
        Job job(2, study("study-two"));
        const auto outcomes = job.outcomes();
        for (const auto& outcome : outcomes) QVERIFY2(outcome.code == 0, outcome.err);
        QVERIFY(outcomes[1].out.isEmpty());
        const auto names = [&](const char* out) {
            return QDir(at(QString(out) + "/results")).entryList(QDir::Files, QDir::Name);
        };
        QCOMPARE(names("study-two"), names("study-one"));
        QCOMPARE(bytes(at("study-two/by-percent.csv")), bytes(at("study-one/by-percent.csv")));
        QVERIFY(!QFile::exists(at("study-two/running")));
    }

    void aBatchHasAnImageForEachProcess() {
        Job job(9, finetune("small", "0.016"));
        const auto outcomes = job.outcomes();
        QCOMPARE(outcomes[0].code, 2);
        QVERIFY2(outcomes[0].err.contains("batch is 8, must be at least 9, the number of processes that share it"),
                 outcomes[0].err);
        QVERIFY(!QFile::exists(at("small")));
    }

    void wordsOfALauncherThatAreNoNumbersAreNamed() {
        Job job(1, finetune("none", "0.016"), {{"WORLD_SIZE", "two"}});
        const auto outcome = job.outcomes()[0];
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.startsWith("thaw-cli: WORLD_SIZE is 'two', and must be 1 to 65536"), outcome.err);
    }
};

THAW_TEST(JobTest);

#include "job_test.moc"
