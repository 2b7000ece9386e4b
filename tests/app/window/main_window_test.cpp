// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frequency/frequency_actions.h"
#include "app/model/model_page.h"
#include "app/studies/studies_page.h"
#include "app/training/runs_list.h"
#include "tests/app/window_fixture.h"
#include "tests/registry.h"

#include <QAccessible>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QSet>

using namespace thaw;

class MainWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        fixture_ = std::make_unique<WindowFixture>();
        fixture_->open();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
    }
    void cleanup() { fixture_.reset(); }

    void itOpensReadyToStartAndShowsSamplesAndASpectrum() {
        MainWindow& window = *fixture_->window;
        QVERIFY(window.toolBar()->startButton()->isEnabled());
        QVERIFY(!window.strip()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(window.isSettled(), kLong);
        QCOMPARE(fixture_->column(ComparePage::MultiStep).images.size(), std::size_t(16));
        QCOMPARE(fixture_->column(ComparePage::Before).images.size(), std::size_t(16));
        QVERIFY(fixture_->column(ComparePage::MultiStep).images != fixture_->column(ComparePage::Before).images);
        QTRY_VERIFY_WITH_TIMEOUT(!window.frequencyPage()->heatmap()->data().empty(), kLong);
        QVERIFY(window.windowTitle().startsWith("Thaw"));
        QVERIFY(window.windowTitle().contains(QString::fromStdString(window.blocksPage()->tree()->model().title)));
    }

    void buttonsAreEnabledByTheTableAlone() {
        const RunActions& actions = fixture_->window->runPage()->actions();
        QVERIFY(actions.start->isEnabled() && fixture_->window->actions().openModel->isEnabled());
        QVERIFY(!actions.pause->isEnabled() && !actions.stop->isEnabled() && !actions.step->isEnabled());
        QVERIFY(!actions.saveSnapshot->isEnabled() && !actions.measureFid->isEnabled());
    }

    void startThenPauseAtOnceEndsPausedAndStopSavesTheRun() {
        const MainWindow& window = *fixture_->window;
        fixture_->typeTinyRun("1000");
        fixture_->clickStart();
        QCOMPARE(fixture_->state(), RunState::Starting);
        QVERIFY(!window.toolBar()->startButton()->isEnabled());
        fixture_->clickPause();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Paused, kLong);
        QVERIFY(window.runPage()->form()->isLocked());
        QVERIFY(window.runPage()->actions().step->isEnabled());
        fixture_->clickStop();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Finished, kLong);
        QCOMPARE(fixture_->runFolders().size(), 1);
        QVERIFY(window.strip()->isVisible());
        QVERIFY(!window.runPage()->form()->isLocked());
    }

    void closingWhileARunGoesOnSavesItAndAsksNothing() {
        fixture_->typeTinyRun("1000");
        fixture_->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 0, kLong);
        fixture_->window->close();
        QVERIFY(fixture_->window->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!fixture_->window->isVisible(), kLong);
        QVERIFY(!QApplication::activeModalWidget());
        QCOMPARE(fixture_->state(), RunState::Finished);
        QVERIFY(!QDir(fixture_->options.runs + "/" + fixture_->runFolders().front()).isEmpty());
    }

    void freezeChangesAreUndoneAndRedone() {
        MainWindow& window = *fixture_->window;
        const FreezePlan before = window.blocksPage()->plan();
        QAction* all = window.blocksPage()->presets()->actions().back();
        all->trigger();
        QCOMPARE(window.blocksPage()->plan(), parseFreezePlan("all"));
        QCOMPARE(window.runPage()->form()->config().freeze, parseFreezePlan("all"));
        QVERIFY(window.undoStack().undoText().contains(freezePresetTitle("all")));
        window.undoStack().undo();
        QCOMPARE(window.blocksPage()->plan(), before);
        QCOMPARE(window.blocksPage()->tree()->plan(), before);
        QCOMPARE(window.runPage()->form()->config().freeze, before);
        window.undoStack().redo();
        QCOMPARE(window.toolBar()->presetBox()->currentData().toString(), QString("all"));
    }

    void aFreezeChangeWhileRunningLeavesAMarkOnTheCurves() {
        fixture_->typeTinyRun("1000");
        fixture_->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 0, kLong);
        const auto marks = [this] { return fixture_->losses().figure().marks.size(); };
        const auto before = marks();
        fixture_->window->blocksPage()->presets()->actions().at(2)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(marks() > before, kLong);
        QCOMPARE(fixture_->state(), RunState::Running);
    }

    void oneBlockSelectionMovesTreeAndSpectrum() {
        MainWindow& window = *fixture_->window;
        QTRY_VERIFY_WITH_TIMEOUT(window.isSettled(), kLong);
        const QString other = "dec.14x14_block0";
        QVERIFY(window.selection().block() != other);
        window.selection().setBlock(other);
        QCOMPARE(window.blocksPage()->tree()->selectedBlock(), other);
        QTRY_COMPARE_WITH_TIMEOUT(window.frequencyPage()->heatmap()->data().rows, 14, kLong);
    }

    void columnsAreAddedMovedAndRemovedAndTrajectoriesFollowTheSeed() {
        MainWindow& window = *fixture_->window;
        ComparePage& page = *window.comparePage();
        QTRY_VERIFY_WITH_TIMEOUT(window.isSettled(), kLong);
        const auto multi = fixture_->column(ComparePage::MultiStep).images;
        page.addColumn({SampleSource::OriginalMultiStep, 2});
        QCOMPARE(page.grid()->blockCount(), 4);
        QTRY_VERIFY_WITH_TIMEOUT(page.originalComplete(), kLong);
        QVERIFY(fixture_->column(3).images != multi);
        page.moveColumn(3, 0);
        QCOMPARE(fixture_->column(3).images, multi);
        page.removeColumn(0);
        QCOMPARE(page.grid()->blockCount(), 3);
        page.setTrajectoryShown(true);
        QTRY_VERIFY_WITH_TIMEOUT(!page.trajectory()->trajectory().sigmas.empty(), kLong);
        fixture_->click(page.grid());  // wherever it lands, the keys choose
        QTest::keyClick(page.grid(), Qt::Key_Home);
        QTest::keyClick(page.grid(), Qt::Key_Right);
        QTRY_COMPARE_WITH_TIMEOUT(page.trajectory()->trajectory().seed, std::uint64_t(1), kLong);
        QCOMPARE(page.trajectory()->trajectory().denoised.back(), fixture_->column(2).images[1]);
    }

    void aSavedImageNamesSeedAndModel() {
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->window->isSettled(), kLong);
        const ComparePage& page = *fixture_->window->comparePage();
        const QString path = fixture_->folder.filePath("one.png");
        QCOMPARE(page.saveImage(ComparePage::Before, 3, path), QString());
        const QImage image(path);
        QCOMPARE(image.text("Seed"), "3");
        QVERIFY(!image.text("Model").isEmpty());
        QCOMPARE(image.size(), QSize(28, 28));
        QVERIFY(!page.saveImage(ComparePage::Before, 3, fixture_->folder.filePath("none/one.png")).isEmpty());
        QVERIFY(!page.saveImage(ComparePage::After, 3, path).isEmpty());
    }

    void walkingThroughTheLatentsMovesOneStepImagesAndComesHome() {
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->window->isSettled(), kLong);
        ComparePage& page = *fixture_->window->comparePage();
        const auto home = fixture_->column(ComparePage::Before).images;
        Q_EMIT page.grid()->walked(1.0, 0.0);
        QTRY_VERIFY_WITH_TIMEOUT(page.originalComplete() && fixture_->column(ComparePage::Before).images != home,
                                 kLong);
        // One to the right is the next seed.
        QCOMPARE(fixture_->column(ComparePage::Before).images[0], home[1]);
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->column(ComparePage::MultiStep).shift.x == 1.0, kLong);
        page.walkHome();
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->column(ComparePage::Before).images, home, kLong);
    }

    void logitsAndGradientsAreDrawnAndTheTreeShowsTheBlocks() {
        MainWindow& window = *fixture_->window;
        fixture_->typeTinyRun("1000");
        fixture_->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(fixture_->losses().pointCount(0) > 2, kLong);
        TrainPage& curves = *window.trainPage();
        QCOMPARE(curves.logits()->pointCount(0), fixture_->losses().pointCount(0));
        QCOMPARE(curves.gradients()->pointCount(1), fixture_->losses().pointCount(0));
        // The selected block's own curve, and another one's when another is selected.
        QCOMPARE(curves.gradients()->figure().series[2].name, window.selection().block());
        QVERIFY(curves.gradients()->pointCount(2) > 0);
        window.selection().setBlock("dec.14x14_block0");
        QCOMPARE(curves.gradients()->figure().series[2].name, QString("dec.14x14_block0"));
        QVERIFY(curves.gradients()->pointCount(2) > 0);
        const auto* model = window.blocksPage()->tree()->treeModel();
        const QModelIndex block = model->indexOfBlock("dec.14x14_block0");
        QTRY_VERIFY_WITH_TIMEOUT(!block.siblingAtColumn(BlockTreeModel::Gradient).data().toString().isEmpty(), kLong);
    }

    void aWrongFileIsReportedInTheStripAndTheModelStays() {
        MainWindow& window = *fixture_->window;
        const QString title = window.windowTitle();
        QFile file(fixture_->folder.filePath("wrong.safetensors"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no model");
        file.close();
        window.opening().openModel(file.fileName());
        QTRY_VERIFY_WITH_TIMEOUT(window.strip()->isVisible(), kLong);
        QCOMPARE(window.strip()->severity(), MessageStrip::Severity::Error);
        QVERIFY(!window.strip()->detail().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(fixture_->state(), RunState::Ready, kLong);
        QCOMPARE(window.windowTitle(), title);
        QVERIFY(!QApplication::activeModalWidget());
    }

    void arrangementsShowTheirViewsAndTrainShowsAll() {
        Workbench& workbench = *fixture_->window->workbench();
        workbench.arrange("compare");
        QVERIFY(workbench.samples()->isVisible() && !workbench.frequency()->isVisible());
        workbench.arrange("frequency");
        QVERIFY(workbench.frequency()->isVisible() && !workbench.samples()->isVisible());
        workbench.arrange("train");
        // The card lies behind the blocks, and studies have an arrangement of their own.
        const auto allShown = [&] {
            for (const QDockWidget* dock : workbench.docks())
                if (dock != workbench.studies() && (dock == workbench.card() ? dock->isHidden() : !dock->isVisible()))
                    return false;
            return workbench.studies()->isHidden();
        };
        QVERIFY(allShown());
        workbench.toggleFilled(workbench.samples());
        QVERIFY(workbench.samples()->isVisible() && !workbench.curves()->isVisible());
        workbench.toggleFilled(workbench.samples());
        QVERIFY(allShown());
    }

    void aStudyIsOfWhatIsOpenAndItsRunsAreDrawnBesideTheOpenOne() {
        MainWindow& window = *fixture_->window;
        QTRY_VERIFY_WITH_TIMEOUT(window.isSettled(), kLong);
        StudiesPage& studies = *window.studiesPage();
        QVERIFY(studies.findChild<QPushButton*>("startStudy")->isEnabled());
        QCOMPARE(studies.folders().folder(), fixture_->folder.filePath("runs/studies"));
        window.workbench()->arrange("studies");
        QVERIFY(studies.isVisible());
        const QString run = fixture_->folder.filePath("runs/studies/a/runs/none-seed1");
        QVERIFY(QDir().mkpath(run));
        Q_EMIT studies.curvesRequested({run});
        QCOMPARE(window.workbench()->arrangement(), QString("train"));
        QCOMPARE(window.runPage()->runs()->overlaid(), QStringList(run));
        QTRY_VERIFY(window.workbench()->curves()->isVisible());
        // Opened as any other model: this one has no file yet, which is said.
        Q_EMIT studies.openRunRequested(run);
        QTRY_VERIFY_WITH_TIMEOUT(window.strip()->isVisible(), kLong);
        QVERIFY2((window.strip()->what() + window.strip()->detail()).contains("none-seed1"),
                 qPrintable(window.strip()->what() + window.strip()->detail()));
    }

    void everyActionIsInAMenuAndShortcutsAreUnique() {
        QSet<QKeySequence> shortcuts;
        QSet<QAction*> inMenus;
        const std::function<void(QMenu*)> visit = [&](QMenu* menu) {
            for (QAction* action : menu->actions()) {
                inMenus << action;
                if (action->menu()) visit(action->menu());
                else if (!action->isSeparator()) QVERIFY(!action->text().isEmpty());
            }
        };
        for (QAction* top : fixture_->window->menuBar()->actions()) visit(top->menu());
        const MainWindow& window = *fixture_->window;
        QList<QAction*> owned{window.blocksPage()->findAction(), window.modelPage()->showAction(),
                              window.comparePage()->exportAction(), window.trainPage()->exportLossesAction(),
                              window.trainPage()->exportFidAction()};
        owned << window.blocksPage()->presets()->actions();
        for (const QObject* owner : std::initializer_list<const QObject*>{
                 &window.actions(), &window.runPage()->actions(), &window.frequencyPage()->actions()})
            owned << owner->findChildren<QAction*>();
        QVERIFY(owned.size() > 50);
        for (auto* action : std::as_const(owned)) QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
        for (const QAction* action : std::as_const(inMenus))
            for (const QKeySequence& keys : action->shortcuts()) {
                QVERIFY2(!shortcuts.contains(keys), qPrintable(keys.toString()));
                shortcuts << keys;
            }
    }

    void everyControlHasANameForScreenReaders() {
        for (auto* widget : fixture_->window->findChildren<QWidget*>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy()) continue;
            if (QByteArray(widget->metaObject()->className()).startsWith("Q") && widget->objectName().startsWith("qt_"))
                continue;
            QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(accessible);
            const bool named = !accessible->text(QAccessible::Name).isEmpty();
            QVERIFY2(named, qPrintable(QString("%1 '%2' in %3")
                                           .arg(widget->metaObject()->className(), widget->objectName(),
                                                widget->parentWidget()->metaObject()->className())));
        }
    }

private:
    std::unique_ptr<WindowFixture> fixture_;
};

THAW_TEST(MainWindowTest);
#include "main_window_test.moc"
