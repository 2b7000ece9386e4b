// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_page.h"
#include "app/engine/compute_thread.h"
#include "app/training/run_comparison.h"
#include "app/training/runs_list.h"
#include "tests/registry.h"

#include <QDir>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace thaw;

class RunPageTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

private Q_SLOTS:
    void initTestCase() {
        for (const char* name : {"0000-d2o-f", "0001-cd-d2o-f"}) {
            QVERIFY(QDir(folder_.path()).mkpath(name));
            QFile config(folder_.filePath(QString(name) + "/config.json"));
            QVERIFY(config.open(QIODevice::WriteOnly));
            config.write(name[3] == '0' ? R"({"objective": "gan"})" : R"({"objective": "cd"})");
        }
    }

    // Two ticks, a click, and one more for the sample grid.
    void finishedRunsAreComparedInThreeClicks() {
        ComputeThread compute(ComputeOptions{});
        RunPage page(compute, folder_.path());
        page.show();
        auto* table = page.findChild<QTreeWidget*>("runsTable");
        QTRY_COMPARE(table->topLevelItemCount(), 2);
        QTRY_COMPARE(table->topLevelItem(0)->text(3), QString("cd"));
        for (int row : {0, 1}) table->topLevelItem(row)->setCheckState(0, Qt::Checked);
        QTest::mouseClick(page.findChild<QPushButton*>("compareRuns"), Qt::LeftButton);
        auto* comparison = page.findChild<RunComparison*>("runComparison");
        QVERIFY(comparison && comparison->isVisible());
        QVERIFY2(comparison->text().startsWith("Run\t0000-d2o-f\t0001-cd-d2o-f\n"), qPrintable(comparison->text()));
        QVERIFY(comparison->text().contains("\nObjective\tgan\tcd\n"));
        QSignalSpy columns(page.runs(), &RunsList::columnRequested);
        for (auto* button : comparison->findChildren<QPushButton*>())
            if (button->text() == "Add as columns") button->click();
        QCOMPARE(columns.size(), 2);
        QCOMPARE(columns[0].front().toString(), folder_.filePath("0000-d2o-f"));
        QCOMPARE(columns[1].front().toString(), folder_.filePath("0001-cd-d2o-f"));
    }
};

THAW_TEST(RunPageTest);
#include "run_page_test.moc"
