// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/workbench.h"
#include "app/shared/settings.h"
#include "tests/registry.h"

#include <QAction>
#include <QDockWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace thaw;

class WorkbenchTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Settings> settings_;
    std::unique_ptr<Workbench> workbench_;

    static constexpr int kStateVersion = 2;

    void open() {
        workbench_ =
            std::make_unique<Workbench>(*settings_, Workbench::Views{new QWidget, new QWidget, new QWidget, new QWidget,
                                                                     new QWidget, new QWidget, new QWidget});
        workbench_->resize(1400, 900);
        workbench_->show();
        QVERIFY(QTest::qWaitForWindowExposed(workbench_.get()));
        QCoreApplication::processEvents();  // it is built once it has its size
    }
    // As a version wrote it that had six views, of which two were closed.
    static QByteArray olderLayout() {
        QMainWindow window;
        window.resize(1400, 900);
        for (const char* name : {"blocks", "card", "samples", "curves", "frequency", "run"}) {
            auto* dock = new QDockWidget(QLatin1String(name), &window);
            dock->setObjectName(QLatin1String(name));
            window.addDockWidget(Qt::LeftDockWidgetArea, dock);
            dock->setVisible(QLatin1String(name) != QLatin1String("card") &&
                             QLatin1String(name) != QLatin1String("run"));
        }
        window.show();
        QCoreApplication::processEvents();
        return window.saveState(kStateVersion);
    }
    QStringList shown() const {
        QStringList names;
        for (const QDockWidget* dock : workbench_->docks())
            if (!dock->isHidden()) names << dock->objectName();
        return names;
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        settings_ = std::make_unique<Settings>(folder_->filePath("thaw.ini"));
    }
    void cleanup() { workbench_.reset(); }

    void everyArrangementShowsItsViews() {
        open();
        QCOMPARE(workbench_->arrangement(), QString("train"));
        QCOMPARE(shown(), QStringList({"blocks", "card", "samples", "curves", "frequency", "run"}));
        QSignalSpy arranged(workbench_.get(), &Workbench::arranged);
        workbench_->arrange("studies");
        QCOMPARE(shown(), QStringList("studies"));
        QVERIFY(workbench_->studies()->isVisible() && !workbench_->studies()->isFloating());
        QCOMPARE(workbench_->arrangement(), QString("studies"));
        QCOMPARE(settings_->currentArrangement(), QString("studies"));
        QCOMPARE(arranged.last().first().toString(), QString("studies"));
        workbench_->arrange("compare");
        QVERIFY(!shown().contains("studies"));
        workbench_->arrange("frequency");
        QVERIFY(!shown().contains("studies"));
        workbench_->arrange("of another version");
        QCOMPARE(workbench_->arrangement(), QString("train"));
        QVERIFY(!shown().contains("studies"));
    }

    void whatIsMovedInAnArrangementIsRemembered() {
        open();
        workbench_->arrange("studies");
        workbench_->run()->show();
        workbench_->arrange("train");
        workbench_->arrange("studies");
        QCOMPARE(shown(), QStringList({"run", "studies"}));
        workbench_->reset();
        QCOMPARE(shown(), QStringList("studies"));
    }

    // What the user had arranged there stays as it was.
    void aLayoutWithoutStudiesGetsThemPlacedAndHidden() {
        settings_->setArrangement("train", olderLayout());
        open();
        QCOMPARE(shown(), QStringList({"blocks", "samples", "curves", "frequency"}));
        QVERIFY(workbench_->dockWidgetArea(workbench_->studies()) != Qt::NoDockWidgetArea);
        QVERIFY(!workbench_->studies()->isFloating());
        workbench_->studies()->toggleViewAction()->trigger();
        QTRY_VERIFY(workbench_->studies()->isVisible());
        QVERIFY(!workbench_->studies()->isFloating());
        workbench_->arrange("studies");
        QCOMPARE(shown(), QStringList("studies"));
        workbench_->arrange("train");
        QCOMPARE(shown(), QStringList({"blocks", "samples", "curves", "frequency", "studies"}));
    }
};

THAW_TEST(WorkbenchTest);
#include "workbench_test.moc"
