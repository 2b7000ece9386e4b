// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/runs_list.h"
#include "app/shared/known_runs.h"
#include "app/training/run_folders.h"
#include "core/formats/config_json.h"
#include "tests/fid_point.h"
#include "tests/registry.h"

#include <QDir>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace thaw;

class RunsListTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    void makeRun(const QString& name, const FinetuneConfig& config, const QByteArray& stats) const {
        QVERIFY(QDir(folder_.path()).mkpath(name));
        QFile file(folder_.filePath(name + "/config.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        auto json = toJson(config);
        json.insert(1, "\"objective\": \"" + objectiveName(config) + "\",");
        file.write(json.c_str());
        QFile log(folder_.filePath(name + "/stats.jsonl"));
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write(stats);
    }
    static QTreeWidgetItem* item(QTreeWidget* table, const QString& name) {
        return table->findItems(name, Qt::MatchExactly).value(0);
    }
    static void click(QTreeWidget* table, QTreeWidgetItem* item, Qt::KeyboardModifiers keys = {}) {
        const auto cell = table->visualItemRect(item);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, keys, QPoint(60, cell.center().y()));
    }

private Q_SLOTS:
    void initTestCase() {
        FinetuneConfig first, second;
        second.generator.learningRate = 1e-3;
        setObjective(second, "cd,gan");
        makeRun("0000-d2o-f", first, R"({"step":1,"kimg":0.064,"g_loss":0.7,"d_loss":1.4}
{"event":"fid","kimg":0.064,"fid":20.5,"num":1000,"features":"f","reference":"r"}
{"step":2,"kimg":0.128,"g_loss":0.6,"d_loss":1.3}
{"event":"fid","kimg":0.128,"fid":30.5,"num":1000,"features":"f","reference":"r"}
)");
        makeRun("0001-cd-gan-d2o-f", second, "");
    }

    void everyRunIsALineWithItsFigures() {
        RunsList list(folder_.path());
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        QTRY_COMPARE(item(table, "0000-d2o-f")->text(1), QString("FD 20.5"));  // the best, not the last
        QCOMPARE(item(table, "0000-d2o-f")->text(3), QString("gan"));
        QCOMPARE(item(table, "0001-cd-gan-d2o-f")->text(3), QString("cd,gan"));
        QCOMPARE(table->topLevelItem(0)->text(0), QString("0001-cd-gan-d2o-f"));  // newest first
    }

    void tickingARunShowsItsCurvesUntilItIsUnticked() {
        RunsList list(folder_.path());
        list.resize(400, 300);
        list.show();
        QSignalSpy shown(&list, &RunsList::overlayShown), hidden(&list, &RunsList::overlayHidden);
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        QTRY_COMPARE(item(table, "0000-d2o-f")->text(3), QString("gan"));
        item(table, "0000-d2o-f")->setCheckState(0, Qt::Checked);
        QTRY_COMPARE(shown.size(), 1);
        const auto stats = shown.front()[1].value<RunStats>();
        QCOMPARE(int(stats.steps.size()), 2);
        QCOMPARE(int(stats.fids.size()), 2);
        list.refresh();  // the tick stays
        QTRY_COMPARE(item(table, "0000-d2o-f")->text(3), QString("gan"));
        QCOMPARE(item(table, "0000-d2o-f")->checkState(0), Qt::Checked);
        item(table, "0000-d2o-f")->setCheckState(0, Qt::Unchecked);
        QCOMPARE(hidden.size(), 1);
    }

    void theTickedRunsAreCompared() {
        RunsList list(folder_.path());
        list.resize(400, 300);
        list.show();
        QSignalSpy compare(&list, &RunsList::compareRequested);
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        auto* button = list.findChild<QPushButton*>("compareRuns");
        QTRY_COMPARE(item(table, "0000-d2o-f")->text(3), QString("gan"));
        item(table, "0001-cd-gan-d2o-f")->setCheckState(0, Qt::Checked);
        QVERIFY(!button->isEnabled());  // one run has nothing to be compared with
        item(table, "0000-d2o-f")->setCheckState(0, Qt::Checked);
        QVERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        const QStringList both{folder_.filePath("0000-d2o-f"), folder_.filePath("0001-cd-gan-d2o-f")};
        QCOMPARE(compare.size(), 1);
        QCOMPARE(compare.front().front().toStringList(), both);  // oldest first, whatever was ticked first
    }

    void chosenRunsAndTheOpenOneFillUpWhatIsNotTicked() {
        RunsList list(folder_.path());
        list.resize(400, 300);
        list.show();
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        auto* button = list.findChild<QPushButton*>("compareRuns");
        QTRY_COMPARE(item(table, "0000-d2o-f")->text(3), QString("gan"));
        click(table, item(table, "0001-cd-gan-d2o-f"));
        QVERIFY(!button->isEnabled());
        click(table, item(table, "0000-d2o-f"), Qt::ControlModifier);
        QVERIFY(button->isEnabled());
        click(table, item(table, "0000-d2o-f"));
        QVERIFY(!button->isEnabled());
        list.setCurrentRun(folder_.filePath("0001-cd-gan-d2o-f"));
        QVERIFY(button->isEnabled());
        QCOMPARE(list.compared(), (QStringList{folder_.filePath("0000-d2o-f"), folder_.filePath("0001-cd-gan-d2o-f")}));
    }

    void aRunningRunShowsItsNumbers() {
        RunsList list(folder_.path());
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        list.setCurrentRun(folder_.filePath("0001-cd-gan-d2o-f"));
        QTRY_COMPARE(item(table, "0001-cd-gan-d2o-f")->text(3), QString("cd,gan"));
        QCOMPARE(item(table, "0001-cd-gan-d2o-f")->text(2), QString());
        StepMetrics step;
        step.kimg = 0.75;
        list.known().showLive(std::vector{step});
        list.known().showLive(fidPoint(0.75, 12.5, 1000));
        QCOMPARE(item(table, "0001-cd-gan-d2o-f")->text(2), QString("0.75 / 100"));
        QCOMPARE(item(table, "0001-cd-gan-d2o-f")->text(1), QString("FD 12.5"));
        QCOMPARE(item(table, "0000-d2o-f")->text(1), QString("FD 20.5"));
        list.known().showLive(RunEvent{3, 0.75, "none", "freeze"});
        QVERIFY(item(table, "0001-cd-gan-d2o-f → none"));
    }

    void anImportIsDrawnAndOnlyRead() {
        QTemporaryDir elsewhere;
        QVERIFY(QDir(elsewhere.path()).mkpath("afhq"));
        QFile log(elsewhere.filePath("afhq/stats.jsonl"));
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write(R"({"Progress/kimg": {"mean": 4.5}, "Loss/G/loss": {"mean": 0.5}, "Loss/D/reg": {"mean": 0.1}})");
        log.close();
        const QString path = elsewhere.filePath("afhq");
        RunsList list(folder_.path());
        list.resize(400, 300);
        list.show();
        list.setEnabledFor(true, true);
        QSignalSpy shown(&list, &RunsList::overlayShown), hidden(&list, &RunsList::overlayHidden),
            imported(&list, &RunsList::imported);
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        list.importCurves(path);
        QTRY_COMPARE(shown.size(), 1);
        QCOMPARE(shown.front()[0].toString(), path);
        QCOMPARE(shown.front()[1].value<RunStats>().steps.front().gLoss.value(), 0.5);
        QCOMPARE(imported.size(), 1);
        QVERIFY(imported.front()[1].toStringList().front().contains("Loss/D/reg"));
        QTRY_VERIFY(item(table, "afhq") && item(table, "afhq")->text(3) == "import of StyleGAN or D2O");
        QCOMPARE(item(table, "afhq")->checkState(0), Qt::Checked);
        click(table, item(table, "afhq"));
        for (const QPushButton* button : list.findChildren<QPushButton*>())
            if (button->objectName() != "compareRuns") QVERIFY2(!button->isEnabled(), qPrintable(button->text()));
        QVERIFY(list.folders().rename(path, "mine").contains("only read"));
        QVERIFY(list.folders().trash(path).contains("only read"));
        list.showMenu(list.mapToGlobal(QPoint(10, 10)));
        for (QAction* action : list.findChild<QMenu*>("runMenu")->actions())
            if (action->text() == "Take the import off the list") action->trigger();
        QCOMPARE(hidden.size(), 1);
        QTRY_VERIFY(!item(table, "afhq"));
        QVERIFY(QFile::exists(path + "/stats.jsonl"));
    }

    void whatIsNoLogIsSaid() {
        RunsList list(folder_.path());
        QSignalSpy shown(&list, &RunsList::overlayShown), failed(&list.folders(), &RunFolders::failed);
        list.importCurves(folder_.filePath("0001-cd-gan-d2o-f"));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed.front()[1].toString().contains("holds no line of a log"));
        QCOMPARE(shown.size(), 0);
        QVERIFY(list.overlaid().isEmpty());
    }

    void theMenuActsOnTheChosenRuns() {
        RunsList list(folder_.path());
        list.resize(400, 300);
        list.show();
        QSignalSpy column(&list, &RunsList::columnRequested);
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        QTRY_COMPARE(item(table, "0000-d2o-f")->text(3), QString("gan"));
        click(table, item(table, "0000-d2o-f"));
        list.showMenu(list.mapToGlobal(QPoint(10, 10)));
        auto* menu = list.findChild<QMenu*>("runMenu");
        QVERIFY(menu);
        QAction* add = nullptr;
        for (QAction* action : menu->actions())
            if (action->text() == "Add as column of the samples") add = action;
        QVERIFY(add && add->isEnabled());
        add->trigger();
        QCOMPARE(column.size(), 1);
        QCOMPARE(column.front().front().toString(), folder_.filePath("0000-d2o-f"));
        menu->close();
    }
};

THAW_TEST(RunsListTest);
#include "runs_list_test.moc"
