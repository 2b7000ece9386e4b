// SPDX-License-Identifier: GPL-3.0-or-later
// The engine of a window on another machine, driven over pipes as ssh does it.
#include "core/formats/run_stats_file.h"
#include "core/formats/running_mark.h"
#include "core/wire/engine_codec.h"
#include "core/wire/file_codec.h"
#include "core/wire/frame.h"
#include "core/wire/greeting.h"
#include "tests/cli/program.h"
#include "tests/registry.h"

#include <csignal>
#include <memory>
#include <vector>

using namespace program;
using namespace thaw;

namespace {

/// A window without pictures: `thaw-cli serve`, and what came from it.
class FarWindow {
public:
    static constexpr int kPatienceMs = 120'000;

    explicit FarWindow(bool greets = true) {
        process_.start(path(), {"serve", "--threads", "1"});
        if (greets) write(wire::greetingBytes({"thaw", "0.1.0"}));
    }
    ~FarWindow() {
        process_.closeWriteChannel();
        process_.waitForFinished(kPatienceMs);
    }

    QProcess& process() { return process_; }
    const std::vector<EngineFact>& told() const { return told_; }
    const std::vector<wire::Frame>& frames() const { return frames_; }
    std::string preamble() const { return reader_.preamble(); }

    void write(const std::string& bytes) {
        process_.write(bytes.data(), qint64(bytes.size()));
        process_.waitForBytesWritten(kPatienceMs);
    }
    void ask(const EngineCommand& command) {
        write(wire::frameBytes(wire::FrameKind::Command, wire::payloadOf(command)));
    }
    /// Reads until something is so; false where it does not become so.
    template <class Predicate>
    bool readUntil(const Predicate& isSo) {
        QElapsedTimer timer;
        timer.start();
        while (true) {
            take(process_.readAllStandardOutput());
            if (isSo()) return true;
            if (timer.elapsed() > kPatienceMs) return false;
            if (process_.state() == QProcess::NotRunning) {
                take(process_.readAllStandardOutput());
                return isSo();
            }
            process_.waitForReadyRead(100);
        }
    }
    template <class Kind>
    std::vector<Kind> all() const {
        std::vector<Kind> found;
        for (const auto& told : told_)
            if (const auto* kind = std::get_if<Kind>(&told)) found.push_back(*kind);
        return found;
    }
    template <class Kind>
    bool hears(std::size_t times = 1) {
        return readUntil([&] { return all<Kind>().size() >= times; });
    }
    bool reaches(RunState state) {
        return readUntil([&] {
            const auto states = all<fact::StateChanged>();
            return !states.empty() && states.back().state == state;
        });
    }
    std::int64_t lastStep() const {
        const auto steps = all<fact::StepsDone>();
        return steps.empty() ? 0 : steps.back().steps.back().step;
    }
    std::string failures() const {
        std::string all;
        for (const auto& told : told_)
            if (const auto* failed = std::get_if<fact::Failed>(&told)) all += failed->failure.message + '\n';
        return all;
    }

private:
    void take(const QByteArray& bytes) {
        reader_.feed({bytes.constData(), std::size_t(bytes.size())});
        while (auto frame = reader_.next()) {
            if (frame->kind == wire::FrameKind::Fact) told_.push_back(wire::factOf(frame->payload, "far"));
            frames_.push_back(std::move(*frame));
        }
    }

    QProcess process_;
    wire::FrameReader reader_{"far"};
    std::vector<EngineFact> told_;
    std::vector<wire::Frame> frames_;
};

FinetuneConfig farRun(double kimg) {
    FinetuneConfig config;
    config.batch = 8;
    config.kimg = kimg;
    config.fidEveryKimg = 0;
    config.fidImages = 200;
    config.snapshotEveryKimg = 0;
    config.precision = Precision::Float32;
    return config;
}

}  // namespace

class ServeTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    std::string runs(const char* name) const { return folder_.filePath(QLatin1String(name)).toStdString(); }
    static void openBuiltin(FarWindow& window) {
        window.ask(command::OpenModel{"builtin", {}, false});
        window.ask(command::OpenData{"builtin"});
        QVERIFY2(window.reaches(RunState::Ready), window.failures().c_str());
    }
    static std::string startRun(FarWindow& window, double kimg, const std::string& runsFolder) {
        window.ask(command::Start{farRun(kimg), runsFolder});
        const auto before = window.all<fact::RunStarted>().size();
        if (!window.hears<fact::RunStarted>(before + 1)) return {};
        return window.all<fact::RunStarted>().back().folder;
    }
    static bool isHeld(const std::string& run) { return runningMark(run).holder == RunningMark::Holder::Alive; }
    static std::vector<double> losses(const std::string& run) {
        std::vector<double> all;
        for (const auto& step : readRunStats(run).steps) {
            all.push_back(double(step.step));
            for (const auto& value : {step.gLoss, step.dLoss}) all.push_back(value.value_or(-1));
        }
        return all;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(QFile::exists(path()), "THAW_CLI names the program under test"); }

    void theGreetingComesFirstAndNothingElseIsPrinted() {
        FarWindow window;
        QVERIFY(window.readUntil([&] { return !window.frames().empty(); }));
        QVERIFY(window.frames().front().kind == wire::FrameKind::Greeting);
        const auto greeting = wire::greetingOf(window.frames().front().payload, "far");
        QCOMPARE(greeting.program, std::string("thaw-cli"));
        QCOMPARE(greeting.protocol, wire::kProtocol);
        QVERIFY(window.preamble().empty());
        window.process().closeWriteChannel();
        QVERIFY(window.process().waitForFinished(FarWindow::kPatienceMs));
        QCOMPARE(window.process().exitCode(), 0);
    }

    void aModelIsOpenedAndARunGoesToItsEnd() {
        FarWindow window;
        openBuiltin(window);
        QVERIFY(!window.all<fact::ModelOpened>().empty() && !window.all<fact::ResponsesKnown>().empty());
        const std::string run = startRun(window, 0.04, runs("short"));
        QVERIFY(window.hears<fact::RunEnded>());
        QVERIFY(window.reaches(RunState::Finished));
        QVERIFY(window.all<fact::RunEnded>().back().outcome == RunOutcome::Finished);
        QCOMPARE(window.all<fact::StateChanged>().back().handled, std::uint64_t(3));
        std::int64_t step = 0;
        for (const auto& told : window.all<fact::StepsDone>())
            for (const auto& metrics : told.steps) QCOMPARE(metrics.step, ++step);
        QCOMPARE(step, std::int64_t(5));
        QCOMPARE(readRunStats(run).steps.size(), std::size_t(5));
        QVERIFY2(window.failures().empty(), window.failures().c_str());
        SampleRequest request;
        request.source = SampleSource::TunedOneStep;
        request.seeds = {1, 2, 3};
        window.ask(command::RequestSamples{request, 17, 0});
        QVERIFY(window.readUntil([&] {
            const auto columns = window.all<fact::SamplesReady>();
            return !columns.empty() && columns.back().column.images.size() == 3;
        }));
        QCOMPARE(window.all<fact::SamplesReady>().back().generation, std::uint64_t(17));
    }

    // Not even its relay is left, and the next one goes on with the same run as if nothing had been.
    void aRunOutlivesItsLineAndIsTakenOverBitForBit() {
        std::string run;
        {
            FarWindow window;
            openBuiltin(window);
            run = startRun(window, 1000, runs("cut"));
            QVERIFY(window.hears<fact::StepsDone>());
            window.process().kill();
            QVERIFY(window.process().waitForFinished(FarWindow::kPatienceMs));
        }
        const auto logged = readRunStats(run).steps.size();
        QTRY_VERIFY_WITH_TIMEOUT(readRunStats(run).steps.size() > logged + 3, FarWindow::kPatienceMs);
        QVERIFY(isHeld(run));

        FarWindow window;
        openBuiltin(window);
        window.ask(command::ContinueRun{run, false, false});
        QVERIFY(window.hears<fact::Failed>());
        QVERIFY2(window.failures().find("is being written by") != std::string::npos, window.failures().c_str());
        QVERIFY(isHeld(run));
        window.ask(command::ContinueRun{run, false, true});
        QVERIFY2(window.hears<fact::RunStarted>(), window.failures().c_str());
        QCOMPARE(window.all<fact::RunStarted>().back().folder, run);
        QVERIFY(window.hears<fact::StepsDone>());
        const std::int64_t goesOnWith = window.all<fact::StepsDone>().front().steps.front().step;
        QVERIFY(goesOnWith > std::int64_t(logged + 3));
        QVERIFY(window.readUntil([&] { return window.lastStep() >= goesOnWith + 5; }));
        window.ask(command::Stop{false});
        QVERIFY(window.hears<fact::RunEnded>());
        const auto cut = losses(run);

        const std::string whole = startRun(window, 1000, runs("whole"));
        QVERIFY(window.readUntil([&] { return 3 * runStatsIfAny(whole).steps.size() >= cut.size(); }));
        window.ask(command::Stop{false});
        QVERIFY(window.hears<fact::RunEnded>(2));
        auto same = losses(whole);
        same.resize(cut.size());
        QCOMPARE(cut, same);
        QCOMPARE(cut[cut.size() - 3], double(cut.size() / 3));  // no step is lost and none taken twice
    }

    void aSignalSuspendsTheRun() {
        FarWindow window;
        openBuiltin(window);
        const std::string run = startRun(window, 1000, runs("signalled"));
        QVERIFY(window.hears<fact::StepsDone>());
        ::kill(pid_t(runningMark(run).process), SIGTERM);
        QVERIFY(window.process().waitForFinished(FarWindow::kPatienceMs));
        QCOMPARE(window.process().exitCode(), 130);
        QVERIFY(wasInterrupted(run));
    }

    // Whoever closes the window after 'stop' finds the run stopped.
    void whatWasAskedBeforeTheLineEndedIsDone() {
        std::string run;
        {
            FarWindow window;
            openBuiltin(window);
            run = startRun(window, 1000, runs("stopped"));
            QVERIFY(window.hears<fact::StepsDone>());
            window.ask(command::Stop{false});
        }
        QTRY_VERIFY_WITH_TIMEOUT(!isHeld(run), FarWindow::kPatienceMs);
        QVERIFY(!wasInterrupted(run));
        QVERIFY(QFile::exists(QString::fromStdString(run) + "/state.safetensors"));
    }

    void whatIsNoMessageEndsTheLineAndIsSaid_data() {
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QString>("why");
        const QByteArray greeting = QByteArray::fromStdString(wire::greetingBytes({"thaw", "0.1.0"}));
        QTest::newRow("no frame") << greeting + QByteArray(64, 'x') << "no message of Thaw";
        wire::Greeting other{"thaw", "9.0"};
        other.protocol = 99;
        QTest::newRow("another protocol")
            << QByteArray::fromStdString(wire::greetingBytes(other)) << "speaks protocol 99";
        QTest::newRow("no command") << greeting + QByteArray::fromStdString(
                                                      wire::frameBytes(wire::FrameKind::Command, "nonsense"))
                                    << "cannot be read";
        QTest::newRow("an impossible number")
            << greeting + QByteArray::fromStdString(wire::frameBytes(
                              wire::FrameKind::Command, wire::payloadOf(EngineCommand(command::MeasureFid{-1}))))
            << "asks for what cannot be done: images";
        QTest::newRow("a fact") << greeting + QByteArray::fromStdString(wire::frameBytes(wire::FrameKind::Fact, "x"))
                                << "tells facts";
    }
    void whatIsNoMessageEndsTheLineAndIsSaid() {
        QFETCH(const QByteArray, sent);
        QFETCH(const QString, why);
        FarWindow window(false);
        window.write(sent.toStdString());
        QVERIFY(window.hears<fact::Failed>());
        QVERIFY2(window.failures().find(why.toStdString()) != std::string::npos, window.failures().c_str());
        QVERIFY(window.process().state() == QProcess::NotRunning ||
                window.process().waitForFinished(FarWindow::kPatienceMs));
        QVERIFY(window.process().exitCode() == 2 || window.process().exitCode() == 3);
        const QByteArray said = window.process().readAllStandardError();
        QVERIFY2(said.contains(why.toUtf8()), said.constData());
    }

    void filesAreAskedOfTheRelayWhileTheEngineWorks() {
        FarWindow window;
        QVERIFY(window.readUntil([&] { return !window.frames().empty(); }));
        QVERIFY(wire::greetingOf(window.frames().front().payload, "far").has(wire::kFilesFeature));
        QVERIFY(QDir().mkpath(folder_.filePath("listed/inner")));
        openBuiltin(window);
        startRun(window, 1000, runs("asked"));
        const auto ask = [&](std::uint64_t number, const FileQuestion& question) {
            window.write(wire::frameBytes(wire::FrameKind::Ask, wire::payloadOf(FileAsk{number, question})));
        };
        const auto replies = [&] {
            std::vector<FileReply> all;
            for (const auto& frame : window.frames())
                if (frame.kind == wire::FrameKind::Answer) all.push_back(wire::replyOf(frame.payload, "far"));
            return all;
        };
        ask(7, question::List{runs("listed")});
        ask(9, question::Look{runs("asked"), false, true, {}, {}});
        QVERIFY(window.readUntil([&] { return replies().size() == 2; }));
        QCOMPARE(replies()[0].number, std::uint64_t(7));
        QCOMPARE(std::get<answer::Listing>(replies()[0].answer).entries.front().name, std::string("inner"));
        QCOMPARE(replies()[1].number, std::uint64_t(9));
        QCOMPARE(std::get<answer::News>(replies()[1].answer).news.folders->size(), std::size_t(1));
        // What is no question ends the answers, and nothing else.
        window.write(wire::frameBytes(wire::FrameKind::Ask, "nonsense"));
        window.ask(command::Stop{false});
        QVERIFY(window.hears<fact::RunEnded>());
        QVERIFY2(window.failures().empty(), window.failures().c_str());
    }

    void anEngineIsNotStartedByHand() {
        const auto told = run({"serve", "--engine"});
        QCOMPARE(told.code, 2);
        QVERIFY2(told.err.contains("--engine") && told.out.isEmpty(), told.err.constData());
    }
};

THAW_TEST(ServeTest);
#include "serve_test.moc"
