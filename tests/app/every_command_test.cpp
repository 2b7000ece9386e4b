// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/model/model_page.h"
#include "core/formats/config_json.h"
#include "core/formats/run_stats_file.h"
#include "core/formats/running_mark.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"
#include "widgets/model/model_card_view.h"

#include <QComboBox>
#include <QFileDialog>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>

#include <cmath>

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
        const RunActions& actions = window->runPage()->actions();
        switch (command) {
        case Command::OpenModel: return window->actions().openBuiltin;
        case Command::OpenData: return window->actions().openData;
        case Command::Start: return actions.start;
        case Command::Pause:
        case Command::Resume: return actions.pause;
        case Command::Stop: return actions.stop;
        case Command::Step: return actions.step;
        case Command::SetFreeze: return window->blocksPage()->presets()->actions().at(2);
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

    /// Waits until the compute thread has nothing more to report: steps come when no view waits.
    void waitForReports() const {
        QTRY_VERIFY_WITH_TIMEOUT(window->isSettled(), kLong);
        QTest::qWait(500);
    }

    /// The newest run's folder.
    std::string run() const { return (options.runs + "/" + runFolders().back()).toStdString(); }
    /// What the run was started with: its config.json without what is recorded beside the configuration.
    FinetuneConfig runConfig() const {
        QJsonObject config = QJsonDocument::fromJson(QByteArray::fromStdString(summariseRun(run()).config)).object();
        const QJsonObject fields =
            QJsonDocument::fromJson(QByteArray::fromStdString(toJson(FinetuneConfig()))).object();
        for (const QString& key : config.keys())
            if (!fields.contains(key)) config.remove(key);
        return finetuneConfigFromJson(QJsonDocument(config).toJson().toStdString(), {}, run());
    }
};

/// Everything that the compute thread reports about a run from now on.
class Recorder : public QObject {
public:
    explicit Recorder(const WindowFixture& fixture) {
        const EngineFacts* facts = fixture.window->compute().facts();
        connect(facts, &EngineFacts::stepsDone, this,
                [this](const std::vector<StepMetrics>& done) { steps.insert(steps.end(), done.begin(), done.end()); });
        connect(facts, &EngineFacts::runMarked, this, [this](const RunMark& mark) { marks.push_back(mark); });
        connect(facts, &EngineFacts::fidMeasured, this, [this](const FidPoint& point) { fids.push_back(point); });
        connect(facts, &EngineFacts::modelOpened, this, [this] { ++modelsOpened; });
        connect(facts, &EngineFacts::snapshotSaved, this, [this] { ++snapshots; });
    }

    std::vector<StepMetrics> steps;
    std::vector<RunMark> marks;
    std::vector<FidPoint> fids;
    int modelsOpened = 0, snapshots = 0;
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
        const FreezePlan plan = fixture.window->blocksPage()->plan();
        const auto runs = fixture.runFolders();
        for (const Command command : kCommands) {
            if (isAllowed(now, command)) continue;
            if (command == Command::Pause || command == Command::Resume) continue;  // the other one's button
            fixture.actionOf(command)->trigger();
        }
        if (now == RunState::Ready || now == RunState::Paused || now == RunState::Finished)
            QCOMPARE(fixture.state(), now);
        QVERIFY(!fixture.window->findChild<QFileDialog*>());
        QVERIFY(!QApplication::activeModalWidget());
        if (!isAllowed(now, Command::SetFreeze)) QCOMPARE(fixture.window->blocksPage()->plan(), plan);
        if (now != RunState::Starting) QCOMPARE(fixture.runFolders(), runs);
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
        if (RunState(state) == RunState::Ready) fixture.typeTinyRun("1000");
        if (RunState(state) == RunState::Paused) fixture.waitForReports();
        const Recorder recorder(fixture);
        const auto runs = fixture.runFolders().size();
        const int points = fixture.losses().pointCount(0);
        fixture.actionOf(Command(command))->trigger();
        QCOMPARE(fixture.state(), *after(RunState(state), Command(command)));
        // And it comes to rest where it should.
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), restsIn(RunState(state), Command(command)), kLong);
        // The work that the command names is done.
        switch (Command(command)) {
        case Command::OpenModel: return checkOpened(fixture, recorder);
        case Command::OpenData: return;  // a row of its own
        case Command::Start: return checkStarted(fixture, recorder, runs);
        case Command::Pause: return checkPaused(fixture, recorder);
        case Command::Resume: return checkResumed(fixture, recorder, points);
        case Command::Stop: return checkStopped(fixture);
        case Command::Step: return checkStepped(fixture, recorder, points);
        case Command::SetFreeze: return checkFrozen(fixture, recorder, RunState(state));
        case Command::MeasureFid: return checkMeasured(fixture, recorder, RunState(state));
        case Command::SaveSnapshot: return checkSaved(fixture, recorder, RunState(state));
        }
    }

    void openDataOpensWhatIsChosenInItsDialog() {
        InState fixture;
        fixture.reach(RunState::Ready);
        fixture.actionOf(Command::OpenData)->trigger();
        QPointer<QFileDialog> dialog = fixture.window->findChild<QFileDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(fixture.state(), RunState::Ready);
        QSignalSpy opened(fixture.window->compute().facts(), &EngineFacts::dataOpened);
        Q_EMIT dialog->fileSelected(QStringLiteral("builtin"));
        dialog->reject();
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QCOMPARE(fixture.window->opening().dataPath(), QString("builtin"));
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
        const Recorder seen(fixture);
        fixture.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.window->isVisible(), kLong);
        QVERIFY(!QApplication::activeModalWidget());
        const bool ran = RunState(state) != RunState::Loading && RunState(state) != RunState::Ready;
        QCOMPARE(fixture.runFolders().size(), ran ? 1 : 0);
        fixture.window.reset();
        if (!ran) return;
        // Nothing is lost: the next window offers what went on, and goes on with the step after the last one.
        const bool ended = RunState(state) == RunState::Stopping || RunState(state) == RunState::Finished;
        QCOMPARE(wasInterrupted(fixture.run()), !ended);
        const RunStats saved = runStatsIfAny(fixture.run());
        const std::int64_t last = saved.steps.empty() ? 0 : saved.steps.back().step;
        QVERIFY(seen.steps.empty() || seen.steps.back().step <= last);
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        const Recorder recorder(fixture);
        fixture.window->compute().continueRun(QString::fromStdString(fixture.run()));
        QTRY_VERIFY_WITH_TIMEOUT(!recorder.steps.empty(), kLong);
        QCOMPARE(recorder.steps.front().step, last + 1);
        QCOMPARE(fixture.runFolders().size(), 1);
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
        QVERIFY(!QImage(folder.filePath("window.png")).isNull());
        // The run that was going is saved, so that it can be continued.
        const QDir runs(folder.filePath("runs"));
        const QStringList made = runs.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(made.size(), 1);
        QVERIFY(QFile::exists(runs.filePath(made.front() + "/state.safetensors")));
        QVERIFY(wasInterrupted(runs.filePath(made.front()).toStdString()));
    }

private:
    static RunState restsIn(RunState state, Command command) {
        switch (command) {
        case Command::OpenModel:
        case Command::OpenData: return RunState::Ready;
        case Command::Start:
        case Command::Resume: return RunState::Running;
        case Command::Pause: return RunState::Paused;
        case Command::Stop: return RunState::Finished;
        case Command::Step:
        case Command::SetFreeze:
        case Command::MeasureFid:
        case Command::SaveSnapshot: break;
        }
        return state;
    }

    /// The built-in model was read anew and every view shows it, without a run.
    static void checkOpened(InState& fixture, const Recorder& recorder) {
        QCOMPARE(recorder.modelsOpened, 1);
        QCOMPARE(fixture.window->modelPage()->view()->content().model.path, std::string("builtin"));
        QCOMPARE(fixture.window->opening().modelPath(), QString("builtin"));
        QVERIFY(fixture.column(ComparePage::After).images.empty());
        for (const QString& run : fixture.runFolders()) QVERIFY(!fixture.window->windowTitle().contains(run));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window->isSettled(), kLong);
    }

    /// A run of its own begins at step 1, in a folder with the settings of the form.
    static void checkStarted(InState& fixture, const Recorder& recorder, qsizetype runsBefore) {
        QTRY_VERIFY_WITH_TIMEOUT(!recorder.steps.empty(), kLong);
        QCOMPARE(recorder.steps.front().step, std::int64_t(1));
        QCOMPARE(fixture.runFolders().size(), runsBefore + 1);
        QVERIFY(fixture.window->windowTitle().contains(fixture.runFolders().back()));
        QCOMPARE(fixture.runConfig().batch, 8);
        QCOMPARE(fixture.runConfig().freeze, fixture.window->blocksPage()->plan());
        QCOMPARE(fixture.losses().pointCount(0), int(recorder.steps.size()));
    }

    /// No step is made any more.
    static void checkPaused(InState& fixture, const Recorder& recorder) {
        fixture.waitForReports();
        const auto steps = recorder.steps.size();
        QTest::qWait(500);
        QCOMPARE(recorder.steps.size(), steps);
    }

    /// The steps go on where they were held.
    static void checkResumed(InState& fixture, const Recorder& recorder, int points) {
        QTRY_VERIFY_WITH_TIMEOUT(!recorder.steps.empty(), kLong);
        QCOMPARE(recorder.steps.front().step, std::int64_t(points + 1));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > points + 5, kLong);
    }

    /// What was saved goes on with the step after the last one, and the curves show all of them.
    static void checkStopped(InState& fixture) {
        QVERIFY(!wasInterrupted(fixture.run()));
        const RunStats saved = runStatsIfAny(fixture.run());
        QVERIFY(!saved.steps.empty());
        QCOMPARE(fixture.losses().pointCount(0), int(saved.steps.size()));
        const Recorder recorder(fixture);
        fixture.window->compute().continueRun(QString::fromStdString(fixture.run()));
        QTRY_VERIFY_WITH_TIMEOUT(!recorder.steps.empty(), kLong);
        QCOMPARE(recorder.steps.front().step, saved.steps.back().step + 1);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > int(saved.steps.size()), kLong);
        QCOMPARE(fixture.runFolders().size(), 1);
    }

    /// One step, and only one.
    static void checkStepped(InState& fixture, const Recorder& recorder, int points) {
        QTRY_COMPARE_WITH_TIMEOUT(fixture.losses().pointCount(0), points + 1, kLong);
        QTest::qWait(300);
        QCOMPARE(recorder.steps.size(), std::size_t(1));
        QCOMPARE(recorder.steps.front().step, std::int64_t(points + 1));
        QCOMPARE(fixture.state(), RunState::Paused);
    }

    /// Every view has the plan, and an open run follows it from the next step on.
    static void checkFrozen(InState& fixture, const Recorder& recorder, RunState state) {
        const FreezePlan plan = parseFreezePlan("d2o-f+qkv");
        QCOMPARE(fixture.window->blocksPage()->plan(), plan);
        QCOMPARE(fixture.window->blocksPage()->tree()->plan(), plan);
        QCOMPARE(fixture.window->runPage()->form()->config().freeze, plan);
        QCOMPARE(fixture.window->toolBar()->presetBox()->currentData().toString(), QString("d2o-f+qkv"));
        QVERIFY(fixture.actionOf(Command::SetFreeze)->isChecked());
        if (!runIsOpen(state)) return;
        QTRY_VERIFY_WITH_TIMEOUT(!recorder.marks.empty(), kLong);
        QCOMPARE(int(recorder.marks.front().kind), int(RunMark::Kind::Freeze));
        QCOMPARE(recorder.marks.front().detail, std::string("d2o-f+qkv"));
    }

    /// One more distance, of the generator as it is.
    static void checkMeasured(InState& fixture, const Recorder& recorder, RunState state) {
        QTRY_COMPARE_WITH_TIMEOUT(recorder.fids.size(), std::size_t(1), kLong);
        QVERIFY(fixture.window->trainPage()->fid()->pointCount(0) > 0);
        QVERIFY(std::isfinite(recorder.fids.front().fid) && recorder.fids.front().fid > 0);
        QCOMPARE(recorder.fids.front().num, std::int64_t(200));
        QVERIFY(fixture.window->windowTitle().contains("FD "));
        if (state == RunState::Paused)
            QCOMPARE(recorder.fids.front().kimg, runStatsIfAny(fixture.run()).steps.back().kimg);
    }

    /// The file that was saved opens as a model and makes the images that the run's generator makes.
    static void checkSaved(InState& fixture, const Recorder& recorder, RunState state) {
        QTRY_VERIFY_WITH_TIMEOUT(recorder.snapshots > 0, kLong);
        const QDir run(QString::fromStdString(fixture.run()));
        QVERIFY(QFile::exists(run.filePath("state.safetensors")));
        const QStringList files = run.entryList({"ema-*.safetensors"}, QDir::Files, QDir::Name);
        QVERIFY(!files.isEmpty());
        ComparePage& page = *fixture.window->comparePage();
        page.addColumn({SampleSource::OtherModel, 1, run.filePath(files.back())});
        const int column = int(page.columns().size()) - 1;
        QTRY_COMPARE_WITH_TIMEOUT(fixture.column(column).images.size(), std::size_t(16), kLong);
        QVERIFY(fixture.column(column).images != fixture.column(ComparePage::Before).images);
        if (state != RunState::Paused) return;  // the generator learns on
        page.refreshTuned();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.column(ComparePage::After).images, fixture.column(column).images, kLong);
    }

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
