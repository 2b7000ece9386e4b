// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/reopening.h"
#include "tests/registry.h"

#include <QtTest/QTest>

#include <string>

using namespace thaw;

namespace {

// "model builtin; data a.zip; run /r/1; pause", with + for what a command holds besides.
std::string wordsOfReopening(const Reopening& open) {
    std::string words;
    for (const EngineCommand& command : open.commands()) {
        if (!words.empty()) words += "; ";
        if (const auto* model = std::get_if<command::OpenModel>(&command))
            words += "model " + model->path + (model->teacher.empty() ? "" : "+" + model->teacher) +
                     (model->alone ? "+alone" : "");
        else if (const auto* data = std::get_if<command::OpenData>(&command)) words += "data " + data->path;
        else if (const auto* run = std::get_if<command::ContinueRun>(&command))
            words += "run " + run->folder + (run->takeOver ? "" : "+idle") + (run->anyway ? "+anyway" : "");
        else if (std::holds_alternative<command::Pause>(command)) words += "pause";
        else if (std::holds_alternative<command::Stop>(command)) words += "stop";
        else words += "?";
    }
    return words;
}

}  // namespace

class ReopeningTest : public QObject {
    Q_OBJECT
    std::uint64_t count_ = 0;

    void ask(Reopening& open, const EngineCommand& command) {
        open.note(command);
        ++count_;
    }
    void state(Reopening& open, RunState state) const { open.note(fact::StateChanged{state, count_}); }
    void openPlain(Reopening& open, const std::string& model, const std::string& data) {
        ask(open, command::OpenModel{model, {}, false});
        state(open, RunState::Loading);
        open.note(fact::OpeningBegan{model});
        open.note(fact::ModelOpened{});
        state(open, RunState::Empty);
        ask(open, command::OpenData{data});
        state(open, RunState::Loading);
        open.note(fact::OpeningBegan{data});
        open.note(fact::DataOpened{});
        state(open, RunState::Ready);
    }
    void startRun(Reopening& open) {
        ask(open, command::Start{});
        state(open, RunState::Starting);
        open.note(fact::RunStarted{"/r/1", {}});
        state(open, RunState::Running);
    }

private Q_SLOTS:
    void init() { count_ = 0; }

    void nothingIsOpenAtFirst() { QVERIFY(Reopening().commands().empty()); }

    void modelAndDataAreThoseThatWereOpened() {
        Reopening open;
        openPlain(open, "builtin", "builtin");
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin"));
        openPlain(open, "a.pkl", "a.zip");
        QCOMPARE(wordsOfReopening(open), std::string("model a.pkl; data a.zip"));
    }

    void whatCouldNotBeOpenedIsNotAskedForAgain() {
        Reopening open;
        openPlain(open, "builtin", "builtin");
        ask(open, command::OpenModel{"damaged.pkl", {}, false});
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; model damaged.pkl"));
        state(open, RunState::Loading);
        open.note(fact::OpeningBegan{"damaged.pkl"});
        open.note(fact::Failed{});
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; model damaged.pkl"));
        state(open, RunState::Ready);
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin"));
    }

    void aRunThatIsLookedAtBringsItsDataAndKeepsItsTeacher() {
        Reopening open;
        openPlain(open, "builtin", "builtin");
        ask(open, command::OpenModel{"/r/7", "t.pkl", false});
        state(open, RunState::Loading);
        open.note(fact::OpeningBegan{"/r/7"});
        open.note(fact::ModelOpened{});
        open.note(fact::DataOpened{});
        OpenedRun run;
        run.hasOpenedData = true;
        open.note(fact::RunOpened{run});
        state(open, RunState::Ready);
        QCOMPARE(wordsOfReopening(open), std::string("model /r/7+t.pkl"));
        ask(open, command::OpenData{"other.zip"});
        state(open, RunState::Loading);
        open.note(fact::OpeningBegan{"other.zip"});
        open.note(fact::DataOpened{});
        state(open, RunState::Ready);
        QCOMPARE(wordsOfReopening(open), std::string("model /r/7+t.pkl; data other.zip"));
    }

    void aRunIsTakenOverAndPausedWhereItWas() {
        Reopening open;
        openPlain(open, "builtin", "builtin");
        startRun(open);
        QCOMPARE(open.runFolder(), std::string("/r/1"));
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1"));
        ask(open, command::Pause{});
        state(open, RunState::Pausing);
        state(open, RunState::Paused);
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1; pause"));
        ask(open, command::Resume{});
        state(open, RunState::Running);
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1"));
        state(open, RunState::Finished);
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin"));
        QVERIFY(open.runFolder().empty());
    }

    void aStopThatWasNotAnsweredIsAskedForAgain() {
        Reopening open;
        openPlain(open, "builtin", "builtin");
        startRun(open);
        ask(open, command::Stop{});
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1; stop"));
        state(open, RunState::Stopping);
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1; stop"));
        state(open, RunState::Finished);
        startRun(open);
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1"));
    }

    void aRunThatWasAskedForAnywayStaysSo() {
        Reopening open;
        openPlain(open, "builtin", "builtin");
        ask(open, command::ContinueRun{"/r/1", true, false});
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1+anyway"));
        state(open, RunState::Starting);
        open.note(fact::RunStarted{"/r/1", {}});
        state(open, RunState::Running);
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1+anyway"));
        open.note(fact::RunStarted{"/r/1", {}});  // by the next engine, which was not asked by the window
        QCOMPARE(wordsOfReopening(open), std::string("model builtin; data builtin; run /r/1+anyway"));
    }
};

THAW_TEST(ReopeningTest);
#include "reopening_test.moc"
