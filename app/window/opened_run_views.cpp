// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/opened_run_views.h"

#include "app/engine/compute_thread.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/read_aside.h"
#include "app/training/run_page.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "widgets/run/run_form.h"

#include <QFileInfo>

namespace thaw {

OpenedRunViews::OpenedRunViews(ComputeThread& compute, const Pages& pages, QObject* parent)
    : QObject(parent), compute_(compute), pages_(pages) {
    const Engine* facts = compute.facts();
    connect(facts, &Engine::runOpened, this, &OpenedRunViews::show);
    connect(facts, &Engine::modelOpened, this, [this] { folder_.clear(); });
    connect(facts, &Engine::runStarted, this, [this] { folder_.clear(); });
}

void OpenedRunViews::show(const OpenedRun& run) {
    folder_ = QString::fromStdString(run.folder);
    const QString title = QFileInfo(folder_).fileName();
    pages_.run.form()->setConfig(run.config);
    pages_.blocks.adoptPlan(run.config.freeze);
    pages_.curves.beginRun(title, run.config);
    pages_.curves.setRunFolder(folder_);
    pages_.run.runs()->setCurrentRun(folder_);
    if (run.hasTeacher()) {
        pages_.samples.setRunTitle(title);
        pages_.samples.refreshTuned();
        pages_.frequency.setTunedAvailable(true);
    }
    // The run may have chosen other features and another number of images than the form had.
    pages_.curves.forgetOriginalFid();
    compute_.requestOriginalFid(run.config.fidImages);
    readAside(
        this, [file = run.folder] { return runStatsIfAny(file); },
        [this, folder = folder_](const RunStats& stats) {
            if (folder_ == folder) pages_.curves.addHistory(stats);
        });
}

}  // namespace thaw
