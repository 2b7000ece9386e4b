// SPDX-License-Identifier: GPL-3.0-or-later
// The window's run, steered by files in its folder.
#include "app/engine/compute_thread.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/steering_files.h"
#include "tests/registry.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace thaw;

class FileSteeringTest : public QObject {
    Q_OBJECT
    static constexpr int kPatienceMs = 120'000;

    std::unique_ptr<QTemporaryDir> runs_;
    std::unique_ptr<ComputeThread> compute_;
    std::vector<Failure> failures_;
    std::vector<RunState> shown_;  // what the buttons showed, in order
    std::vector<FreezePlan> plans_;

    std::string run() const {
        return runs_->filePath(QDir(runs_->path()).entryList({"0*"}, QDir::Dirs).value(0)).toStdString();
    }
    void start() {
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 1000;
        config.fidEveryKimg = 0;
        config.snapshotEveryKimg = 0;
        QVERIFY(compute_->start(config, runs_->path()));
        QTRY_VERIFY_WITH_TIMEOUT(lastWordOf(run()).isFresh, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Running, kPatienceMs);
        shown_.clear();
    }
    // Asks and waits for the answer.
    SteeringAnswer ask(SteeringVerb verb, const char* plan = "", std::optional<double> g = {},
                       std::optional<double> d = {}) const {
        SteeringRequest request;
        request.verb = verb;
        request.plan = parseFreezePlan(plan);
        request.g = g;
        request.d = d;
        const auto folder = run();
        putRequest(folder, request);
        for (int i = 0; i < kPatienceMs / 20; ++i) {
            if (const auto status = readStatus(folder))
                for (const auto& answer : status->answered)
                    if (answer.id == request.id) return answer;
            QTest::qWait(20);
        }
        return {"none", false, "no answer came"};
    }
    RunStatus status() const { return readStatus(run()).value(); }

private Q_SLOTS:
    void init() {
        runs_ = std::make_unique<QTemporaryDir>();
        compute_ = std::make_unique<ComputeThread>(ComputeOptions{});
        failures_.clear();
        plans_.clear();
        connect(compute_->facts(), &EngineFacts::failed, this, [this](const Failure& f) { failures_.push_back(f); });
        connect(compute_.get(), &ComputeThread::stateChanged, this, [this](RunState s) { shown_.push_back(s); });
        connect(compute_.get(), &ComputeThread::planSteered, this,
                [this](const FreezePlan& p) { plans_.push_back(p); });
        QVERIFY(compute_->openModel("builtin"));
        QVERIFY(compute_->openData("builtin"));
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Ready, kPatienceMs);
    }
    void cleanup() { compute_.reset(); }

    void theButtonsFollowWhatIsAskedElsewhere() {
        start();
        QCOMPARE(status().targetKimg, 1000.0);
        const auto paused = ask(SteeringVerb::Pause);
        QVERIFY2(paused.ok, paused.message.c_str());
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Paused, kPatienceMs);
        QVERIFY(status().state == RunState::Paused);
        QCOMPARE(shown_.back(), RunState::Paused);
        const double kimg = status().kimg;
        QTest::qWait(600);
        QCOMPARE(status().kimg, kimg);
        QVERIFY(compute_->allows(Command::Step) && !compute_->allows(Command::Pause));
        const auto again = ask(SteeringVerb::Pause);
        QVERIFY(!again.ok && again.message.find("is paused") != std::string::npos);
        // A click after it is counted as before: nothing that was asked elsewhere makes it late or early.
        QVERIFY(compute_->resume());
        QTRY_VERIFY_WITH_TIMEOUT(status().state == RunState::Running, kPatienceMs);
        QCOMPARE(compute_->state(), RunState::Running);
        QVERIFY(compute_->pause());
        QCOMPARE(compute_->state(), RunState::Pausing);
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Paused, kPatienceMs);
        QVERIFY(ask(SteeringVerb::Resume).ok);
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Running, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(status().kimg > kimg, kPatienceMs);
        QVERIFY(failures_.empty());
    }

    void planRatesAndSnapshotsAreTheRunsOwn() {
        start();
        QVERIFY(ask(SteeringVerb::Freeze, "enc").ok);
        QTRY_COMPARE_WITH_TIMEOUT(plans_.size(), std::size_t(1), kPatienceMs);
        QVERIFY(plans_.front() == parseFreezePlan("enc"));
        QVERIFY(ask(SteeringVerb::Rate, "", 3e-4, 5e-4).ok);
        const auto saved = ask(SteeringVerb::Snapshot);
        QVERIFY2(saved.ok, saved.message.c_str());
        QVERIFY(!QDir(QString::fromStdString(run())).entryList({"ema-*.safetensors"}).isEmpty());
        const auto stopped = ask(SteeringVerb::Stop);
        QVERIFY2(stopped.ok && stopped.message.find("everything is saved") != std::string::npos,
                 stopped.message.c_str());
        QTRY_COMPARE_WITH_TIMEOUT(compute_->state(), RunState::Finished, kPatienceMs);
        QVERIFY(status().state == RunState::Finished && status().outcome == RunOutcome::Stopped);
        QVERIFY(!lastWordOf(run()).isFresh);
        QTRY_VERIFY(!QFile::exists(QString::fromStdString(run()) + "/control"));
        QStringList kinds;
        for (const auto& event : readRunStats(run()).events)
            kinds << QString::fromStdString(event.kind + " " + event.text);
        QCOMPARE(kinds, QStringList({"freeze enc", "rate G 0.0003, D 0.0005", "stopped stopped"}));
        QVERIFY(failures_.empty());
    }

    // The window's user did not ask for it and is not bothered.
    void whatCannotBeIsToldToWhoAskedAlone() {
        start();
        const auto mistyped = ask(SteeringVerb::Freeze, "nowhere");
        QVERIFY2(!mistyped.ok && mistyped.message.find("'nowhere'") != std::string::npos, mistyped.message.c_str());
        QVERIFY(!ask(SteeringVerb::Freeze, "all").ok);
        QVERIFY(!ask(SteeringVerb::Resume).ok);
        QCOMPARE(compute_->state(), RunState::Running);
        QVERIFY(failures_.empty() && plans_.empty());
        QVERIFY(runStatsIfAny(run()).events.empty());
    }

    void aRunThatIsLeftWithTheWindowSaysSo() {
        start();
        const auto folder = run();
        compute_.reset();
        const auto last = readStatus(folder).value();
        QVERIFY(last.state == RunState::Finished && last.outcome == RunOutcome::Stopped);
        QVERIFY(wasInterrupted(folder));
    }
};

THAW_TEST(FileSteeringTest);
#include "file_steering_test.moc"
