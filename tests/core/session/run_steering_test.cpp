// SPDX-License-Identifier: GPL-3.0-or-later
// A loop that is steered by files in the folder of its run.
#include "core/session/run_steering.h"

#include "core/formats/run_stats_file.h"
#include "core/formats/steering_files.h"
#include "core/session/pretraining.h"
#include "core/session/session.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <unistd.h>
#include <functional>
#include <memory>
#include <stdexcept>

using namespace thaw;

namespace {

SteeringRequest steeringOf(SteeringVerb verb, const char* plan = "") {
    SteeringRequest request;
    request.verb = verb;
    request.plan = parseFreezePlan(plan);
    return request;
}

/// A run that notes what it is made to do.
struct NotedRun {
    std::string folder;
    QStringList done;
    double kimg = 1.28;
    std::function<void()> fault;  // of everything that is asked

    SteeredRun run() {
        SteeredRun run;
        const auto note = [this](const QString& what) {
            done << what;
            if (fault) fault();
        };
        run.folder = folder;
        run.place = [this](RunStatus& status) {
            status.step = 160;
            status.kimg = kimg;
            status.targetKimg = 100;
        };
        run.settle = [note] { note("settle"); };
        run.saveSnapshot = [note] { note("snapshot"); };
        run.setFreeze = [note](const FreezePlan& plan) { note("freeze " + QString::fromStdString(toText(plan))); };
        run.setRates = [note](std::optional<double> g, std::optional<double> d) {
            note("rate " + QString::fromStdString(ratesText(g, d)));
        };
        return run;
    }
};

}  // namespace

class RunSteeringTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    NotedRun noted_;
    std::function<bool()> interrupted_;

    std::string run() const { return folder_->path().toStdString(); }
    RunSteering steering() {
        return RunSteering(noted_.run(), [this] { return interrupted_ && interrupted_(); });
    }
    std::string ask(SteeringRequest request) const {
        putRequest(run(), request);
        return request.id;
    }
    std::string ask(SteeringVerb verb) const { return ask(steeringOf(verb)); }
    // The next look into the folder.
    static void waitForLook() { QTest::qWait(int(SteeringPort::kLookEvery.count()) + 10); }
    SteeringAnswer answerTo(const std::string& id) const {
        const auto status = readStatus(run()).value();
        for (const auto& answer : status.answered)
            if (answer.id == id) return answer;
        return {"none", false, "none"};
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        noted_ = {run(), {}, 1.28, {}};
        interrupted_ = {};
    }

    void whatIsAskedIsDoneBetweenStepsAndAnswered() {
        auto steering = this->steering();
        QVERIFY2(steering.obstacle().empty(), steering.obstacle().c_str());
        const auto first = readStatus(run()).value();
        QVERIFY(first.state == RunState::Running && first.kimg == 1.28 && first.targetKimg == 100 && first.step == 160);
        QVERIFY(first.pid == long(::getpid()) && first.host == machineName() && !first.since.empty());
        // Names that sort as they were asked: two within a millisecond have no order of their own.
        auto snapshot = steeringOf(SteeringVerb::Snapshot), freeze = steeringOf(SteeringVerb::Freeze, "enc"),
             rate = steeringOf(SteeringVerb::Rate);
        rate.g = 1e-3;
        rate.d = 2e-3;
        snapshot.id = "a";
        freeze.id = "b";
        rate.id = "c";
        for (const auto* request : {&snapshot, &freeze, &rate}) ask(*request);
        QVERIFY(steering.goesOn());
        QCOMPARE(noted_.done, QStringList({"snapshot", "freeze enc", "rate G 0.001, D 0.002"}));
        QVERIFY(answerTo("a") == (SteeringAnswer{"a", true, "Saved at 1.28 kimg."}));
        QVERIFY(answerTo("b") == (SteeringAnswer{"b", true, "Frozen from the next step on: enc."}));
        QVERIFY(answerTo("c") == (SteeringAnswer{"c", true, "Learning rate from the next step on: G 0.001, D 0.002."}));
        waitForLook();
        QVERIFY(steering.goesOn());
        QCOMPARE(noted_.done.size(), 3);
    }

    void aCopyOfARequestIsNotDoneAgain() {
        auto steering = this->steering();
        auto request = steeringOf(SteeringVerb::Snapshot);
        request.id = "same";
        ask(request);
        QVERIFY(steering.goesOn());
        ask(request);
        waitForLook();
        QVERIFY(steering.goesOn());
        QCOMPARE(noted_.done, QStringList{"snapshot"});
        QVERIFY(QDir(folder_->filePath("control")).isEmpty());
    }

    void whatWasAskedOfAnEarlierProcessIsVoid() {
        openControl(run());
        ask(SteeringVerb::Stop);
        auto steering = this->steering();
        QVERIFY(steering.goesOn());
        QVERIFY(readStatus(run())->answered.empty());
    }

    // The pause asks about Ctrl+C now and then; that is where the others come in.
    void aPausedRunWaitsAnswersAndGoesOn() {
        auto steering = this->steering();
        const auto pause = ask(SteeringVerb::Pause);
        std::string again, freeze, resume;
        interrupted_ = [&] {
            const auto status = readStatus(run()).value();
            if (again.empty()) {
                if (status.state != RunState::Paused) throw std::runtime_error("not paused");
                again = ask(SteeringVerb::Pause);
            } else if (freeze.empty() && answerTo(again).id == again) {
                freeze = ask(steeringOf(SteeringVerb::Freeze, "enc"));
            } else if (resume.empty() && !freeze.empty() && answerTo(freeze).ok) {
                resume = ask(SteeringVerb::Resume);
            }
            return false;
        };
        QVERIFY(steering.goesOn());
        QVERIFY(!resume.empty());
        QVERIFY(answerTo(pause) == (SteeringAnswer{pause, true, "Paused at 1.28 kimg."}));
        QVERIFY(!answerTo(again).ok);
        QCOMPARE(answerTo(again).message, std::string("The run is paused, so it cannot be asked for 'pause'."));
        QVERIFY(answerTo(resume).ok);
        QVERIFY(readStatus(run())->state == RunState::Running);
        QCOMPARE(noted_.done, QStringList({"settle", "freeze enc"}));
    }

    void anInterruptionEndsAPause() {
        auto steering = this->steering();
        ask(SteeringVerb::Pause);
        interrupted_ = [] { return true; };
        QVERIFY(!steering.goesOn());
        QVERIFY(!steering.wasStopped());
        steering.end(RunOutcome::Stopped);
        const auto last = readStatus(run()).value();
        QVERIFY(last.state == RunState::Finished && last.outcome == RunOutcome::Stopped);
    }

    void aStopIsAnsweredWhenTheRunIsSaved() {
        auto steering = this->steering();
        const auto stop = ask(SteeringVerb::Stop);
        QVERIFY(!steering.goesOn());
        QVERIFY(steering.wasStopped());
        QVERIFY(readStatus(run())->state == RunState::Stopping && readStatus(run())->answered.empty());
        const auto late = ask(SteeringVerb::Snapshot);
        noted_.kimg = 1.29;
        steering.end(RunOutcome::Stopped);
        const auto last = readStatus(run()).value();
        QVERIFY(last.state == RunState::Finished && last.outcome == RunOutcome::Stopped && last.kimg == 1.29);
        QVERIFY(answerTo(stop) == (SteeringAnswer{stop, true, "Stopped at 1.29 kimg; everything is saved."}));
        QVERIFY(!answerTo(late).ok && answerTo(late).id == late);
        QVERIFY(noted_.done.isEmpty());
        QVERIFY(!QFile::exists(folder_->filePath("control")));
    }

    void whatTheRunRefusesLeavesItAsItIs() {
        auto steering = this->steering();
        const auto resume = ask(SteeringVerb::Resume);
        QVERIFY(steering.goesOn());
        QCOMPARE(answerTo(resume).message, std::string("The run is running, so it cannot be asked for 'resume'."));
        noted_.fault = [] { throw Error(ErrorCode::Configuration, "It has no such weights."); };
        const auto freeze = ask(steeringOf(SteeringVerb::Freeze, "nowhere"));
        waitForLook();
        QVERIFY(steering.goesOn());
        QVERIFY(answerTo(freeze) == (SteeringAnswer{freeze, false, "It has no such weights."}));
        noted_.fault = [] { throw Error(ErrorCode::FileMissing, "The disk is full."); };
        const auto snapshot = ask(SteeringVerb::Snapshot);
        waitForLook();
        QVERIFY(steering.goesOn());
        QVERIFY(answerTo(snapshot) == (SteeringAnswer{snapshot, false, "The disk is full."}));
        QVERIFY(readStatus(run())->state == RunState::Running);
    }

    void whatEndsTheRunIsItsLastWord() {
        auto steering = this->steering();
        noted_.fault = [] { throw Error(ErrorCode::Diverged, "The loss is not finite."); };
        const auto freeze = ask(steeringOf(SteeringVerb::Freeze, "enc"));
        QVERIFY(faultOf([&] { steering.follow([&] { steering.goesOn(); }); }).startsWith("Diverged: "));
        const auto last = readStatus(run()).value();
        QVERIFY(last.state == RunState::Diverged && last.outcome == RunOutcome::Diverged);
        QCOMPARE(last.message, std::string("The loss is not finite."));
        QVERIFY(!answerTo(freeze).ok);
    }

    void aRunThatIsLeftWithoutAWordHasFailed() {
        { const auto steering = this->steering(); }
        const auto last = readStatus(run()).value();
        QVERIFY(last.state == RunState::Failed && last.outcome == RunOutcome::Failed);
    }

    void onlyTheNewestAnswersAreKept() {
        auto steering = this->steering();
        for (int i = 0; i < 40; ++i) {
            auto request = steeringOf(SteeringVerb::Resume);
            request.id = "r" + std::to_string(100 + i);
            ask(request);
        }
        QVERIFY(steering.goesOn());
        const auto answered = readStatus(run())->answered;
        QCOMPARE(answered.size(), kKeptAnswers);
        QCOMPARE(answered.back().id, std::string("r139"));
    }

    // The run itself: what was asked is in its log and in what a resume takes.
    void aTrainingRunIsSteered() {
        Session session;
        session.files().openModel("builtin");
        session.files().openData("builtin");
        FinetuneConfig config;
        config.batch = 8;
        config.kimg = 1;
        config.snapshotEveryKimg = 0;
        const auto folder = folder_->filePath("run");
        session.run().startIn(config, folder.toStdString());
        RunSteering steering(steered(session.run()), [] { return false; });
        const auto put = [&](SteeringRequest request) {
            putRequest(folder.toStdString(), request);
            waitForLook();
            if (!steering.goesOn() && !steering.wasStopped()) throw std::runtime_error("it does not go on");
            const auto answered = readStatus(folder.toStdString())->answered;
            return answered.empty() ? SteeringAnswer() : answered.back();
        };
        steering.note(session.run().step());
        QVERIFY(put(steeringOf(SteeringVerb::Freeze, "enc")).ok);
        QCOMPARE(toText(session.run().config().freeze), std::string("enc"));
        const auto mistyped = put(steeringOf(SteeringVerb::Freeze, "nowhere"));
        QVERIFY2(!mistyped.ok && mistyped.message.find("'nowhere'") != std::string::npos, mistyped.message.c_str());
        QVERIFY(!put(steeringOf(SteeringVerb::Freeze, "all")).ok);
        QCOMPARE(toText(session.run().config().freeze), std::string("enc"));
        auto rate = steeringOf(SteeringVerb::Rate);
        rate.g = 3e-4;
        QVERIFY(put(rate).ok);
        session.run().step();
        QVERIFY(put(steeringOf(SteeringVerb::Snapshot)).ok);
        QVERIFY(QFile::exists(folder + "/ema-0000000016.safetensors"));
        put(steeringOf(SteeringVerb::Stop));
        QVERIFY(steering.wasStopped());
        session.run().finish(RunOutcome::Stopped);
        steering.end(RunOutcome::Stopped);

        const auto events = readRunStats(folder.toStdString()).events;
        QStringList told;
        for (const auto& event : events)
            told << QString::fromStdString(event.kind + " " + event.text) + " @" + QString::number(event.step);
        QCOMPARE(told, QStringList({"freeze enc @1", "rate G 0.0003 @1", "stopped stopped @2"}));
        session.run().resume(folder.toStdString());
        QCOMPARE(session.run().config().generator.learningRate, 3e-4);
        QCOMPARE(session.run().config().discriminator.learningRate, config.discriminator.learningRate);
        session.run().finish(RunOutcome::Stopped);
    }

    void aPreTrainingIsSteeredButForItsWeights() {
        PretrainConfig config;
        config.batch = 8;
        config.kimg = 1;
        config.network = R"({"model_type": "SongUNet", "embedding_type": "positional", "img_resolution": 28,
            "img_channels": 1, "model_channels": 8, "channel_mult": [1, 1], "num_blocks": 1, "attn_resolutions": [],
            "dropout": 0})";
        const auto folder = folder_->filePath("base").toStdString();
        {
            Pretraining run(config, "builtin", {}, {});
            run.startIn(folder);
            const auto all = steered(run);
            run.step();
            QVERIFY(faultOf([&] { all.setFreeze(parseFreezePlan("enc")); }).startsWith("Configuration: "));
            QVERIFY(faultOf([&] { all.setRates({}, 1e-3); }).startsWith("Configuration: "));
            QVERIFY(faultOf([&] { all.setRates(1e-3, 1e-3); }).startsWith("Configuration: "));
            QVERIFY(faultOf([&] { all.setRates(0.0, {}); }).startsWith("Configuration: "));
            all.setRates(5e-4, {});
            RunStatus status;
            all.place(status);
            QVERIFY(status.step == 1 && status.kimg == 0.008 && status.targetKimg == 1);
            all.saveSnapshot();
        }
        QVERIFY(readBytes(folder_->filePath("base/stats.jsonl")).contains(R"({"event":"rate","step":1,)"));
        Pretraining next(config, "builtin", {}, {});
        next.resume(folder);
        QCOMPARE(next.config().adam.learningRate, 5e-4);
    }
};

THAW_TEST(RunSteeringTest);
#include "run_steering_test.moc"
