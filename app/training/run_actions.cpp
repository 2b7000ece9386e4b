// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_actions.h"

#include "app/engine/compute_thread.h"
#include "app/shared/action_icons.h"
#include "app/shared/make_action.h"

#include <QAction>
#include <QWidget>

namespace thaw {

RunActions::RunActions(ComputeThread& compute, QWidget* page) : QObject(page), page_(page) {
    start = makeAction(this, tr("&Start"), tr("Start a run with these settings, in a folder of its own"), Qt::Key_F5);
    pause = makeAction(this, pauseTexts().front(), {}, Qt::Key_F6);
    stop = makeAction(this, tr("S&top and save"), tr("End the run and save it; it can be continued later"),
                      Qt::SHIFT | Qt::Key_F5);
    stop->setIconText(tr("Stop"));
    step =
        makeAction(this, tr("&One step"), tr("One step of a paused run: generator, then discriminator"), Qt::Key_F10);
    stepG = makeAction(this, tr("Step &G alone"), tr("One step of a paused run for the generator G alone"),
                       Qt::SHIFT | Qt::Key_F10);
    stepD = makeAction(this, tr("Step &D alone"), tr("One step of a paused run for the discriminator D alone"),
                       Qt::CTRL | Qt::Key_F10);
    stepG->setIconText(tr("G"));
    stepD->setIconText(tr("D"));
    saveSnapshot = makeAction(this, tr("&Save snapshot"), tr("Save the run now, so that it can be continued from here"),
                              QKeySequence::Save);
    measureFid =
        makeAction(this, tr("&Measure distance now"), tr("Fréchet distance of the one-step generator as it is now"));
    openRunsFolder = makeAction(this, tr("Open &runs folder"));
    watchFolder =
        makeAction(this, tr("&Watch a folder…"),
                   tr("List the runs of another folder too, also of one on another machine that is mounted here, "
                      "and follow them as they go on"));
    setActionIcon(start, QStringLiteral("start"), page);
    setActionIcon(stop, QStringLiteral("stop"), page);
    setActionIcon(step, QStringLiteral("step-d"), page);
    setActionIcon(saveSnapshot, QStringLiteral("snowflake"), page);

    connect(pause, &QAction::triggered, this, [&compute] { compute.pause() || compute.resume(); });
    connect(stop, &QAction::triggered, &compute, &ComputeThread::stop);
    connect(step, &QAction::triggered, this, [&compute] { compute.step(StepPart::Both); });
    connect(stepG, &QAction::triggered, this, [&compute] { compute.step(StepPart::Generator); });
    connect(stepD, &QAction::triggered, this, [&compute] { compute.step(StepPart::Discriminator); });
    connect(saveSnapshot, &QAction::triggered, &compute, &ComputeThread::saveSnapshot);
}

QStringList RunActions::pauseTexts() { return {tr("&Pause"), tr("&Resume")}; }

void RunActions::showState(RunState state, const QString& obstacle) {
    const auto allows = [&](Command command) { return isAllowed(state, command); };
    const bool paused = allows(Command::Resume);
    start->setEnabled(allows(Command::Start) && obstacle.isEmpty());
    start->setToolTip(obstacle.isEmpty() ? start->statusTip() : obstacle);
    pause->setEnabled(allows(Command::Pause) || paused);
    pause->setText(pauseTexts().at(paused ? 1 : 0));
    pause->setToolTip(paused ? tr("Go on with the run") : tr("Hold the run after the step in progress"));
    setActionIcon(pause, paused ? QStringLiteral("start") : QStringLiteral("pause"), page_);
    stop->setEnabled(allows(Command::Stop));
    for (QAction* action : {step, stepG, stepD}) action->setEnabled(allows(Command::Step));
    saveSnapshot->setEnabled(allows(Command::SaveSnapshot));
    measureFid->setEnabled(allows(Command::MeasureFid));
}

}  // namespace thaw
