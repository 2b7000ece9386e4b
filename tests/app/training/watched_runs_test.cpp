// SPDX-License-Identifier: GPL-3.0-or-later

// Runs that another process writes, as the table and the curves show them: a folder that the test writes step by step.
#include "app/shared/known_runs.h"
#include "app/shared/settings.h"
#include "app/shared/watched_run_bar.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "core/formats/run_files.h"
#include "core/formats/running_mark.h"
#include "tests/registry.h"
#include "widgets/curves/curve_plot.h"

#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <memory>

using namespace thaw;

namespace {

constexpr int kPatience = 20'000;  // ms; a busy machine may take its time

enum WatchedColumn { NameColumn = 0, BestColumn = 1, KimgColumn = 2, StateColumn = 5, NewestColumn = 6 };

}  // namespace

class WatchedRunsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Settings> settings_;

    QString at(const QString& name) const { return folder_->filePath(name); }
    void write(const QString& name, const QByteArray& text, QIODevice::OpenMode mode = QIODevice::WriteOnly) const {
        QVERIFY(QDir().mkpath(QFileInfo(at(name)).path()));
        QFile file(at(name));
        QVERIFY(file.open(mode));
        file.write(text);
    }
    void log(const QString& run, const QByteArray& line) const {
        write(run + "/stats.jsonl", line + '\n', QIODevice::Append);
    }
    void makeRun(const QString& run) const {
        write(run + "/config.json", R"({"objective": "gan", "freeze": "d2o-f", "kimg": 8})");
    }
    static QByteArray step(int number) {
        return QStringLiteral("{\"step\":%1,\"kimg\":%2,\"g_loss\":0.5,\"d_loss\":1,\"grad_g\":2}")
            .arg(number)
            .arg(number * 0.5)
            .toUtf8();
    }
    static QTreeWidget* tableOf(const RunsList& list) { return list.findChild<QTreeWidget*>("runsTable"); }
    static QString cell(const RunsList& list, const QString& run, int column) {
        const auto* item = tableOf(list)->findItems(run, Qt::MatchExactly).value(0);
        return item ? item->text(column) : QStringLiteral("no such row");
    }
    struct Watched {
        RunsList list;
        TrainPage page;
        Watched(const QString& folder, Settings& settings) : list(folder), page(settings) {
            connect(&list, &RunsList::overlayShown, &page, &TrainPage::showOverlay);
            connect(&list, &RunsList::overlayGrown, &page, &TrainPage::growOverlay);
            connect(&list, &RunsList::overlayHidden, &page, &TrainPage::hideOverlay);
            list.resize(600, 300);
            list.show();
        }
        static int drawn(const CurvePlot& plot) {
            int points = 0;
            for (const CurveSeries& series : plot.figure().series)
                if (series.visible) points = std::max(points, int(series.x.size()));
            return points;
        }
    };

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        settings_ = std::make_unique<Settings>(at("thaw.ini"));
        QVERIFY(QDir().mkpath(at("runs")));
    }

    void aRunThatBeginsElsewhereIsARowThatGrows() {
        Watched window(at("runs"), *settings_);
        QTRY_COMPARE_WITH_TIMEOUT(tableOf(window.list)->topLevelItemCount(), 1, kPatience);  // "No run yet"
        makeRun("runs/0000-a");
        auto lock = std::make_unique<RunLock>(at("runs/0000-a").toStdString());
        lock->markBegun();
        QTRY_VERIFY_WITH_TIMEOUT(cell(window.list, "0000-a", StateColumn)
                                     .startsWith("running on " + QSysInfo::machineHostName() + " since "),
                                 kPatience);
        log("runs/0000-a", step(1));
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a", KimgColumn), QString("0.5 / 8"), kPatience);
        log("runs/0000-a", step(2));
        log("runs/0000-a", R"({"event":"fid","kimg":1,"fid":9.5,"num":1000,"features":"f","reference":"r"})");
        log("runs/0000-a", R"({"event":"fid","kimg":1,"fid":12.5,"num":1000,"features":"f","reference":"r"})");
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a", NewestColumn), QString("FD 12.5"), kPatience);
        QCOMPARE(cell(window.list, "0000-a", BestColumn), QString("FD 9.5"));
        QCOMPARE(cell(window.list, "0000-a", KimgColumn), QString("1 / 8"));
        log("runs/0000-a", R"({"event":"stopped","step":2})");
        lock->end();
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a", StateColumn), QString("stopped"), kPatience);
    }

    void whatItsProcessSaysIsShownWhileItLives() {
        makeRun("runs/0000-a");
        log("runs/0000-a", step(1));
        auto lock = std::make_unique<RunLock>(at("runs/0000-a").toStdString());
        lock->markBegun();
        write("runs/0000-a/status.json", R"({"state": "paused", "target_kimg": 16, "pid": )" +
                                             QByteArray::number(QCoreApplication::applicationPid()) + "}");
        Watched window(at("runs"), *settings_);
        QTRY_VERIFY_WITH_TIMEOUT(cell(window.list, "0000-a", StateColumn).startsWith("paused on "), kPatience);
        QCOMPARE(cell(window.list, "0000-a", KimgColumn), QString("0.5 / 16"));
        lock->suspend();
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a", StateColumn), QString("interrupted"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a", KimgColumn), QString("0.5 / 8"), kPatience);
    }

    // Its mark is there, and nobody holds the lock.
    void aRunWhoseProcessDiedIsInterrupted() {
        makeRun("runs/0000-a");
        log("runs/0000-a", step(1));
        write("runs/0000-a/running", "2147483646 " + QSysInfo::machineHostName().toUtf8() + " locked\n");
        write("runs/0000-a/status.json", R"({"state": "running", "pid": 2147483646})");
        Watched window(at("runs"), *settings_);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a", StateColumn), QString("interrupted"), kPatience);
    }

    void aProcessThatCannotBeAskedAndIsSilentIsNotSaidToRun() {
        makeRun("runs/0000-a");
        log("runs/0000-a", step(1));
        write("runs/0000-a/running", "7 far-away\n");
        const auto past = QDateTime::currentDateTime().addSecs(-3600);
        for (const char* name : {"running", "stats.jsonl"}) {
            QFile file(at(QStringLiteral("runs/0000-a/") + name));
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(past, QFileDevice::FileModificationTime));
        }
        Watched window(at("runs"), *settings_);
        QTRY_VERIFY_WITH_TIMEOUT(
            cell(window.list, "0000-a", StateColumn).startsWith("no sign of life from far-away since "), kPatience);
        log("runs/0000-a", step(2));  // it does live
        QTRY_VERIFY_WITH_TIMEOUT(cell(window.list, "0000-a", StateColumn).startsWith("running on far-away"), kPatience);
    }

    void tickedRunsGrowAndTakeBack() {
        makeRun("runs/0000-a");
        log("runs/0000-a", step(1));
        const RunLock lock(at("runs/0000-a").toStdString());
        Watched window(at("runs"), *settings_);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a", KimgColumn), QString("0.5 / 8"), kPatience);
        tableOf(window.list)->findItems("0000-a", Qt::MatchExactly).value(0)->setCheckState(NameColumn, Qt::Checked);
        QTRY_COMPARE_WITH_TIMEOUT(Watched::drawn(*window.page.losses()), 1, kPatience);
        QSignalSpy whole(&window.list, &RunsList::overlayShown);
        for (int number = 2; number <= 4; ++number) log("runs/0000-a", step(number));
        log("runs/0000-a", R"({"event":"fid","kimg":2,"fid":9.5,"num":1000,"features":"f","reference":"r"})");
        QTRY_COMPARE_WITH_TIMEOUT(Watched::drawn(*window.page.losses()), 4, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(Watched::drawn(*window.page.fid()), 1, kPatience);
        QCOMPARE(whole.size(), 0);  // only what was appended came
        log("runs/0000-a", R"({"event":"resume","step":2,"kimg":1})");
        QTRY_COMPARE_WITH_TIMEOUT(Watched::drawn(*window.page.losses()), 2, kPatience);
        QCOMPARE(whole.size(), 1);
        QCOMPARE(Watched::drawn(*window.page.fid()), 0);
    }

    void aPreTrainingHasItsCurveToo() {
        write("runs/0000-p/config.json", R"({"kimg": 8})");
        write("runs/0000-p/data.json", "{}");
        log("runs/0000-p", R"({"step":50,"kimg":3.2,"loss":0.625})");
        Watched window(at("runs"), *settings_);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-p", KimgColumn), QString("3.2 / 8"), kPatience);
        window.list.showOverlays({at("runs/0000-p")});
        QTRY_COMPARE_WITH_TIMEOUT(Watched::drawn(*window.page.losses()), 1, kPatience);
        QStringList names;
        for (const CurveSeries& series : window.page.losses()->figure().series)
            if (series.visible && !series.x.empty()) names << series.name;
        QCOMPARE(names, QStringList("denoising 0000"));
    }

    void furtherFoldersAreListedUntilTheyAreWatchedNoMore() {
        makeRun("runs/0000-a");
        makeRun("exp/0000-a");
        Watched window(at("runs"), *settings_);
        QSignalSpy watched(&window.list, &RunsList::watchedChanged);
        window.list.watchFolder(at("exp"));
        QTRY_COMPARE_WITH_TIMEOUT(tableOf(window.list)->topLevelItemCount(), 2, kPatience);
        QCOMPARE(tableOf(window.list)->topLevelItem(1)->text(NameColumn), QString("0000-a in exp"));
        QCOMPARE(watched.back().front().toStringList(), QStringList(at("exp")));
        makeRun("exp/0001-b");
        QTRY_COMPARE_WITH_TIMEOUT(tableOf(window.list)->topLevelItemCount(), 3, kPatience);
        window.list.unwatchFolder(at("exp"));
        QCOMPARE(tableOf(window.list)->topLevelItemCount(), 1);
        QVERIFY(watched.back().front().toStringList().isEmpty());
    }

    void aFolderThatDoesNotAnswerIsSaidAndGoesOnByItself() {
        makeRun("exp/0000-a");
        log("exp/0000-a", step(1));
        Watched window(at("runs"), *settings_);
        auto* silent = window.list.findChild<QLabel*>("silentFolders");
        window.list.watchFolder(at("exp"));
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a in exp", KimgColumn), QString("0.5 / 8"), kPatience);
        QVERIFY(!silent->isVisible());
        QVERIFY(QDir().rename(at("exp"), at("away")));
        QTRY_VERIFY_WITH_TIMEOUT(silent->isVisible(), kPatience);
        QVERIFY2(silent->text().contains("exp"), qPrintable(silent->text()));
        // What was read stays, and is not said to be as it is now.
        QCOMPARE(cell(window.list, "0000-a in exp", KimgColumn), QString("0.5 / 8"));
        QVERIFY(cell(window.list, "0000-a in exp", StateColumn).startsWith("no answer since "));
        QVERIFY(QDir().rename(at("away"), at("exp")));
        log("exp/0000-a", step(2));
        write("exp/0000-a/fakes-0000000000.png", "x");
        QTRY_VERIFY_WITH_TIMEOUT(!silent->isVisible(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window.list, "0000-a in exp", KimgColumn), QString("1 / 8"), kPatience);
        QVERIFY(!cell(window.list, "0000-a in exp", StateColumn).startsWith("no answer"));
    }

    void aRunThatSomebodyTakesAwayTakesItsCurvesAlong() {
        makeRun("runs/0000-a");
        log("runs/0000-a", step(1));
        Watched window(at("runs"), *settings_);
        window.list.showOverlays({at("runs/0000-a")});
        QTRY_COMPARE_WITH_TIMEOUT(Watched::drawn(*window.page.losses()), 1, kPatience);
        QSignalSpy hidden(&window.list, &RunsList::overlayHidden);
        QVERIFY(QDir(at("runs/0000-a")).removeRecursively());
        QTRY_COMPARE_WITH_TIMEOUT(hidden.size(), 1, kPatience);
        QVERIFY(window.list.overlaid().isEmpty());
    }

    void aRunElsewhereThatIsLookedAtIsFollowedAlone() {
        makeRun("far/0000-a");
        log("far/0000-a", step(1));
        KnownRuns known(at("runs"));
        QSignalSpy logged(&known, &KnownRuns::logged), files(&known, &KnownRuns::filesChanged);
        known.setLookedAt(at("far/0000-a"));
        QTRY_COMPARE_WITH_TIMEOUT(logged.size(), 1, kPatience);
        QVERIFY(logged.front()[2].toBool());
        QVERIFY(!known.find(at("far/0000-a")));  // it is in no list
        QCOMPARE(known.known(at("far/0000-a"))->kimg.value(), 0.5);
        write("far/0000-a/ema-0000000500.safetensors", "x");
        QTRY_COMPARE_WITH_TIMEOUT(files.size(), 2, kPatience);
        QCOMPARE(files.back()[1].value<RunFiles>().snapshotKimg, 0.5);
        log("far/0000-a", step(2));
        QTRY_COMPARE_WITH_TIMEOUT(logged.size(), 2, kPatience);
        QVERIFY(!logged.back()[2].toBool());
        QCOMPARE(logged.back()[1].value<RunStats>().steps.size(), std::size_t(1));
        known.setLookedAt({});
        log("far/0000-a", step(3));
        QTest::qWait(1500);
        QCOMPARE(logged.size(), 2);
    }

    void theBarOffersWhatThereIs() {
        WatchedRunBar bar;
        QSignalSpy newest(&bar, &WatchedRunBar::newestRequested), follow(&bar, &WatchedRunBar::followingChanged);
        QVERIFY(bar.isHidden() && bar.text().isEmpty());
        bar.say({"Run 0000: running", true, true, false, false});
        auto* show = bar.findChild<QPushButton*>("showNewest");
        auto* tick = bar.findChild<QCheckBox*>("followNewest");
        bar.resize(400, 100);
        bar.show();
        QVERIFY(show->isVisible() && tick->isVisible());
        QVERIFY(!bar.findChild<QPushButton*>("ownSamples")->isVisible());
        for (const QWidget* control : {static_cast<QWidget*>(show), static_cast<QWidget*>(tick)}) {
            QVERIFY(!control->toolTip().isEmpty());
            QVERIFY(control->focusPolicy() & Qt::TabFocus);
        }
        QTest::mouseClick(show, Qt::LeftButton);
        QTest::keyClick(tick, Qt::Key_Space);
        QCOMPARE(newest.size(), 1);
        QCOMPARE(follow.size(), 1);
        QVERIFY(follow.front().front().toBool());
        // The menu is filled when it is opened, by who knows how the run stands then.
        auto* steer = bar.findChild<QPushButton*>("steerRun");
        QVERIFY(!steer->isVisible());
        bar.say({"Run 0000: running", false, false, false, false, true});
        QVERIFY(steer->isVisible() && !show->isVisible());
        connect(&bar, &WatchedRunBar::menuShown, &bar, [](QMenu* menu) { menu->addAction("x"); });
        for (int opened = 0; opened < 2; ++opened) Q_EMIT steer->menu()->aboutToShow();
        QCOMPARE(steer->menu()->actions().size(), 1);
        bar.setFollowing(false);  // from elsewhere: no request of the user
        QCOMPARE(follow.size(), 1);
        bar.say({});
        QVERIFY(bar.isHidden());
    }

    void watchedFoldersAreRemembered() {
        QVERIFY(settings_->watchedFolders().isEmpty() && !settings_->followsNewest());
        settings_->setWatchedFolders({"/a", "/b c"});
        settings_->setFollowsNewest(true);
        const Settings again(at("thaw.ini"));
        QCOMPARE(again.watchedFolders(), QStringList({"/a", "/b c"}));
        QVERIFY(again.followsNewest());
    }
};

THAW_TEST(WatchedRunsTest);
#include "watched_runs_test.moc"
