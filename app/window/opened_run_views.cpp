// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/opened_run_views.h"

#include "app/engine/compute_thread.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/samples/compare_page.h"
#include "app/samples/run_samples_window.h"
#include "app/shared/known_runs.h"
#include "app/shared/run_words.h"
#include "app/shared/settings.h"
#include "app/shared/watched_folders.h"
#include "app/shared/watched_run_bar.h"
#include "app/training/run_page.h"
#include "app/training/run_steerer.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "core/values/engine_messages.h"
#include "widgets/base/number_text.h"
#include "widgets/run/run_form.h"

#include <QBoxLayout>
#include <QFileInfo>

namespace thaw {

OpenedRunViews::OpenedRunViews(ComputeThread& compute, const Pages& pages, Settings& settings, QWidget* window)
    : QObject(window), compute_(compute), pages_(pages), settings_(settings), window_(window) {
    addBars();
    connectRun();
}

OpenedRunViews::~OpenedRunViews() = default;

void OpenedRunViews::addBars() {
    for (QWidget* page : {static_cast<QWidget*>(&pages_.samples), static_cast<QWidget*>(&pages_.frequency),
                          static_cast<QWidget*>(&pages_.run)}) {
        auto* bar = new WatchedRunBar(page);
        if (auto* layout = qobject_cast<QBoxLayout*>(page->layout())) layout->insertWidget(0, bar);
        bar->setFollowing(settings_.followsNewest());
        connect(bar, &WatchedRunBar::newestRequested, this, &OpenedRunViews::showNewest);
        connect(bar, &WatchedRunBar::menuShown, this,
                [this](QMenu* menu) { pages_.run.runs()->steerer().addTo(*menu, folder_); });
        connect(bar, &WatchedRunBar::samplesRequested, this, &OpenedRunViews::showSamples);
        connect(bar, &WatchedRunBar::followingChanged, this, [this](bool on) {
            settings_.setFollowsNewest(on);
            for (WatchedRunBar* each : std::as_const(bars_)) each->setFollowing(on);
            takeFiles(files_);
        });
        bars_ << bar;
    }
}

void OpenedRunViews::connectRun() {
    const EngineFacts* facts = compute_.facts();
    connect(facts, &EngineFacts::runOpened, this, &OpenedRunViews::show);
    connect(facts, &EngineFacts::modelOpened, this, &OpenedRunViews::leave);
    connect(facts, &EngineFacts::runStarted, this, &OpenedRunViews::leave);
    connect(facts, &EngineFacts::runRenewed, this, &OpenedRunViews::showRenewed);
    connect(facts, &EngineFacts::runNotYet, this, &OpenedRunViews::showNotYet);
    connect(facts, &EngineFacts::renewalRefused, this, [this](const QString& folder, const QString& why) {
        if (!isShown(folder)) return;
        refusal_ = why;
        asked_.clear();
        showBars();
    });
    const KnownRuns* runs = &known();
    connect(runs, &KnownRuns::logged, this, [this](const QString& folder, const RunStats& stats, bool whole) {
        if (isShown(folder)) draw(stats, whole);
    });
    connect(runs, &KnownRuns::filesChanged, this, [this](const QString& folder, const RunFiles& files) {
        if (isShown(folder)) takeFiles(files);
    });
    connect(runs, &KnownRuns::changed, this, &OpenedRunViews::showBars);
    connect(runs, &KnownRuns::silenceChanged, this, &OpenedRunViews::showBars);
    connect(runs, &KnownRuns::updated, this, [this](const QStringList& folders) {
        for (const QString& folder : folders)
            if (isShown(folder)) return showBars();
    });
}

KnownRuns& OpenedRunViews::known() const { return pages_.run.runs()->known(); }

bool OpenedRunViews::isShown(const QString& folder) const {
    return !folder_.isEmpty() && cleanPath(folder) == cleanPath(folder_);
}

void OpenedRunViews::show(const OpenedRun& run) {
    run_ = run;
    files_ = {};
    asked_.clear();
    refusal_.clear();
    isDrawn_ = wasKnown_ = false;
    folder_ = QString::fromStdString(run.folder);
    title_ = QFileInfo(folder_).fileName();
    pages_.run.form()->setConfig(run.config);
    pages_.blocks.adoptPlan(run.config.freeze);
    pages_.curves.beginRun(title_, run.config);
    pages_.curves.setRunFolder(folder_);
    pages_.run.runs()->setCurrentRun(folder_);
    if (run.hasTuned()) {
        pages_.samples.setRunTitle(title_);
        pages_.samples.refreshTuned();
        pages_.frequency.setTunedAvailable(true);
    }
    // The run may have chosen other features and another number of images than the form had.
    pages_.curves.forgetOriginalFid();
    compute_.requestOriginalFid(run.config.fidImages);
    known().setLookedAt(folder_);
    showBars();
}

void OpenedRunViews::leave() {
    if (folder_.isEmpty()) return;
    folder_.clear();
    known().setLookedAt({});
    showBars();
}

// Its log from the beginning: at first, and where the run was taken up again from an earlier snapshot.
void OpenedRunViews::draw(const RunStats& stats, bool whole) {
    TrainPage& curves = pages_.curves;
    if (whole) {
        if (isDrawn_) {
            curves.beginRun(title_, run_.config);
            curves.setRunFolder(folder_);
        }
        isDrawn_ = true;
        return curves.addHistory(stats);
    }
    curves.addSteps(stats.steps);
    for (const FidPoint& point : stats.fids) curves.addFid(point);
    for (const RunEvent& event : stats.events)
        if (event.kind == "freeze" && event.step > 0)
            curves.addMark({RunMark::Kind::Freeze, event.step, event.kimg, event.text});
}

bool OpenedRunViews::hasNewer() const {
    if (folder_.isEmpty() || files_.snapshot.empty()) return false;
    const auto nameOf = [](const std::string& file) { return QFileInfo(QString::fromStdString(file)).fileName(); };
    return run_.snapshot.empty() ||
           (files_.snapshotKimg > run_.kimg && nameOf(files_.snapshot) != nameOf(run_.snapshot));
}

// A snapshot that was named stays; the folder of a run means the newest one.
void OpenedRunViews::takeFiles(const RunFiles& files) {
    files_ = files;
    if (samples_) samples_->showGrid(title_, QString::fromStdString(files.grid), files.gridKimg);
    const QString newest = QString::fromStdString(files.snapshot);
    const bool isNamed = !run_.snapshot.empty() && cleanPath(QString::fromStdString(run_.path)) != cleanPath(folder_);
    if (settings_.followsNewest() && hasNewer() && !isNamed && run_.hasTeacher() && newest != asked_) {
        asked_ = newest;
        compute_.renewRun();
    }
    showBars();
}

// Without its teacher the run's generator is the open model, and is opened as one.
void OpenedRunViews::showNewest() {
    if (folder_.isEmpty()) return;
    refusal_.clear();
    if (run_.hasTeacher()) compute_.renewRun();
    else compute_.openModel(folder_);
}

void OpenedRunViews::showRenewed(const OpenedRun& run) {
    if (!isShown(QString::fromStdString(run.folder))) return;
    const bool otherPlan = !(run.config.freeze == run_.config.freeze);
    run_ = run;
    refusal_.clear();
    if (otherPlan) pages_.blocks.adoptPlan(run.config.freeze);
    pages_.samples.setRunTitle(title_);
    pages_.samples.refreshTuned();
    pages_.frequency.setTunedAvailable(true);
    if (pages_.frequency.isVisible()) pages_.frequency.refreshTuned();
    showBars();
}

// Of a pre-training there is no teacher to show meanwhile: its curves are drawn, and the open model stays.
void OpenedRunViews::showNotYet(const QString& folder) {
    RunsList* runs = pages_.run.runs();
    if (!runs->overlaid().contains(folder)) runs->showOverlays(QStringList(runs->overlaid()) << folder);
}

void OpenedRunViews::showSamples() {
    if (!samples_) {
        samples_ = new RunSamplesWindow(window_);
        samples_->setAttribute(Qt::WA_DeleteOnClose);
    }
    samples_->showGrid(title_, QString::fromStdString(files_.grid), files_.gridKimg);
    samples_->show();
    samples_->raise();
}

void OpenedRunViews::showBars() {
    WatchedRunBar::Words words;
    if (!folder_.isEmpty()) {
        const RunSummary* run = known().known(folder_);
        const auto silent = known().silentSince(folder_);
        const bool isGone = !run && wasKnown_;
        wasKnown_ = wasKnown_ || run;
        const bool goesOn = run && run->process;
        const QString standing = run ? runStanding(*run) : QString();
        QStringList parts;
        if (silent) parts << tr("its folder has not answered since %1").arg(momentText(*silent));
        else if (isGone) parts << tr("its folder is gone; what is shown is its last state");
        if (!standing.isEmpty()) parts << (silent ? tr("then: %1").arg(standing) : standing);
        if (run_.snapshot.empty()) parts << tr("no snapshot yet, so no samples and spectra of its generator");
        else parts << tr("shown: its snapshot at %1 kimg").arg(formatNumber(run_.kimg, 4));
        if (hasNewer()) parts << tr("newer: its snapshot at %1 kimg").arg(formatNumber(files_.snapshotKimg, 4));
        if (!refusal_.isEmpty()) parts << refusal_;
        words.hasNewer = hasNewer();
        words.mayFollow = words.maySteer = goesOn;
        words.hasSamples = !files_.grid.empty() && !known().isFar();  // a picture file
        words.isWarning = silent || isGone;
        if (goesOn || words.isWarning || words.hasNewer || run_.snapshot.empty())
            words.text = tr("Run %1: %2").arg(title_, parts.join(QStringLiteral(" · ")));
    }
    for (WatchedRunBar* bar : std::as_const(bars_)) bar->say(words);
}

}  // namespace thaw
