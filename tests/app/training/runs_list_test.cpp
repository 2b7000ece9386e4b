// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/runs_list.h"
#include "app/training/settings_difference.h"
#include "core/formats/config_json.h"
#include "tests/registry.h"

#include <QDir>
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

    void twoRunsCanBeComparedAndOneCannot() {
        RunsList list(folder_.path());
        list.resize(400, 300);
        list.show();
        QSignalSpy compare(&list, &RunsList::compareRequested);
        auto* table = list.findChild<QTreeWidget*>("runsTable");
        auto* button = list.findChild<QPushButton*>("compareRuns");
        QTRY_COMPARE(item(table, "0000-d2o-f")->text(3), QString("gan"));
        click(table, item(table, "0001-cd-gan-d2o-f"));
        QVERIFY(!button->isEnabled());
        click(table, item(table, "0000-d2o-f"), Qt::ControlModifier);
        QVERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(compare.size(), 1);
        const auto& a = compare.front();
        QCOMPARE(a[0].toString(), QString("0000-d2o-f"));
        const SettingsDifference difference(a[0].toString(), a[1].toString(), a[2].toString(), a[3].toString());
        const auto lines = difference.text().split('\n');
        QCOMPARE(lines.size(), 4);  // heading, distill.kind, generator.learning_rate, objective
        QVERIFY(lines.contains("generator.learning_rate\t0.0002\t0.001"));
        QVERIFY(lines.contains("distill.kind\tnone\tcd"));
    }
};

THAW_TEST(RunsListTest);
#include "runs_list_test.moc"
