// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/compute_thread.h"
#include "app/training/runs_list.h"
#include "app/window/continue_offer.h"
#include "app/window/file_chooser.h"
#include "app/window/notifier.h"
#include "core/formats/running_mark.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QProcess>

using namespace thaw;

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSavedStateIsRestoredInAnotherWindow() {
        WindowFixture first;
        first.open();
        QTRY_COMPARE_WITH_TIMEOUT(first.state(), RunState::Ready, kLong);
        first.window->selection().setBlock("dec.14x14_block0");
        first.window->selection().setFirstSeed(40);
        first.window->selection().setSigma(2);
        first.type("batch", "24");
        first.window->blocksPage()->changePlan(parseFreezePlan("none"));
        first.window->comparePage()->addColumn({SampleSource::RealData, 1});
        first.window->trainPage()->showStepView(TrainPage::Logits);
        first.window->workbench()->arrange("compare");
        const QString path = first.folder.filePath("session.thaw");
        first.window->sessions().save(path);
        QVERIFY(QFile::exists(path));

        WindowFixture second;
        second.open();
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), RunState::Ready, kLong);
        second.window->opening().files()->open({path});
        QTRY_COMPARE_WITH_TIMEOUT(second.window->runPage()->form()->config().batch, 24, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), RunState::Ready, kLong);
        QCOMPARE(second.window->selection().block(), QString("dec.14x14_block0"));
        QCOMPARE(second.window->selection().firstSeed(), quint64(40));
        QCOMPARE(second.window->selection().sigma(), 2.0);
        QCOMPARE(second.window->blocksPage()->plan(), parseFreezePlan("none"));
        QCOMPARE(second.window->comparePage()->columns().size(), std::size_t(4));
        QCOMPARE(second.window->trainPage()->stepView(), TrainPage::Logits);
        QVERIFY(!second.window->workbench()->curves()->isVisible());
        QVERIFY(!QApplication::activeModalWidget());
    }

    void aFileThatIsGoneIsNamedAndTheRestComesBack() {
        WindowFixture fixture;
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        SessionFile session;
        session.model = fixture.folder.filePath("gone.safetensors");
        session.firstSeed = 7;
        fixture.window->sessions().apply(session);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.window->selection().firstSeed(), quint64(7), kLong);
        QVERIFY(fixture.window->strip()->detail().contains("gone.safetensors"));
    }

    void aDamagedSessionChangesNothing() {
        WindowFixture fixture;
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QFile file(fixture.folder.filePath("wrong.thaw"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"thaw_session\":");
        file.close();
        fixture.window->selection().setFirstSeed(3);
        fixture.window->opening().files()->open({file.fileName()});
        QVERIFY(fixture.window->strip()->what().contains("wrong.thaw"));
        QCOMPARE(fixture.window->selection().firstSeed(), quint64(3));
        QCOMPARE(fixture.state(), RunState::Ready);
    }

    void theWindowStateIsKeptBetweenStarts() {
        WindowFixture fixture;
        fixture.options.autosave = fixture.folder.filePath("state/last.thaw");
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(fixture.options.autosave), kLong);
        fixture.window->selection().setFirstSeed(11);
        fixture.window->close();
        QString problem;
        const auto last = readSession(fixture.options.autosave, &problem);
        QVERIFY2(last, qPrintable(problem));
        QCOMPARE(last->firstSeed, quint64(11));
        fixture.options.session = *last;
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.window->selection().firstSeed(), quint64(11), kLong);
    }

    // Killed after its first step, long before its first snapshot would be due.
    void aKilledRunIsOfferedAndGoesOn() {
        WindowFixture fixture;
        makeKilledRun(fixture.options.runs);
        fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(offer(fixture)->isVisible(), kLong);
        QVERIFY2(offer(fixture)->what().contains("0000-d2o-f"), qPrintable(offer(fixture)->what()));
        QVERIFY2(offer(fixture)->what().contains("0.008"), qPrintable(offer(fixture)->what()));
        QVERIFY(!QApplication::activeModalWidget());
        fixture.click(answer(fixture, "messageAction"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > 0, kLong);
        QVERIFY(fixture.window->windowTitle().contains("0000"));
        QVERIFY(!offer(fixture)->isVisible());
        fixture.clickStop();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Finished, kLong);
    }

    void aDeclinedRunIsNotOfferedAgain() {
        WindowFixture fixture;
        makeKilledRun(fixture.options.runs);
        fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(offer(fixture)->isVisible(), kLong);
        fixture.click(answer(fixture, "messageDismiss"));
        QTRY_VERIFY(!offer(fixture)->isVisible());
        QCOMPARE(fixture.settings.ignoredRuns().size(), 1);
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QTest::qWait(300);
        QVERIFY(!offer(fixture)->isVisible());
    }

    // Wherever it lies: what was stopped is over, what was going on when the window was closed is asked about.
    void aRunThatWasLeftIsOfferedAtTheNextStartAndAStoppedOneIsNot() {
        WindowFixture fixture;
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        fixture.typeTinyRun("1000");
        fixture.clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > 0, kLong);
        fixture.clickStop();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Finished, kLong);
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QTest::qWait(300);
        QVERIFY(!offer(fixture)->isVisible());
        fixture.typeTinyRun("1000");
        fixture.clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > 0, kLong);
        fixture.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.window->isVisible(), kLong);
        fixture.options.runs = fixture.folder.filePath("elsewhere");
        fixture.open();
        QTRY_VERIFY_WITH_TIMEOUT(offer(fixture)->isVisible(), kLong);
        QVERIFY2(offer(fixture)->what().contains("0001"), qPrintable(offer(fixture)->what()));
        // An answer before the files are open is kept until they are.
        fixture.click(answer(fixture, "messageAction"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > 0, kLong);
    }

    void aRunThatEndedOrStillGoesIsNotOffered() {
        WindowFixture fixture;
        makeKilledRun(fixture.options.runs);
        const std::string run = (fixture.options.runs + "/" + fixture.runFolders().front()).toStdString();
        QVERIFY(wasInterrupted(run));
        RunLock lock(run);  // this process goes on with it
        QVERIFY(!wasInterrupted(run));
        lock.end();
        QVERIFY(!wasInterrupted(run));
    }

    void aRunThatIsWrittenElsewhereIsNotContinued() {
        WindowFixture fixture;
        makeKilledRun(fixture.options.runs);
        const QString run = fixture.options.runs + "/" + fixture.runFolders().front();
        const RunLock lock(run.toStdString());
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        QVERIFY(!fixture.window->strip()->isVisible());
        QVERIFY(fixture.window->compute().continueRun(run));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window->strip()->detail().contains("is being written by the process"), kLong);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
    }

    void memoryIsShownAndReleasedWithoutChangingTheRun() {
        WindowFixture fixture;
        fixture.open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Ready, kLong);
        fixture.typeTinyRun("1000");
        fixture.clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > 0, kLong);
        QVERIFY(!fixture.window->actions().releaseMemory->isEnabled());
        fixture.clickPause();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.state(), RunState::Paused, kLong);
        fixture.window->actions().releaseMemory->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.window->strip()->isVisible(), kLong);
        QCOMPARE(fixture.state(), RunState::Paused);
        const int points = fixture.losses().pointCount(0);
        fixture.clickPause();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.losses().pointCount(0) > points, kLong);
        bool said = false;
        for (const QLabel* label : fixture.window->statusLine()->findChildren<QLabel*>())
            said = said || label->text().contains("iB");
        QVERIFY(said);
    }

    void aUserElsewhereIsNotifiedAndOneWhoIsHereIsNot() {
        QWidget window;
        window.show();
        Notifier notifier(&window);
        window.activateWindow();
        QTRY_VERIFY(window.isActiveWindow());
        notifier.notify("here");
        QVERIFY(notifier.lastText().isEmpty());
        QWidget other;
        other.show();
        other.activateWindow();
        QTRY_VERIFY(!window.isActiveWindow());
        notifier.notify("there");
        QCOMPARE(notifier.lastText(), QString("there"));
    }

private:
    static MessageStrip* offer(const WindowFixture& fixture) { return fixture.window->continueOffer().strip(); }
    static QWidget* answer(const WindowFixture& fixture, const char* name) {
        return offer(fixture)->findChild<QPushButton*>(name);
    }

    // A run of the command line, killed as soon as it is saved.
    static void makeKilledRun(const QString& runs) {
        QDir().mkpath(runs);
        const QString folder = runs + "/0000-d2o-f";
        QFile config(runs + "/../config.json");
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("{\"fid_every_kimg\": 0}");
        config.close();
        QProcess process;
        process.start(qEnvironmentVariable("THAW_CLI"),
                      {"finetune", "--model", "builtin", "--data", "builtin", "--freeze", "d2o-f", "--kimg", "100",
                       "--batch", "8", "--config", config.fileName(), "--out", folder, "--device", "cpu"});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder + "/state.safetensors"), kLong);
        process.kill();
        QVERIFY(process.waitForFinished(kLong));
    }
};

THAW_TEST(SessionTest);
#include "session_test.moc"
