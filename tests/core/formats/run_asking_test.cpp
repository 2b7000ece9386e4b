// SPDX-License-Identifier: GPL-3.0-or-later
// How a run is asked: which step follows on what was found, by a clock that the test turns.
#include "core/formats/run_asking.h"

#include "core/formats/running_mark.h"
#include "tests/core/faults.h"
#include "tests/registry.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>

using namespace thaw;

namespace {

using namespace std::chrono_literals;
using AskingKind = AskingEnd::Kind;
const RunAsking::Clock::time_point kAskingBegin{};

AskedRun foundRun(bool hasProcess, bool isPut) {
    AskedRun run;
    run.word.status = RunStatus{};
    run.word.status->state = RunState::Running;
    run.word.status->host = "gpu1";
    run.word.status->pid = 4711;
    run.word.status->kimg = 1.28;
    run.word.status->written = "2026-07-29T08:15:00Z";
    if (hasProcess) run.word.process = WritingProcess{4711, "gpu1"};
    run.word.isFresh = hasProcess;
    run.isPut = isPut;
    return run;
}

AskedRun answeredRun(const RunAsking& asking, bool ok) {
    AskedRun run = foundRun(true, true);
    run.word.status->answered = {{"another", !ok, "of another"}, {asking.request().id, ok, "Paused at 1.28 kimg."}};
    return run;
}

RunAsking begunAsking(double patience = 30) { return {"/runs/1", {}, patience, kAskingBegin}; }

// One whose request was put at the beginning.
RunAsking putAsking(double patience = 30) {
    RunAsking asking = begunAsking(patience);
    asking.take(foundRun(true, true), kAskingBegin);
    return asking;
}

}  // namespace

class RunAskingTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::string run() const { return folder_->path().toStdString(); }
    void say(const RunStatus& told) const {
        RunStatus status = told;
        status.pid = writingProcess(run())->number;
        status.host = machineName();
        QVERIFY(writeStatus(run(), status));
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        writeBytes(folder_->filePath("config.json"), "{}");
    }

    void whoAsksIsNamedAndEveryAskingIsAnother() {
        const RunAsking one = begunAsking(), other = begunAsking();
        QVERIFY(!one.request().id.empty() && one.request().id != other.request().id);
        QVERIFY(one.request().host == machineName() && !one.request().time.empty());
        QVERIFY(one.next() == AskingStep::Put);
    }

    void anAnswerEndsItAtEveryStep() {
        RunAsking asking = begunAsking();
        const auto early = asking.take(answeredRun(asking, true), kAskingBegin);  // it was put, and that was not heard
        QVERIFY(early && early->kind == AskingKind::Done);
        asking = putAsking();
        QVERIFY(asking.next() == AskingStep::Look);
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 1s));
        const auto end = asking.take(answeredRun(asking, true), kAskingBegin + 2s);
        QVERIFY(end && end->kind == AskingKind::Done && end->status->kimg == 1.28);
        QCOMPARE(end->message, std::string("Paused at 1.28 kimg."));
        asking = putAsking();
        QVERIFY(asking.take(answeredRun(asking, false), kAskingBegin + 1s)->kind == AskingKind::Refused);
        asking = putAsking();
        asking.take(foundRun(true, false), kAskingBegin + 31s);
        QVERIFY(asking.next() == AskingStep::Withdraw);
        QVERIFY(asking.take(answeredRun(asking, true), kAskingBegin + 31s)->kind == AskingKind::Done);
    }

    void aProcessThatBeginsIsWaitedForAndThenGivenItsWholeTime() {
        RunAsking asking = begunAsking();
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 29s));
        QVERIFY(asking.next() == AskingStep::Put);
        QVERIFY(!asking.take(foundRun(true, true), kAskingBegin + 29s));
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 58s));
        QVERIFY(asking.next() == AskingStep::Look);
        RunAsking silent = begunAsking();
        const auto end = silent.take(foundRun(true, false), kAskingBegin + 30s);
        QVERIFY(end && end->kind == AskingKind::Silent);
        QCOMPARE(end->message,
                 std::string("The process 4711 on 'gpu1' writes the run in '/runs/1', but has not said so "
                             "for 30 s."));
    }

    void aRunWithoutAProcessIsGone() {
        RunAsking asking = begunAsking();
        const auto end = asking.take(foundRun(false, false), kAskingBegin);
        QVERIFY(end && end->kind == AskingKind::Gone);
        QCOMPARE(end->message,
                 std::string("No process writes the run in '/runs/1': its process 4711 on 'gpu1' is gone, "
                             "last heard of at 2026-07-29T08:15:00Z with 1.28 kimg."));
        AskedRun ended = foundRun(false, false);
        ended.word.status->outcome = RunOutcome::Stopped;
        QCOMPARE(goneSentence("/runs/1", ended.word.status),
                 std::string("No process writes the run in '/runs/1': it ended as stopped at 1.28 kimg."));
        QCOMPARE(goneSentence("/runs/1", {}), std::string("No process writes the run in '/runs/1'."));
    }

    // Its lock ends a moment before its last word is written.
    void aProcessThatEndsIsGivenTimeForItsLastWord() {
        RunAsking asking = putAsking();
        QVERIFY(!asking.take(foundRun(false, false), kAskingBegin + 1s));
        QVERIFY(!asking.take(foundRun(false, false), kAskingBegin + 3s));
        QVERIFY(asking.next() == AskingStep::Look);
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 4s));  // it was only not seen
        QVERIFY(!asking.take(foundRun(false, false), kAskingBegin + 5s));
        QVERIFY(!asking.take(foundRun(false, false), kAskingBegin + 7500ms));
        QVERIFY(asking.next() == AskingStep::Withdraw);
        QVERIFY(asking.take(foundRun(false, false), kAskingBegin + 8s)->kind == AskingKind::Gone);
    }

    void whatIsNotAnsweredInTimeIsTakenBack() {
        RunAsking asking = putAsking(5);
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 4999ms));
        QVERIFY(asking.next() == AskingStep::Look);
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 5s));
        QVERIFY(asking.next() == AskingStep::Withdraw);
        RunAsking same = asking;
        AskedRun back = foundRun(true, false);
        back.isBack = true;
        const auto end = asking.take(back, kAskingBegin + 5s);
        QVERIFY(end->kind == AskingKind::TakenBack);
        QCOMPARE(end->message,
                 std::string("The run in '/runs/1' has not answered for 5 s; the request is taken back."));
        const auto taken = same.take(foundRun(true, false), kAskingBegin + 5s);
        QVERIFY(taken->kind == AskingKind::Unanswered);
        QVERIFY(taken->message.find("it has taken the request") != std::string::npos);
    }

    void aTimeWithoutALineDoesNotCount() {
        RunAsking asking = putAsking(5);
        asking.prolong(60s);
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 64s));
        QVERIFY(asking.next() == AskingStep::Look);
    }

    void patienceBeyondTheClockIsNoEnd() {
        RunAsking asking = putAsking(1e300);
        QVERIFY(!asking.take(foundRun(true, false), kAskingBegin + 24h));
        QVERIFY(asking.next() == AskingStep::Look);
    }

    void theStepsAreDoneWithTheFilesOfTheRun() {
        const RunLock lock(run());
        RunAsking asking(run(), {}, 30);
        const auto step = [&](AskingStep what) { return askedRun(run(), asking.request(), what); };
        QVERIFY(!step(AskingStep::Put).isPut);  // its process has not spoken
        openControl(run());
        say({});
        QVERIFY(step(AskingStep::Put).isPut);
        QTest::qSleep(5);                      // names have milliseconds
        QVERIFY(step(AskingStep::Put).isPut);  // as of one who did not hear the first time
        QCOMPARE(QDir(folder_->filePath("control")).entryList(QDir::Files).size(), 1);
        QVERIFY(!step(AskingStep::Look).isPut);
        QVERIFY(step(AskingStep::Withdraw).isBack);
        QVERIFY(!step(AskingStep::Withdraw).isBack);
        QVERIFY(takeRequests(run()).empty());
        QVERIFY(step(AskingStep::Put).isPut);
        QCOMPARE(takeRequests(run()).size(), std::size_t(1));
        RunStatus status;
        status.answered = {{asking.request().id, true, "Paused."}};
        say(status);
        QVERIFY(step(AskingStep::Put).isPut);  // answered: it is not asked again
        QVERIFY(takeRequests(run()).empty());
        QVERIFY(asking.take(step(asking.next()))->kind == AskingKind::Done);
    }

    void whatIsNoRunFolderIsSaid() {
        QVERIFY(faultOf([&] { askedRun(run() + "/no", {}, AskingStep::Look); }).startsWith("FileMissing: There is no"));
        QVERIFY(QFile::remove(folder_->filePath("config.json")));
        QVERIFY(faultOf([&] { askedRun(run(), {}, AskingStep::Look); }).startsWith("WrongKind: "));
    }
};

THAW_TEST(RunAskingTest);
#include "run_asking_test.moc"
