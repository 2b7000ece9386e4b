// SPDX-License-Identifier: GPL-3.0-or-later

// How the compute thread, the pages and the objects of the window are connected.
#include "app/engine/compute_thread.h"
#include "app/figure/export_button.h"
#include "app/figure/figure_sources.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/model/model_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/known_runs.h"
#include "app/shared/make_action.h"
#include "app/shared/read_aside.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/studies/studies_page.h"
#include "app/studies/study_report_view.h"
#include "app/training/run_folders.h"
#include "app/training/run_page.h"
#include "app/training/run_steerer.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/far_machine.h"
#include "app/window/figure_windows.h"
#include "app/window/file_chooser.h"
#include "app/window/frequency_files.h"
#include "app/window/help_guide.h"
#include "app/window/live_views.h"
#include "app/window/main_toolbar.h"
#include "app/window/main_window.h"
#include "app/window/opening.h"
#include "app/window/run_report.h"
#include "app/window/save_report.h"
#include "app/window/session_keeper.h"
#include "app/window/status_line.h"
#include "app/window/work_indicator.h"
#include "app/window/workbench.h"
#include "widgets/base/message_strip.h"
#include "widgets/run/run_form.h"

#include <QApplication>

namespace thaw {

void MainWindow::connectOpening() {
    const EngineFacts* facts = compute_->facts();
    connect(facts, &EngineFacts::deviceKnown, toolBar_, &MainToolBar::setDevice);
    connect(facts, &EngineFacts::modelOpened, this, [this](const ModelSummary& model) {
        pages_.frequency.setTunedAvailable(false);
        pages_.curves.forgetOriginalFid();
        pages_.samples.forgetTuned();
        selection_->setClassCount(model.labelDim);
        pages_.samples.setModel(model);
        pages_.curves.setModelIsGenerator(model.sampling.isStudent());
        pages_.frequency.setModel(model);
        adoptingModel_ = true;
        pages_.blocks.setModel(model);
        adoptingModel_ = false;
        pages_.card.setModel(model);
        pages_.run.runs()->setCurrentRun({});
        pages_.samples.restart();
        pages_.frequency.restart();
        compute_->requestOriginalFid(pages_.run.form()->config().fidImages);
    });
    connect(facts, &EngineFacts::dataOpened, this, [this](const DataSummary& data) {
        QStringList names;
        for (const auto& name : data.classNames) names << QString::fromStdString(name);
        selection_->setClassNames(names);
        pages_.curves.forgetOriginalFid();
        if (pages_.blocks.hasModel()) {
            pages_.samples.restart();
            pages_.frequency.restart();
        }
        compute_->requestOriginalFid(pages_.run.form()->config().fidImages);
    });
    connect(facts, &EngineFacts::responsesKnown, &pages_.frequency, &FrequencyPage::setResponses);
    connect(facts, &EngineFacts::responsesKnown, &pages_.samples, &ComparePage::setResponses);
    connect(facts, &EngineFacts::modelCardReady, &pages_.card, &ModelPage::setCard);
    connect(facts, &EngineFacts::modelChecksumReady, &pages_.card, &ModelPage::setChecksum);
    connect(opening_, &Opening::obstacleChanged, &pages_.run, &RunPage::setObstacle);
    connect(opening_->files(), &FileChooser::sessionChosen, sessions_, &SessionKeeper::open);
    connect(opening_->files(), &FileChooser::figureChosen, figures_, &FigureWindows::open);
    connect(opening_->files(), &FileChooser::curvesChosen, pages_.run.runs(), &RunsList::importCurves);
}

void MainWindow::connectRun() {
    const EngineFacts* facts = compute_->facts();
    connect(facts, &EngineFacts::runStarted, this, [this](const QString& folder, const FinetuneConfig& config) {
        pages_.run.form()->setConfig(config);
        pages_.blocks.adoptPlan(config.freeze);
        pages_.curves.beginRun(report_->runTitle(), config);
        pages_.curves.setRunFolder(folder);
        pages_.samples.setRunTitle(report_->runTitle());
        pages_.frequency.setTunedAvailable(true);
        pages_.run.runs()->setCurrentRun(folder);
        pages_.blocks.clearGradients();
        // What the original has was measured as a run without a choice would be.
        if (!(config.measure == MeasureChoice())) {
            pages_.curves.forgetOriginalFid();
            compute_->requestOriginalFid(config.fidImages);
        }
        addHistory(folder);
    });
    const RunsList* runs = pages_.run.runs();
    pages_.samples.setRuns(runs->known());
    for (const auto changed : {&KnownRuns::changed, &KnownRuns::liveChanged})
        connect(&runs->known(), changed, this, &MainWindow::nameRun);
    connect(&runs->known(), &KnownRuns::updated, this, &MainWindow::nameRun);
    connect(runs, &RunsList::columnRequested, this, [this](const QString& folder) {
        const KnownRuns& known = pages_.run.runs()->known();
        const RunSummary* run = known.find(folder);
        const bool isOpen = run && known.isCurrent(*run);
        pages_.samples.addColumn(isOpen ? ColumnSpec{SampleSource::TunedOneStep, 1}
                                        : ColumnSpec{SampleSource::OtherModel, kTrainedSteps, folder});
        showDockOf(pages_.samples);
    });
    const auto say = [this](const QString& what, const QString& why) { report_->showProblem(what, why); };
    connect(&runs->folders(), &RunFolders::failed, report_, say);
    connect(&runs->steerer(), &RunSteerer::answered, report_, say);
    connect(&runs->steerer(), &RunSteerer::failed, report_, say);
    connect(runs, &RunsList::imported, this, [this](const QString& title, const QStringList& notes) {
        strip_->showMessage(MessageStrip::Severity::Info, title, notes.join(QLatin1Char('\n')));
        showDockOf(pages_.curves);
    });
    connect(runs, &RunsList::openRequested, opening_, &Opening::openModel);
    connect(&pages_.card, &ModelPage::openRequested, opening_, &Opening::openModel);
    connect(runs, &RunsList::overlayShown, &pages_.curves, &TrainPage::showOverlay);
    connect(runs, &RunsList::overlayGrown, &pages_.curves, &TrainPage::growOverlay);
    connect(runs, &RunsList::watchedChanged, this,
            [this](const QStringList& folders) { settings_.setWatchedFolders(folders); });
    if (const QStringList watched = settings_.watchedFolders(); !watched.isEmpty()) runs->known().setWatched(watched);
    connect(runs, &RunsList::overlayHidden, &pages_.curves, &TrainPage::hideOverlay);
    connect(report_, &RunReport::windowTitleChanged, this, &QWidget::setWindowTitle);
}

// A run that goes on shows what it logged before.
void MainWindow::addHistory(const QString& runFolder) {
    const auto take = [this, runFolder](const RunStats& stats) {
        if (report_->runFolder() == runFolder) pages_.curves.addHistory(stats);
    };
    if (FarFiles* files = machine_->files())
        return files->askFor<answer::Stats>(this, question::Stats{runFolder.toStdString()},
                                            [take](const answer::Stats& found) { take(found.stats); });
    readAside(
        this, [file = runFolder.toStdString()] { return runStatsIfAny(file); }, take);
}

// Its freeze plan may change on the way, and that belongs to the name.
void MainWindow::nameRun() {
    const KnownRuns& known = pages_.run.runs()->known();
    const RunSummary* run = known.current().isEmpty() ? nullptr : known.find(known.current());
    if (!run || report_->runTitle().isEmpty() || report_->runTitle() == runName(*run)) return;
    report_->setRunTitle(runName(*run));
    pages_.samples.setRunTitle(runName(*run));
}

void MainWindow::connectCurves() {
    const EngineFacts* facts = compute_->facts();
    connect(facts, &EngineFacts::stepsDone, &pages_.curves, &TrainPage::addSteps);
    connect(facts, &EngineFacts::stepsDone, &pages_.blocks, &BlocksPage::showGradients);
    connect(facts, &EngineFacts::runMarked, &pages_.curves, &TrainPage::addMark);
    connect(facts, &EngineFacts::originalFidMeasured, &pages_.curves, &TrainPage::setOriginalFid);
    connect(facts, &EngineFacts::fidMeasured, &pages_.curves, &TrainPage::addFid);
    connect(&pages_.curves, &TrainPage::pinChanged, this, [this](std::optional<double> kimg) {
        pages_.blocks.holdGradients(kimg ? pages_.curves.gradientsAt(*kimg) : std::vector<BlockGradient>());
    });
}

void MainWindow::connectState() {
    const auto show = [this](RunState state) {
        actions_->showState(state);
        pages_.blocks.setLocked(!isAllowed(state, Command::SetFreeze));
    };
    show(compute_->state());
    connect(compute_, &ComputeThread::stateChanged, this, show);
    connect(compute_, &ComputeThread::planSteered, this, [this](const FreezePlan& plan) {
        adoptingModel_ = true;
        pages_.blocks.adoptPlan(plan);
        adoptingModel_ = false;
    });
    auto* live = new LiveViews(pages_.samples, pages_.frequency, this);
    connect(compute_, &ComputeThread::stateChanged, live, &LiveViews::setState);
    connect(compute_->facts(), &EngineFacts::fidMeasured, live, &LiveViews::refreshAll);
    connect(compute_->facts(), &EngineFacts::stepsDone, live, &LiveViews::noteSteps);
    connect(compute_, &ComputeThread::stateChanged, this, &MainWindow::noteSettled);
    connect(&pages_.samples, &ComparePage::originalCompleted, this, &MainWindow::noteSettled);
    connect(&pages_.frequency, &FrequencyPage::upToDate, this, &MainWindow::noteSettled);
}

void MainWindow::connectSelection() {
    connect(selection_, &Selection::blockChanged, &pages_.curves, &TrainPage::setBlock);
    connect(&pages_.blocks, &BlocksPage::planChanged, this, [this](const FreezePlan& plan) {
        pages_.frequency.setPlan(plan);
        pages_.card.setPlan(plan);
        pages_.run.form()->setFreeze(plan);
        if (runIsOpen(compute_->state()) && !adoptingModel_) compute_->setFreeze(plan);
    });
}

void MainWindow::connectSaving() {
    for (const ExportButton* button :
         {pages_.samples.exportButton(), pages_.curves.lossExport(), pages_.curves.fidExport(),
          pages_.frequency.exportButton(), pages_.studies.view()->exportButton()}) {
        connect(button, &ExportButton::exported, saving_, &SaveReport::showSaved);
        connect(button, &ExportButton::exportFailed, saving_, &SaveReport::showFailure);
        connect(button, &ExportButton::exportWaits, saving_, &SaveReport::showWaiting);
        connect(button, &ExportButton::panelOffered, figures_, &FigureWindows::add);
    }
    connect(&pages_.samples, &ComparePage::saved, saving_, &SaveReport::showSaved);
    connect(&pages_.samples, &ComparePage::saveFailed, saving_, &SaveReport::showFailure);
    connect(&pages_.card, &ModelPage::savedTo, saving_, &SaveReport::showSaved);
    connect(&pages_.card, &ModelPage::saveFailed, saving_, &SaveReport::showFailure);
}

void MainWindow::connectFigures() {
    sources_->follow(*compute_->facts());
    pages_.frequency.setSources(sources_);
    pages_.curves.setSources(sources_);
    pages_.samples.setSources(sources_);
    connect(&pages_.frequency, &FrequencyPage::addToFigureRequested, pages_.frequency.exportButton(),
            &ExportButton::addToFigure);
    connect(actions_->newFigure, &QAction::triggered, figures_, &FigureWindows::showNew);
    connect(actions_->openFigure, &QAction::triggered, opening_->files(), &FileChooser::askForFigure);
    connect(figures_, &FigureWindows::helpRequested, help_, &HelpGuide::showPage);
    auto* files =
        new FrequencyFiles(pages_.frequency, *sources_, *opening_, *compute_, *report_, *strip_, settings_, this);
    connect(figures_, &FigureWindows::viewOpened, files, &FrequencyFiles::restoreView);
}

void MainWindow::connectStudies() {
    StudiesPage& studies = pages_.studies;
    connect(compute_->facts(), &EngineFacts::modelOpened, &studies, [&studies](const ModelSummary& model) {
        studies.setModel(QString::fromStdString(model.path), QString::fromStdString(model.title));
    });
    connect(compute_->facts(), &EngineFacts::dataOpened, &studies, [&studies](const DataSummary& data) {
        studies.setData(QString::fromStdString(data.path), QString::fromStdString(data.title));
    });
    connect(&studies, &StudiesPage::openRunRequested, this, [this](const QString& folder) {
        opening_->openModel(folder);
        workbench_->arrange(QStringLiteral("train"));
    });
    connect(&studies, &StudiesPage::curvesRequested, this, [this](const QStringList& folders) {
        pages_.run.runs()->showOverlays(pages_.run.runs()->overlaid() + folders);
        workbench_->arrange(QStringLiteral("train"));
        showDockOf(pages_.curves);
    });
}

// A control that is switched off would hand the focus on to the next one in line, where a turn of the wheel or a key
// changes what nobody meant to change: after Start that is the freeze level. What it lies in takes the focus instead.
void MainWindow::keepFocus(const QWidget* before, const QWidget* now) {
    if (!before || !now || before->isEnabled() || before->window() != now->window()) return;
    QWidget* owner = before->parentWidget();
    while (owner && !owner->isWindow() && (!owner->isEnabled() || owner->focusProxy())) owner = owner->parentWidget();
    if (owner) owner->setFocus(Qt::OtherFocusReason);
}

void MainWindow::connectView() {
    connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
    connect(actions_->arrangements, &QActionGroup::triggered, this,
            [this](const QAction* action) { workbench_->arrange(action->data().toString()); });
    connect(workbench_, &Workbench::arranged, this,
            [this](const QString& name) { checkAction(*actions_->arrangements, name); });
    connect(actions_->resetLayout, &QAction::triggered, workbench_, &Workbench::reset);
    connect(actions_->fullScreen, &QAction::toggled, this, [this](bool on) { on ? showFullScreen() : showNormal(); });
    checkAction(*actions_->themes, int(settings_.theme()));
    connect(actions_->themes, &QActionGroup::triggered, this, [this](const QAction* action) {
        const auto theme = Theme(action->data().toInt());
        settings_.setTheme(theme);
        applyTheme(*qApp, theme);
    });
    checkAction(*actions_->languages, settings_.language());
    connect(actions_->languages, &QActionGroup::triggered, this, [this](const QAction* action) {
        settings_.setLanguage(action->data().toString());
        strip_->showMessage(MessageStrip::Severity::Info,
                            tr("The language changes when Thaw is opened the next time."));
    });
    auto* work = new WorkIndicator(this);
    status_->addPermanentWidget(work);
    connect(compute_->facts(), &EngineFacts::workChanged, work, &WorkIndicator::setWork);
    connect(work, &WorkIndicator::cancelRequested, compute_, &ComputeThread::cancelWork);
    connect(qApp, &QApplication::focusChanged, this, &MainWindow::keepFocus);
    connect(&pages_.samples, &ComparePage::hovered, status_, &StatusLine::setReadout);
    connect(&pages_.curves, &TrainPage::hovered, status_, &StatusLine::setReadout);
    connect(&pages_.frequency, &FrequencyPage::hovered, status_, &StatusLine::setReadout);
}

}  // namespace thaw
