// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/compute_thread.h"
#include "app/samples/compare_page.h"
#include "app/shared/known_runs.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "tests/registry.h"
#include "widgets/samples/sample_grid.h"

#include <QDir>
#include <QFile>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace thaw;

class SampleMenusTest : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;

    void write(const QString& name, const QByteArray& text) const {
        QFile file(folder_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static QStringList offered(const QMenu& menu) {
        QStringList texts;
        for (const QAction* action : menu.actions())
            if (!action->data().isNull()) texts << action->text();
        return texts;
    }

private Q_SLOTS:
    void initTestCase() {
        for (const char* name : {"0000-d2o-f", "0001-cd-d2o-f", "0002-none"})
            QVERIFY(QDir(folder_.path()).mkpath(name));
        write("0000-d2o-f/config.json", R"({"objective": "gan", "kimg": 20})");
        write("0000-d2o-f/stats.jsonl", R"({"step":1,"kimg":10,"g_loss":0.7}
{"event":"fid","kimg":10,"fid":8.25,"num":1000,"features":"f","reference":"r"}
)");
        write("0001-cd-d2o-f/config.json", R"({"objective": "cd", "kimg": 5})");
        write("0001-cd-d2o-f/stats.jsonl", R"({"step":1,"kimg":5,"distill_loss":0.7}
{"event":"freeze","step":1,"text":"none"}
)");
        write("0002-none/config.json", R"({"objective": "gan", "kimg": 5})");  // it has made no step
    }

    void addListsTheKnownRunsAndTheHeadingNamesTheOneThatIsChosen() {
        ComputeThread compute(ComputeOptions{});
        Selection selection;
        Settings settings(folder_.filePath("thaw.ini"));
        KnownRuns known(folder_.path());
        ComparePage page(compute, selection, settings);
        page.setRuns(known);
        known.refresh();
        QTRY_VERIFY(known.wasRead());
        QMenu* menu = page.findChild<QToolButton*>("addColumn")->menu();
        const int before = int(menu->actions().size());
        for (int twice = 0; twice < 2; ++twice) {  // a menu that is opened again has each run once
            Q_EMIT menu->aboutToShow();
            QCOMPARE(offered(*menu),
                     (QStringList{"0001-cd-d2o-f → none · cd · 5 kimg", "0000-d2o-f · gan · 10 / 20 kimg · FD 8.25"}));
            QCOMPARE(int(menu->actions().size()), before + 3);
        }
        for (QAction* action : menu->actions())
            if (action->text().startsWith("0000")) action->trigger();
        QCOMPARE(page.columns().size(), std::size_t(4));
        QVERIFY(page.columns().back() ==
                (ColumnSpec{SampleSource::OtherModel, kTrainedSteps, folder_.filePath("0000-d2o-f")}));
        QCOMPARE(page.grid()->block(3).caption, QString("0000-d2o-f · gan · 10 / 20 kimg · FD 8.25"));
    }

    void theOpenRunIsOfferedAsTheTunedGenerator() {
        ComputeThread compute(ComputeOptions{});
        Selection selection;
        Settings settings(folder_.filePath("thaw.ini"));
        KnownRuns known(folder_.path());
        ComparePage page(compute, selection, settings);
        page.setRuns(known);
        known.setCurrent(folder_.filePath("0000-d2o-f"));
        QTRY_VERIFY(known.wasRead());
        QMenu* menu = page.findChild<QToolButton*>("addColumn")->menu();
        Q_EMIT menu->aboutToShow();
        for (QAction* action : menu->actions())
            if (action->text().startsWith("0000")) action->trigger();
        QVERIFY(page.columns().back() == (ColumnSpec{SampleSource::TunedOneStep, 1}));
    }
};

THAW_TEST(SampleMenusTest);
#include "sample_menus_test.moc"
