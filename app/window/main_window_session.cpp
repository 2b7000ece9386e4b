// SPDX-License-Identifier: GPL-3.0-or-later

// Sessions: what is on the desk goes into a file and comes back.
#include "app/engine/compute_thread.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/training/run_page.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/main_window.h"
#include "app/window/run_report.h"
#include "app/window/workbench.h"
#include "widgets/base/message_strip.h"
#include "widgets/model/block_tree.h"
#include "widgets/run/run_form.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kAutosaveMs = 60'000;

}  // namespace

SessionFile MainWindow::session() const {
    SessionFile session;
    session.model = modelPath_;
    session.data = dataPath_;
    session.block = selection_->block();
    session.firstSeed = selection_->firstSeed();
    session.sigma = selection_->sigma();
    session.seed = selection_->seed();
    session.settings = run_->form()->config();
    session.settings.freeze = blocks_->plan();
    session.columns = samples_->columns();
    session.trajectory = samples_->trajectoryShown();
    session.stepView = curves_->stepView();
    const auto views = FrequencyPage::views();
    session.frequencyView = int(std::find(views.begin(), views.end(), frequency_->view()) - views.begin());
    session.overlays = run_->runs()->overlaid();
    workbench_->remember();
    session.arrangement = workbench_->arrangement();
    for (const char* name : {"train", "compare", "frequency"})
        if (const QByteArray state = settings_.arrangement(QLatin1String(name)); !state.isEmpty())
            session.docks.insert(QLatin1String(name), state);
    return session;
}

void MainWindow::applySession(const SessionFile& session) {
    if (!compute_->allows(Command::OpenModel))
        return report_->showProblem(tr("A run is going"), {},
                                    tr("Stop it first; it is saved. Then open the session again."));
    pending_ = session;
    QStringList missing;
    for (QString* path : {&pending_->model, &pending_->data})
        if (*path != QLatin1String("builtin") && !QFileInfo::exists(*path)) {
            missing << QDir::toNativeSeparators(*path);
            path->clear();
        }
    missing_ = missing;
    // At the start there is nothing to stay with; the built-in files take the place of what is gone.
    if (compute_->state() == RunState::Empty)
        for (QString* path : {&pending_->model, &pending_->data})
            if (path->isEmpty()) *path = QStringLiteral("builtin");
    if (!pending_->model.isEmpty()) openModel(pending_->model);
    if (!pending_->data.isEmpty()) openData(pending_->data);
    if (compute_->state() != RunState::Loading) applyPending();
}

// What stands on the open files waits until they are there.
void MainWindow::applyPending() {
    if (!pending_) return;
    const SessionFile session = std::move(*pending_);
    pending_.reset();
    selection_->setFirstSeed(session.firstSeed);
    selection_->setSigma(session.sigma);
    if (session.seed) selection_->setSeed(*session.seed);
    const auto& known = blocks_->tree()->model().blocks;
    if (std::any_of(known.begin(), known.end(),
                    [&](const BlockInfo& block) { return session.block == QString::fromStdString(block.name); }))
        selection_->setBlock(session.block);
    run_->form()->setConfig(session.settings);
    blocks_->adoptPlan(session.settings.freeze);
    if (!session.columns.empty()) samples_->setColumns(session.columns);
    samples_->restart();
    samples_->setTrajectoryShown(session.trajectory);
    curves_->showStepView(TrainPage::StepView(session.stepView));
    frequency_->setView(FrequencyPage::views().at(std::size_t(session.frequencyView)));
    run_->runs()->showOverlays(session.overlays);
    for (auto it = session.docks.begin(); it != session.docks.end(); ++it)
        settings_.setArrangement(it.key(), it.value());
    workbench_->restore(session.arrangement);
    showEnabled();
    if (!missing_.isEmpty())
        report_->showProblem(tr("A part of the session is not where it was"), missing_.join(QLatin1Char('\n')),
                             tr("Open it from its new place; everything else is restored."));
    missing_.clear();
}

void MainWindow::openSession(const QString& path) {
    QString problem;
    if (const auto session = readSession(path, &problem)) applySession(*session);
    else report_->showProblem(problem);
}

void MainWindow::saveSession(const QString& path) {
    const QString problem = writeSession(path, session());
    if (problem.isEmpty())
        strip_->showMessage(MessageStrip::Severity::Success, tr("Saved %1").arg(QDir::toNativeSeparators(path)));
    else
        strip_->showMessage(MessageStrip::Severity::Error,
                            tr("%1 could not be written").arg(QDir::toNativeSeparators(path)), problem);
}

void MainWindow::autosave() {
    if (autosavePath_.isEmpty() || pending_ || compute_->state() == RunState::Loading) return;
    QDir().mkpath(QFileInfo(autosavePath_).absolutePath());
    writeSession(autosavePath_, session());  // a full disk is no reason to disturb; the next minute tries again
}

void MainWindow::connectSession() {
    const Engine* facts = compute_->facts();
    connect(facts, &Engine::modelOpened, this,
            [this](const ModelSummary& model) { modelPath_ = QString::fromStdString(model.path); });
    connect(facts, &Engine::dataOpened, this,
            [this](const DataSummary& data) { dataPath_ = QString::fromStdString(data.path); });
    connect(compute_, &ComputeThread::stateChanged, this, [this](RunState state) {
        if (pending_ && state != RunState::Loading) applyPending();
    });
    const QString filter = tr("Sessions (*.thaw)");
    connect(actions_->openSession, &QAction::triggered, this, [this, filter] {
        auto* dialog = new QFileDialog(this, tr("Open session"), settings_.exportFolder(), filter);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openSession);
        dialog->open();
    });
    connect(actions_->saveSession, &QAction::triggered, this, [this, filter] {
        auto* dialog = new QFileDialog(this, tr("Save session"), settings_.exportFolder(), filter);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QLatin1String(kSessionSuffix));
        connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveSession);
        dialog->open();
    });
    auto* every = new QTimer(this);
    connect(every, &QTimer::timeout, this, &MainWindow::autosave);
    every->start(kAutosaveMs);
    // Opening a file or starting a run changes the desk; once the dust has settled, it is kept.
    auto* soon = new QTimer(this);
    soon->setSingleShot(true);
    soon->setInterval(1000);
    connect(soon, &QTimer::timeout, this, &MainWindow::autosave);
    connect(facts, &Engine::modelOpened, soon, [soon] { soon->start(); });
    connect(facts, &Engine::dataOpened, soon, [soon] { soon->start(); });
    connect(facts, &Engine::runStarted, soon, [soon] { soon->start(); });
}

// A run that was killed is offered once; a person who closes the offer has answered it.
void MainWindow::connectRecovery() {
    connect(run_->runs(), &RunsList::interruptedFound, this, [this](const QString& folder, double kimg) {
        if (runIsOpen(compute_->state()) || settings_.ignoredRuns().contains(folder)) return;
        report_->offerContinue(folder, kimg);
    });
    connect(report_, &RunReport::continueDeclined, this,
            [this](const QString& folder) { settings_.ignoreRun(folder); });
}

}  // namespace thaw
