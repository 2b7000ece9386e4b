// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/far_views.h"

#include "app/engine/compute_thread.h"
#include "app/engine/far_files.h"
#include "app/figure/figure_sources.h"
#include "app/shared/known_runs.h"
#include "app/shared/open_target.h"
#include "app/shared/settings.h"
#include "app/studies/studies_page.h"
#include "app/training/run_page.h"
#include "app/training/runs_list.h"
#include "app/window/actions.h"
#include "app/window/continue_offer.h"
#include "app/window/far_machine.h"
#include "app/window/file_chooser.h"
#include "app/window/memory_watch.h"
#include "app/window/opening.h"
#include "app/window/session_keeper.h"

#include <utility>

namespace thaw {

FarViews::FarViews(const Parts& parts, const QString& runsFolder, QObject* parent)
    : QObject(parent), parts_(parts), pages_(parts.pages), runsFolder_(runsFolder) {
    connect(&parts_.machine, &FarMachine::moved, this, &FarViews::move);
    connect(&parts_.compute, &ComputeThread::stateChanged, this, &FarViews::switchActions);
    const KnownRuns* known = &pages_.run.runs()->known();
    connect(known, &KnownRuns::changed, this, &FarViews::offerLivingRun);
    connect(known, &KnownRuns::updated, this, &FarViews::offerLivingRun);
}

void FarViews::move() {
    FarFiles* files = parts_.machine.files();
    if (files && !std::exchange(wasFar_, true)) {
        parts_.sessions.autosave();  // what was open here is what the next start opens
        model_ = parts_.opening.modelPath();
        data_ = parts_.opening.dataPath();
    }
    farFolder_.clear();
    parts_.sessions.setKeeping(!files);
    parts_.sources.setFar(files);
    parts_.memory.setFar(files);
    parts_.opening.setFar(files, parts_.machine.name());
    pages_.studies.setEnabled(!files);
    pages_.studies.setToolTip(files ? tr("Studies are made by this machine alone.") : QString());
    pages_.run.setPlace(files ? QString() : runsFolder_, files);
    parts_.offer.setFar(files, parts_.machine.name());
    switchActions();
    if (files) {
        connect(files, &FarFiles::ready, this, &FarViews::askForPlace);
        if (files->isReady()) askForPlace();
        parts_.opening.openData(kBuiltin);
        parts_.opening.openModel(kBuiltin);
        return;
    }
    wasFar_ = false;
    pages_.run.runs()->known().setWatched(parts_.settings.watchedFolders());
    parts_.opening.openData(data_);
    parts_.opening.openModel(model_);
}

void FarViews::askForPlace() {
    FarFiles* files = parts_.machine.files();
    if (!files || !farFolder_.isEmpty()) return;
    files->askFor<answer::Place>(this, question::Place{}, [this, files](const answer::Place& place) {
        if (place.runs.empty() || files != parts_.machine.files()) return;
        farFolder_ = QString::fromStdString(place.runs);
        pages_.run.setPlace(farFolder_, files);
        parts_.offer.look(farFolder_, parts_.settings.lastRunOn(parts_.machine.name()));
    });
}

void FarViews::switchActions() {
    const bool isFar = parts_.machine.isFar();
    for (QAction* action : {parts_.actions.openSession, parts_.actions.saveSession, parts_.actions.openFigure}) {
        if (isFar) action->setEnabled(false);
        else if (action != parts_.actions.openSession) action->setEnabled(true);
        action->setToolTip(isFar ? tr("%1 Not yet with an engine on another machine.").arg(action->statusTip() + u'.')
                                 : action->statusTip());
    }
}

// The window that left it may have been this one.
void FarViews::offerLivingRun() {
    if (!parts_.machine.isFar() || !parts_.compute.allows(Command::Start)) return;
    const QString last = parts_.settings.lastRunOn(parts_.machine.name());
    const RunSummary* run = last.isEmpty() ? nullptr : pages_.run.runs()->known().find(last);
    if (run && run->running && !pages_.run.runs()->known().isCurrent(*run))
        parts_.machine.offerTakeOver(last, runName(*run));
}

}  // namespace thaw
