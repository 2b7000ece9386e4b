// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/menus.h"

#include "app/window/actions.h"
#include "app/window/workbench.h"

#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

namespace thaw {

void Menus::fill(QMenuBar& bar, const Actions& actions, const Workbench& workbench, QUndoStack& undo,
                 QMenu* recentModels) {
    QMenu* file = bar.addMenu(tr("&File"));
    file->addActions({actions.openModel, actions.openRun});
    file->addActions({actions.openData, actions.openDataFolder});
    file->addMenu(recentModels);
    file->addSeparator();
    file->addActions({actions.openSession, actions.saveSession});
    file->addSeparator();
    file->addAction(actions.continueRun);
    file->addAction(actions.saveSnapshot);
    file->addSeparator();
    file->addActions({actions.newFigure, actions.openFigure});
    QMenu* figures = file->addMenu(tr("&Export"));
    figures->addActions({actions.exportSamples, actions.exportLosses, actions.exportFid, actions.exportFrequency});
    file->addSeparator();
    file->addAction(actions.quit);

    QMenu* edit = bar.addMenu(tr("&Edit"));
    QAction* undoAction = undo.createUndoAction(&bar, tr("&Undo:"));
    undoAction->setShortcut(QKeySequence::Undo);
    QAction* redoAction = undo.createRedoAction(&bar, tr("&Redo:"));
    redoAction->setShortcut(QKeySequence::Redo);
    edit->addActions({undoAction, redoAction});
    edit->addSeparator();
    edit->addAction(actions.findBlock);

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
    model->addAction(actions.showCard);
    model->addAction(actions.openBuiltin);
    model->addSeparator();
    model->addSection(tr("Freeze"));
    model->addActions(actions.presets->actions());

    QMenu* training = bar.addMenu(tr("&Training"));
    training->addActions({actions.start, actions.pause, actions.stop, actions.step, actions.stepG, actions.stepD});
    training->addSeparator();
    training->addActions({actions.measureFid, actions.saveSnapshot});
    training->addSeparator();
    training->addActions({actions.openRunsFolder, actions.releaseMemory});

    QMenu* frequency = bar.addMenu(tr("F&requency"));
    frequency->addActions(actions.frequencyViews->actions());
    frequency->addSeparator();
    frequency->addActions(actions.frequencySources->actions());
    frequency->addSeparator();
    frequency->addAction(actions.exportFrequency);

    QMenu* help = bar.addMenu(tr("&Help"));
    help->addActions(
        {actions.helpHere, actions.tour, actions.firstSteps, actions.objectives, actions.shortcuts, actions.whatsThis});
    help->addSeparator();
    help->addAction(actions.about);
    for (QMenu* menu : {file, model, training}) menu->setToolTipsVisible(true);
}

}  // namespace thaw
