// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/menus.h"

#include "app/frequency/frequency_actions.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/model/model_page.h"
#include "app/samples/compare_page.h"
#include "app/training/run_actions.h"
#include "app/training/run_page.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/pages.h"
#include "app/window/workbench.h"

#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

namespace thaw {
namespace {

// Desktops differ in it, hands as well.
QList<QKeySequence> redoKeys() {
    QList<QKeySequence> keys = QKeySequence::keyBindings(QKeySequence::Redo);
    for (const QKeySequence& other :
         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)})
        if (!keys.contains(other)) keys << other;
    return keys;
}

}  // namespace

void Menus::fill(QMenuBar& bar, const Actions& actions, const Pages& pages, const Workbench& workbench,
                 QUndoStack& undo, QMenu* recentModels) {
    const RunActions& run = pages.run.actions();
    const FrequencyActions& spectra = pages.frequency.actions();
    QMenu* file = bar.addMenu(tr("&File"));
    file->addActions({actions.openModel, actions.openRun});
    file->addActions({actions.openData, actions.openDataFolder});
    file->addMenu(recentModels);
    file->addSeparator();
    file->addActions({actions.openSession, actions.saveSession});
    file->addSeparator();
    file->addAction(actions.continueRun);
    file->addAction(run.saveSnapshot);
    file->addSeparator();
    file->addActions({actions.newFigure, actions.openFigure});
    QMenu* figures = file->addMenu(tr("&Export"));
    figures->addActions({pages.samples.exportAction(), pages.curves.exportLossesAction(),
                         pages.curves.exportFidAction(), spectra.exportFigure});
    file->addSeparator();
    file->addAction(actions.quit);

    QMenu* edit = bar.addMenu(tr("&Edit"));
    QAction* undoAction = undo.createUndoAction(&bar, tr("&Undo:"));
    undoAction->setShortcut(QKeySequence::Undo);
    QAction* redoAction = undo.createRedoAction(&bar, tr("&Redo:"));
    redoAction->setShortcuts(redoKeys());
    edit->addActions({undoAction, redoAction});
    edit->addSeparator();
    edit->addAction(pages.blocks.findAction());

    QMenu* view = bar.addMenu(tr("&View"));
    for (const QDockWidget* dock : workbench.docks()) view->addAction(dock->toggleViewAction());
    view->addSeparator();
    view->addSection(tr("Arrangement"));
    view->addActions(actions.arrangements->actions());
    view->addAction(actions.resetLayout);
    view->addSeparator();
    view->addMenu(tr("T&heme"))->addActions(actions.themes->actions());
    view->addMenu(tr("Lan&guage"))->addActions(actions.languages->actions());
    view->addSeparator();
    view->addAction(actions.fullScreen);

    QMenu* model = bar.addMenu(tr("&Model"));
    model->addAction(pages.card.showAction());
    model->addAction(actions.openBuiltin);
    model->addAction(actions.openBuiltinColour);
    model->addSeparator();
    model->addActions({actions.openElsewhere, actions.backHere});
    model->addSeparator();
    model->addSection(tr("Freeze"));
    model->addActions(pages.blocks.presets()->actions());

    QMenu* training = bar.addMenu(tr("&Training"));
    training->addActions({run.start, run.pause, run.stop, run.step, run.stepG, run.stepD});
    training->addSeparator();
    training->addActions({run.measureFid, run.saveSnapshot});
    training->addSeparator();
    training->addActions({run.openRunsFolder, run.watchFolder, actions.releaseMemory});

    QMenu* frequency = bar.addMenu(tr("F&requency"));
    frequency->addActions(spectra.views->actions());
    frequency->addSeparator();
    frequency->addActions(spectra.sources->actions());
    frequency->addSeparator();
    frequency->addAction(spectra.exportFigure);

    QMenu* help = bar.addMenu(tr("&Help"));
    help->addActions(
        {actions.helpHere, actions.tour, actions.firstSteps, actions.objectives, actions.shortcuts, actions.whatsThis});
    help->addSeparator();
    help->addAction(actions.about);
    for (QMenu* menu : {file, model, training}) menu->setToolTipsVisible(true);
}

}  // namespace thaw
