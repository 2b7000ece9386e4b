// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QProcess>

using namespace thaw;

namespace {

constexpr const char* kCommandNames[] = {"OpenModel", "OpenData", "Start",     "Pause",      "Resume",
                                         "Stop",      "Step",     "SetFreeze", "MeasureFid", "SaveSnapshot"};

/// A window brought into a state by clicks alone.
class InState : public WindowFixture {
public:
    void reach(RunState wanted) {
        open();
        if (wanted == RunState::Loading) return;  // it opens loading
        QTRY_COMPARE_WITH_TIMEOUT(state(), RunState::Ready, kLong);
        if (wanted == RunState::Ready) return;
        typeTinyRun("1000");
        clickStart();
        if (wanted == RunState::Starting) return;
        QTRY_VERIFY_WITH_TIMEOUT(losses().pointCount(0) > 0, kLong);
        if (wanted == RunState::Running) return;
        if (wanted == RunState::Stopping || wanted == RunState::Finished) {
            clickStop();
            if (wanted == RunState::Finished) QTRY_COMPARE_WITH_TIMEOUT(state(), RunState::Finished, kLong);
            return;
        }
        clickPause();
        if (wanted == RunState::Paused) QTRY_COMPARE_WITH_TIMEOUT(state(), RunState::Paused, kLong);
    }

    QAction* actionOf(Command command) const {
        const Actions& actions = window->actions();
        switch (command) {
        case Command::OpenModel: return actions.openBuiltin;
        case Command::OpenData: return actions.openData;
        case Command::Start: return actions.start;
        case Command::Pause:
        case Command::Resume: return actions.pause;
        case Command::Stop: return actions.stop;
        case Command::Step: return actions.step;
        case Command::SetFreeze: return actions.presets->actions().at(2);
        case Command::MeasureFid: return actions.measureFid;
        case Command::SaveSnapshot: return actions.saveSnapshot;
        }
        return nullptr;
    }

    /// Pause and resume share a button; it is for the one that the state allows.
    bool offers(Command command) const {
        if (command == Command::Resume) return actionOf(command)->isEnabled() && isAllowed(state(), Command::Resume);
        if (command == Command::Pause) return actionOf(command)->isEnabled() && !isAllowed(state(), Command::Resume);
        return actionOf(command)->isEnabled();
    }
};

}  // namespace

class EveryCommandTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsOfferedIsWhatTheTableAllows_data() { states(); }
    void whatIsOfferedIsWhatTheTableAllows() {
        QFETCH(int, state);
        InState fixture;
        fixture.reach(RunState(state));
        const RunState now = fixture.state();
        for (const Command command : kCommands)
            QVERIFY2(fixture.offers(command) == isAllowed(now, command), kCommandNames[int(command)]);
        // What is not allowed does nothing, whatever key is pressed.
        for (const Command command : kCommands) {
            if (isAllowed(now, command)) continue;
            if (command == Command::Pause || command == Command::Resume) continue;  // the other one's button
            fixture.actionOf(command)->trigger();
        }
        if (now == RunState::Ready || now == RunState::Paused || now == RunState::Finished)
            QCOMPARE(fixture.state(), now);
    }

    void everyAllowedCommandLeadsWhereTheTableSays_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("command");
        for (const RunState state : {RunState::Ready, RunState::Running, RunState::Paused, RunState::Finished})
            for (const Command command : kCommands)
                if (isAllowed(state, command) && command != Command::OpenData)  // opens a dialog
                    QTest::addRow("%d %s", int(state), kCommandNames[int(command)]) << int(state) << int(command);
    }
    void everyAllowedCommandLeadsWhereTheTableSays() {
        QFETCH(int, state);
        QFETCH(int, command);
        InState fixture;
        fixture.reach(RunState(state));
        QCOMPARE(fixture.state(), RunState(state));
        const int points = fixture.losses().pointCount(0);
        fixture.actionOf(Command(command))->trigger();
        QCOMPARE(fixture.state(), *after(RunState(state), Command(command)));
        // And it comes to rest where it should.
        const RunState rest = Command(command) == Command::OpenModel ? RunState::Ready
                              : Command(command) == Command::Stop    ? RunState::Finished
                              : Command(command) == Command::Pause   ? RunState::Paused
                              : Command(command) == Command::Start || Command(command) == Command::Resume
                                  ? RunState::Running
                                  : RunState(state);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), rest, kLong);
        if (Command(command) == Command::Step)
            QTRY_COMPARE_WITH_TIMEOUT(fixture.losses().pointCount(0), points + 1, kLong);
        if (Command(command) == Command::MeasureFid)
            QTRY_VERIFY_WITH_TIMEOUT(fixture.window->trainPage()->fid()->pointCount(0) > 0, kLong);
        if (Command(command) == Command::SetFreeze)
            QCOMPARE(fixture.window->blocksPage()->plan(), parseFreezePlan("d2o-f+qkv"));
    }

    void pauseSoonAfterStartEndsPaused_data() {
        QTest::addColumn<int>("ms");
        for (const int ms : {0, 1, 10}) QTest::addRow("%d ms", ms) << ms;
    }
    void pauseSoonAfterStartEndsPaused() {
        QFETCH(int, ms);
        InState fixture;
        fixture.reach(RunState::Ready);
        fixture.typeTinyRun("1000");
        fixture.clickStart();
        if (ms > 0) QTest::qWait(ms);
        fixture.clickPause();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Paused, kLong);
        fixture.clickPause();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > 0, kLong);
        QCOMPARE(fixture.state(), RunState::Running);
    }

    void theWindowClosesInEveryStateAndLosesNothing_data() { states(); }
    void theWindowClosesInEveryStateAndLosesNothing() {
        QFETCH(int, state);
        InState fixture;
        fixture.reach(RunState(state));
        fixture.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.window->isVisible(), kLong);
        QVERIFY(!QApplication::activeModalWidget());
        const bool ran = RunState(state) != RunState::Loading && RunState(state) != RunState::Ready;
        QCOMPARE(fixture.runFolders().size(), ran ? 1 : 0);
        fixture.window.reset();
        if (ran) QVERIFY(QFile::exists(fixture.options.runs + "/" + fixture.runFolders().front() + "/config.json"));
    }

    void theProgramEndsWithZeroWhileARunIsGoing() {
        const QString program = QFileInfo(qEnvironmentVariable("THAW_CLI")).dir().filePath("thaw");
        if (!QFile::exists(program)) QFAIL("the program stands beside thaw-cli");
        QTemporaryDir folder;
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program,
                      {"--start", "--runs", folder.filePath("runs"), "--screenshot", folder.filePath("window.png")});
        QVERIFY(process.waitForFinished(kLong));
        QVERIFY2(process.exitStatus() == QProcess::NormalExit, process.readAll());
        QCOMPARE(process.exitCode(), 0);
        QVERIFY(QFile::exists(folder.filePath("window.png")));
    }

private:
    static void states() {
        QTest::addColumn<int>("state");
        const std::pair<RunState, const char*> rows[] = {
            {RunState::Loading, "loading"},   {RunState::Ready, "ready"},      {RunState::Starting, "starting"},
            {RunState::Running, "running"},   {RunState::Pausing, "pausing"},  {RunState::Paused, "paused"},
            {RunState::Stopping, "stopping"}, {RunState::Finished, "finished"}};
        for (const auto& [state, name] : rows) QTest::newRow(name) << int(state);
    }
};

THAW_TEST(EveryCommandTest);
#include "every_command_test.moc"
