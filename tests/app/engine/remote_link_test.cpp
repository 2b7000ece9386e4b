// SPDX-License-Identifier: GPL-3.0-or-later
// A window's engine in another process, as over ssh: `thaw-cli serve` behind a line that is cut.
#include "app/engine/remote_link.h"

#include "app/engine/compute_thread.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/running_mark.h"
#include "tests/app/far_line.h"
#include "tests/registry.h"

#include <QTest>

#include <memory>
#include <set>
#include <vector>

using namespace thaw;

namespace {

constexpr int kFarPatience = 240'000;

FinetuneConfig farConfig(double kimg) {
    FinetuneConfig config;
    config.batch = 8;
    config.kimg = kimg;
    config.fidEveryKimg = 0;
    config.fidImages = 200;
    config.snapshotEveryKimg = 0;
    return config;
}

// Every line of the log that is a step, in its order, also those that a resumed run took back.
std::vector<qint64> loggedSteps(const QString& run) {
    std::vector<qint64> steps;
    QFile log(run + QStringLiteral("/stats.jsonl"));
    if (!log.open(QIODevice::ReadOnly)) return steps;
    for (const QByteArray& line : log.readAll().split('\n')) {
        const qsizetype at = line.indexOf("\"step\":");
        if (at < 0 || !line.contains("\"g_loss\"")) continue;
        qsizetype end = at + 7;
        while (end < line.size() && (line.at(end) == ' ' || (line.at(end) >= '0' && line.at(end) <= '9'))) ++end;
        steps.push_back(line.mid(at + 7, end - at - 7).trimmed().toLongLong());
    }
    return steps;
}

/// A window without pages.
struct FarCompute {
    explicit FarCompute(const RemoteHost& host)
        : compute([&](EngineFacts& facts) {
              auto made = std::make_unique<RemoteLink>(host, facts);
              link = made.get();
              return made;
          }) {
        QObject::connect(compute.facts(), &EngineFacts::stepsDone, &receiver,
                         [this](const std::vector<StepMetrics>& done) { lastStep = done.back().step; });
        QObject::connect(compute.facts(), &EngineFacts::runStarted, &receiver,
                         [this](const QString& folder) { run = folder; });
        QObject::connect(compute.facts(), &EngineFacts::failed, &receiver, [this](const Failure& failure) {
            failures += QString::fromStdString(failure.message) + QLatin1Char('\n');
        });
        QObject::connect(compute.facts(), &EngineFacts::runMarked, &receiver,
                         [this](const RunMark& mark) { marks.push_back(mark.kind); });
        QObject::connect(compute.facts(), &EngineFacts::givenUp, &receiver,
                         [this](const std::vector<quint64>& all) { givenUp.insert(all.begin(), all.end()); });
        QObject::connect(compute.facts(), &EngineFacts::samplesReady, &receiver,
                         [this](quint64 generation, const SampleColumn& column) {
                             samples = generation;
                             images = int(column.images.size());
                         });
    }
    void openBuiltin() {
        QVERIFY(compute.openModel("builtin"));
        QVERIFY(compute.openData("builtin"));
    }

    RemoteLink* link = nullptr;
    ComputeThread compute;
    QObject receiver;
    std::int64_t lastStep = 0;
    QString run, failures;
    std::vector<RunMark::Kind> marks;
    std::set<quint64> givenUp;
    quint64 samples = 0;
    int images = 0;
};

RemoteHost farHost() { return {QStringLiteral("gpu1"), FarLine::program()}; }

}  // namespace

class RemoteLinkTest : public QObject {
    Q_OBJECT

    static SampleRequest farSeeds(int count) {
        SampleRequest request;
        request.source = SampleSource::TunedOneStep;
        for (int i = 0; i < count; ++i) request.seeds.push_back(std::uint64_t(i));
        return request;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(QFile::exists(FarLine::program()), "THAW_CLI names the program under test"); }

    // Posted at once, long before the line is open.
    void aShortRunAsWithAnEngineOfItsOwn() {
        FarLine line;
        FarCompute far(farHost());
        far.openBuiltin();
        QCOMPARE(far.compute.state(), RunState::Loading);
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QCOMPARE(far.link->state(), RemoteLink::State::Open);
        QCOMPARE(far.link->title(), QStringLiteral("thaw-cli " THAW_VERSION));
        QVERIFY(far.compute.start(farConfig(0.04), line.path("runs")));
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Finished, kFarPatience);
        QCOMPARE(far.lastStep, std::int64_t(5));
        const quint64 asked = far.compute.requestSamples(farSeeds(3));
        QTRY_COMPARE_WITH_TIMEOUT(far.images, 3, kFarPatience);
        QCOMPARE(far.samples, asked);
        QVERIFY2(far.failures.isEmpty(), qPrintable(far.failures));
    }

    void aRunIsPausedFrozenAndStopped() {
        FarLine line;
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QVERIFY(far.compute.start(farConfig(1000), line.path("runs")));
        QTRY_VERIFY_WITH_TIMEOUT(far.lastStep > 0, kFarPatience);
        QVERIFY(far.compute.pause());
        QCOMPARE(far.compute.state(), RunState::Pausing);
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Paused, kFarPatience);
        FreezePlan other = freezePresets().front().plan;
        if (other == farConfig(1).freeze) other = freezePresets().back().plan;
        QVERIFY(far.compute.setFreeze(other));
        const auto isFrozen = [&] { return !far.marks.empty() && far.marks.back() == RunMark::Kind::Freeze; };
        QTRY_VERIFY_WITH_TIMEOUT(isFrozen(), kFarPatience);
        QVERIFY(far.compute.stop());
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Finished, kFarPatience);
    }

    void aLineThatIsCutTenTimesLosesNothing() {
        FarLine line;
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QVERIFY(far.compute.start(farConfig(1000), line.path("runs")));
        std::int64_t before = 0;
        for (int cut = 0; cut < 10; ++cut) {
            QTRY_VERIFY_WITH_TIMEOUT(far.lastStep > before, kFarPatience);
            before = far.lastStep;
            line.cut();
            QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Disconnected, kFarPatience);
            QVERIFY(far.link->isBroken() && !far.link->fault().what.isEmpty());
            for (const Command command : kCommands) QVERIFY(!far.compute.allows(command));
            QTRY_VERIFY2_WITH_TIMEOUT(far.compute.state() == RunState::Running, qPrintable(far.failures), kFarPatience);
            QCOMPARE(line.lines(), cut + 2);
        }
        QTRY_VERIFY_WITH_TIMEOUT(far.lastStep > before, kFarPatience);
        QVERIFY(far.compute.stop());
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Finished, kFarPatience);
        QVERIFY2(far.failures.isEmpty(), qPrintable(far.failures));
        const auto steps = loggedSteps(far.run);
        QVERIFY(qint64(steps.size()) >= far.lastStep && far.lastStep > 10);
        for (std::size_t i = 0; i < steps.size(); ++i) QCOMPARE(steps[i], qint64(i + 1));
        QCOMPARE(QDir(line.path("runs")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), qsizetype(1));
    }

    void aPausedRunIsPausedAgainAndMakesNoStep() {
        FarLine line;
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QVERIFY(far.compute.start(farConfig(1000), line.path("runs")));
        QTRY_VERIFY_WITH_TIMEOUT(far.lastStep > 0, kFarPatience);
        QVERIFY(far.compute.pause());
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Paused, kFarPatience);
        const qint64 before = far.lastStep;
        line.cut();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Disconnected, kFarPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(far.compute.state() == RunState::Paused, qPrintable(far.failures), kFarPatience);
        QVERIFY(far.compute.step());
        QTRY_VERIFY_WITH_TIMEOUT(far.lastStep > before, kFarPatience);
        QVERIFY(far.compute.stop());
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Finished, kFarPatience);
        const auto steps = loggedSteps(far.run);
        for (std::size_t i = 0; i < steps.size(); ++i) QCOMPARE(steps[i], qint64(i + 1));
        // The pause may have cut a step in two, which the takeover took to its end.
        QVERIFY(qint64(steps.size()) <= before + 2);
    }

    // By another window, perhaps, from which this one does not take it back by itself.
    void anEngineThatWasEndedIsNotReplacedUnasked() {
        FarLine line;
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QVERIFY(far.compute.start(farConfig(1000), line.path("runs")));
        QTRY_VERIFY_WITH_TIMEOUT(far.lastStep > 0, kFarPatience);
        ::kill(pid_t(runningMark(far.run.toStdString()).process), SIGTERM);
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Disconnected, kFarPatience);
        QVERIFY2(far.link->fault().what.contains("was ended there"), qPrintable(far.link->fault().what));
        QVERIFY(!far.link->fault().mends && far.link->state() == RemoteLink::State::Broken);
        QVERIFY(wasInterrupted(far.run.toStdString()));
        far.link->tryNow();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Running, kFarPatience);
        QCOMPARE(line.lines(), 2);
    }

    void viewsOfABrokenLineAreGivenUp() {
        FarLine line;
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        line.setScript(QStringLiteral("echo 'ssh: connect to host gpu1 port 22: Connection refused' >&2\nexit 255\n"));
        const quint64 open = far.compute.requestSamples(farSeeds(2), 5);
        line.cut();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Disconnected, kFarPatience);
        QVERIFY(far.givenUp.count(open) == 1);
        const quint64 later = far.compute.requestSamples(farSeeds(2), 5);
        QVERIFY(far.givenUp.count(later) == 0);  // who asks knows the number first
        QTRY_VERIFY_WITH_TIMEOUT(far.givenUp.count(later) == 1, kFarPatience);
        QTRY_VERIFY_WITH_TIMEOUT(far.link->fault().why.contains("Connection refused"), kFarPatience);
        QVERIFY(far.link->fault().mends);
        QVERIFY(far.link->isBroken());
    }

    void aWindowThatLeavesLeavesTheRun() {
        FarLine line;
        QString run;
        {
            FarCompute far(farHost());
            far.openBuiltin();
            QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
            QVERIFY(far.compute.start(farConfig(1000), line.path("runs")));
            QTRY_VERIFY_WITH_TIMEOUT(far.lastStep > 0, kFarPatience);
            run = far.run;
        }
        const auto logged = loggedSteps(run).size();
        QTRY_VERIFY_WITH_TIMEOUT(loggedSteps(run).size() > logged + 2, kFarPatience);
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QVERIFY(far.compute.continueRun(run, false, true));
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Running, kFarPatience);
        QVERIFY(far.compute.stop());
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Finished, kFarPatience);
        QVERIFY(!wasInterrupted(run.toStdString()));
    }

    void whatAnswersOtherwiseIsSaid_data() {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("why");
        QTest::addColumn<bool>("mends");
        QTest::newRow("another program") << "echo 'Welcome to the printer'\n"
                                         << "Welcome to the printer" << false;
        QTest::newRow("command not found") << "exec sh -c no-such-thaw\n"
                                           << "not found" << false;
        QTest::newRow("no such host") << "echo 'ssh: Could not resolve hostname gpu1' >&2\nexit 255\n"
                                      << "Could not resolve hostname gpu1" << true;
        QTest::newRow("a key is missing") << "echo 'gpu1: Permission denied (publickey).' >&2\nexit 255\n"
                                          << "Permission denied (publickey)" << false;
        QTest::newRow("an echo") << "exec cat\n"
                                 << "sends commands" << false;
    }
    void whatAnswersOtherwiseIsSaid() {
        QFETCH(const QString, script);
        QFETCH(const QString, why);
        QFETCH(const bool, mends);
        FarLine line;
        line.setScript(script);
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Disconnected, kFarPatience);
        QVERIFY2(far.link->fault().why.contains(why), qPrintable(far.link->fault().why));
        QCOMPARE(far.link->fault().mends, mends);
    }

    void anotherVersionIsNamed() {
        FarLine line;
        wire::Greeting other{"thaw-cli", "9.0"};
        other.protocol = 99;
        QFile file(line.path("greeting"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(wire::greetingBytes(other)));
        file.close();
        line.setScript(QStringLiteral("cat '%1'\nexec sleep 60\n").arg(file.fileName()));
        FarCompute far(farHost());
        QTRY_VERIFY_WITH_TIMEOUT(far.link->isBroken(), kFarPatience);
        QVERIFY2(far.link->fault().why.contains("thaw-cli 9.0, which speaks protocol 99"),
                 qPrintable(far.link->fault().why));
        QVERIFY(!far.link->fault().mends);
    }

    void aProgramThatIsNotThereIsSaid() {
        qputenv("THAW_SSH", "/no/such/program");
        FarCompute far(farHost());
        QTRY_VERIFY_WITH_TIMEOUT(far.link->isBroken(), kFarPatience);
        qunsetenv("THAW_SSH");
        QVERIFY2(far.link->fault().what.contains("/no/such/program"), qPrintable(far.link->fault().what));
    }

    // After the pause the user put something right, and does not wait.
    void theButtonTriesAgainAndOpensWhatWasAskedFor() {
        FarLine line;
        const QString kept = line.path("good");
        QVERIFY(QFile::copy(qEnvironmentVariable("THAW_SSH"), kept));
        line.setScript(QStringLiteral("echo 'no key' >&2\nexit 1\n"));
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Disconnected, kFarPatience);
        qputenv("THAW_SSH", QFile::encodeName(kept));  // as if somebody had put it right
        far.link->tryNow();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QVERIFY(!far.link->isBroken());
    }

    // Back and forth: nothing of one engine is taken for a word of the other.
    void theWindowChangesItsEngine() {
        FarLine line;
        FarCompute far(farHost());
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        far.compute.connectToThisMachine({});
        QCOMPARE(far.compute.state(), RunState::Empty);
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        far.compute.connectTo([](EngineFacts& facts) { return std::make_unique<RemoteLink>(farHost(), facts); });
        QCOMPARE(far.compute.state(), RunState::Empty);
        far.openBuiltin();
        QTRY_COMPARE_WITH_TIMEOUT(far.compute.state(), RunState::Ready, kFarPatience);
        QCOMPARE(line.lines(), 2);
        QVERIFY2(far.failures.isEmpty(), qPrintable(far.failures));
    }

    void aPathThereMayHoldAnything() {
        FarLine line;
        QVERIFY(QDir().mkpath(line.path("it's far")));
        QVERIFY(QFile::link(FarLine::program(), line.path("it's far/thaw cli")));
        FarCompute far({QStringLiteral("gpu1"), line.path("it's far/thaw cli")});
        QTRY_COMPARE_WITH_TIMEOUT(far.link->state(), RemoteLink::State::Open, kFarPatience);
    }

    void aHostIsOneWordAndNoOption() {
        QVERIFY(problemOf({"user@gpu1", "thaw-cli"}).isEmpty());
        QVERIFY(!problemOf({"", "thaw-cli"}).isEmpty());
        QVERIFY(!problemOf({"-oProxyCommand=sh", "thaw-cli"}).isEmpty());
        QVERIFY(!problemOf({"two words", "thaw-cli"}).isEmpty());
        QVERIFY(!problemOf({"gpu1", "  "}).isEmpty());
        QCOMPARE(lineArguments({"gpu1", "~/thaw/bin/thaw-cli"}).back(), QString("~/'thaw/bin/thaw-cli' serve"));
    }
};

THAW_TEST(RemoteLinkTest);
#include "remote_link_test.moc"
