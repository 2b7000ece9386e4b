// SPDX-License-Identifier: GPL-3.0-or-later
// The window with the engine of another machine: used as a user does, over a line that runs thaw-cli here.
#include "app/shared/known_runs.h"
#include "app/training/run_folders.h"
#include "app/training/runs_list.h"
#include "app/window/far_file_dialog.h"
#include "app/window/far_machine.h"
#include "app/window/remote_dialog.h"
#include "core/formats/running_mark.h"
#include "tests/app/far_line.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QTreeWidget>

using namespace thaw;

class RemoteTest : public QObject {
    Q_OBJECT

    // What the other machine has as its data folder.
    void makeHome() const { qputenv("XDG_DATA_HOME", QFile::encodeName(line_->path("data"))); }
    QString farRuns() const { return line_->path("data/thaw/runs"); }
    MainWindow& window() const { return *fixture_->window; }

    template <class Dialog>
    Dialog* dialog() const {
        return window().findChild<Dialog*>();
    }
    static void press(const QWidget& dialog, const char* name) {
        auto* button = dialog.findChild<QPushButton*>(QLatin1String(name));
        QVERIFY2(button && button->isEnabled(), name);
        button->click();
    }
    void fillIn(const QString& host, const QString& command) const {
        window().actions().openElsewhere->trigger();
        auto* asked = dialog<RemoteDialog>();
        QVERIFY(asked);
        asked->findChild<QComboBox*>("remoteName")->setEditText(host);
        asked->findChild<QLineEdit*>("remoteCommand")->setText(command);
    }
    void connectTo(const QString& host) const {
        fillIn(host, FarLine::program());
        press(*dialog<RemoteDialog>(), "remoteConnect");
        QTRY_VERIFY_WITH_TIMEOUT(window().machine().isFar(), kLong);
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
        QTRY_COMPARE_WITH_TIMEOUT(window().runPage()->runs()->known().folder(), farRuns(), kLong);
    }
    void startEndlessRun() const {
        fixture_->typeTinyRun("1000");
        fixture_->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 2, kLong);
    }
    QString onlyRun() const {
        const auto runs = QDir(farRuns()).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
        return runs.size() == 1 ? runs.front().absoluteFilePath() : QString();
    }
    void answerBox(const QString& name, const QString& text) const {
        auto* box = window().findChild<QMessageBox*>(name);
        QVERIFY2(box, qPrintable(name));
        for (QAbstractButton* button : box->buttons())
            if (button->text().remove('&') == text) return button->click();
        QFAIL(qPrintable("no button " + text));
    }

private Q_SLOTS:
    void init() {
        line_ = std::make_unique<FarLine>();
        makeHome();
        fixture_ = std::make_unique<WindowFixture>();
        fixture_->open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
    }
    void cleanup() {
        fixture_.reset();
        qunsetenv("XDG_DATA_HOME");
        line_.reset();
    }

    void tryingOnlyGreetsAndSaysWhatIsThere() {
        fillIn("gpu1", FarLine::program());
        auto* asked = dialog<RemoteDialog>();
        auto* answer = asked->findChild<QLabel*>("remoteAnswer");
        press(*asked, "remoteTry");
        QTRY_COMPARE_WITH_TIMEOUT(answer->text(), QStringLiteral("gpu1 answers: thaw-cli " THAW_VERSION), kLong);
        QVERIFY(!window().machine().isFar());
        asked->findChild<QLineEdit*>("remoteCommand")->setText("no-such-thaw");
        press(*asked, "remoteConnect");
        QTRY_VERIFY_WITH_TIMEOUT(answer->text().contains("not found"), kLong);
        QVERIFY(!window().machine().isFar() && asked->isVisible());
        asked->findChild<QComboBox*>("remoteName")->setEditText("-oProxyCommand=x");
        press(*asked, "remoteTry");
        QVERIFY2(answer->text().contains("'-oProxyCommand=x' is no name"), qPrintable(answer->text()));
        QVERIFY(fixture_->settings.remoteHosts().isEmpty());
        asked->reject();
    }

    void theWindowNamesTheMachineAndShowsItsRun() {
        connectTo("gpu1");
        QVERIFY2(window().windowTitle().contains("gpu1"), qPrintable(window().windowTitle()));
        QVERIFY(window().statusLine()->runText().startsWith("gpu1"));
        QCOMPARE(fixture_->settings.remoteHosts().front().name, QString("gpu1"));
        QTRY_VERIFY_WITH_TIMEOUT(window().isSettled(), kLong);
        startEndlessRun();
        QVERIFY(onlyRun().startsWith(farRuns()));
        QVERIFY(fixture_->runFolders().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(window().runPage()->runs()->known().find(onlyRun()), kLong);
        fixture_->clickStop();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Finished, kLong);
        window().actions().backHere->trigger();
        QVERIFY(!window().machine().isFar());
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
        QVERIFY(!window().windowTitle().contains("gpu1"));
        QCOMPARE(window().runPage()->runs()->known().folder(), fixture_->options.runs);
    }

    void aBrokenLineIsSaidAndMadeAgain() {
        connectTo("gpu1");
        startEndlessRun();
        line_->cut();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Disconnected, kLong);
        QVERIFY2(window().statusLine()->runText().startsWith("gpu1: no connection since "),
                 qPrintable(window().statusLine()->runText()));
        QVERIFY(window().windowTitle().contains("gpu1: no connection since "));
        QVERIFY(window().machine().strip()->isVisible());
        QVERIFY(!window().actions().openModel->isEnabled());
        QVERIFY(!window().runPage()->actions().pause->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Running, kLong);
        QVERIFY(!window().machine().strip()->isVisible());
        // The curve has its first steps again, from the log there.
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 2, kLong);
        fixture_->clickStop();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Finished, kLong);
    }

    void whoLeavesIsAskedAndTheRunGoesOn() {
        connectTo("gpu1");
        startEndlessRun();
        const QString run = onlyRun();
        QVERIFY(!window().close());
        answerBox("farRun", "Leave it running");
        QTRY_VERIFY(!window().isVisible());
        fixture_->window.reset();
        QVERIFY(isRunning(run.toStdString()));
        // The next window finds it there, and takes it over.
        fixture_->open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
        connectTo("gpu1");
        MessageStrip* strip = window().machine().strip();
        QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible() && strip->what().contains("goes on"), kLong);
        strip->actionTriggered();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Running, kLong);
        QVERIFY(!window().close());
        answerBox("farRun", "Stop and save");
        QTRY_VERIFY_WITH_TIMEOUT(!window().isVisible(), kLong);
        fixture_->window.reset();
        QVERIFY(!isRunning(run.toStdString()));
    }

    void whatNeedsFilesOfThisMachineIsOff() {
        connectTo("gpu1");
        for (const QAction* action :
             {window().actions().openSession, window().actions().saveSession, window().actions().openFigure,
              window().runPage()->actions().openRunsFolder, window().runPage()->actions().watchFolder}) {
            QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
            QVERIFY2(action->toolTip() != action->statusTip(), qPrintable(action->text()));
        }
        window().actions().backHere->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
        QVERIFY(window().actions().openSession->isEnabled() && window().actions().openFigure->isEnabled());
        QVERIFY(window().runPage()->actions().watchFolder->isEnabled());
    }

    void filesAreChosenThere() {
        connectTo("gpu1");
        const QString folder = line_->path("far");
        QVERIFY(QDir().mkpath(folder + "/inner"));
        QVERIFY(QFile(folder + "/broken.safetensors").open(QIODevice::WriteOnly));
        window().actions().openModel->trigger();
        auto* asked = dialog<FarFileDialog>();
        QVERIFY(asked && asked->windowTitle().endsWith("(on gpu1)"));
        auto* path = asked->findChild<QLineEdit*>("farPath");
        auto* entries = asked->findChild<QTreeWidget*>("farEntries");
        QTRY_VERIFY_WITH_TIMEOUT(!path->text().isEmpty(), kLong);
        path->setText(folder);
        press(*asked, "farOpen");  // what was typed is a folder, and is listed first
        QTRY_COMPARE_WITH_TIMEOUT(entries->topLevelItemCount(), 2, kLong);
        QCOMPARE(entries->topLevelItem(0)->text(0), QString("inner"));
        entries->setCurrentItem(entries->topLevelItem(1));
        QCOMPARE(path->text(), folder + "/broken.safetensors");
        press(*asked, "farOpen");
        QTRY_VERIFY_WITH_TIMEOUT(window().strip()->isVisible(), kLong);
        QVERIFY2(window().strip()->detail().contains("broken.safetensors"), qPrintable(window().strip()->detail()));
        QVERIFY(fixture_->settings.recentModels().isEmpty());
    }

private:
    std::unique_ptr<FarLine> line_;
    std::unique_ptr<WindowFixture> fixture_;
};

THAW_TEST(RemoteTest);
#include "remote_test.moc"
