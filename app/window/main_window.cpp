// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/main_window.h"

#include "app/engine/compute_thread.h"
#include "app/figure/figure_sources.h"
#include "app/figure/figure_window.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/model/model_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/read_aside.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/training/run_page.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/fit_notice.h"
#include "app/window/live_views.h"
#include "app/window/main_toolbar.h"
#include "app/window/menus.h"
#include "app/window/open_files.h"
#include "app/window/run_report.h"
#include "app/window/status_line.h"
#include "app/window/workbench.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/progress_strip.h"
#include "widgets/run/run_form.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace thaw {
namespace {

ComputeOptions computeOptions(const WindowOptions& options) {
    ComputeOptions compute;
    compute.device = options.device.toStdString();
    return compute;
}

}  // namespace

MainWindow::MainWindow(Settings& settings, const WindowOptions& options, QWidget* parent)
    : QMainWindow(parent),
      settings_(settings),
      runsFolder_(options.runs.isEmpty() ? defaultRunsFolder() : options.runs),
      selection_(new Selection(this)),
      compute_(new ComputeThread(computeOptions(options), this)),
      actions_(new Actions(this)),
      strip_(new MessageStrip(this)),
      fitStrip_(new MessageStrip(this)),
      progress_(new ProgressStrip(this)),
      fit_(new FitNotice(*fitStrip_, this)),
      toolBar_(new MainToolBar(*actions_, *selection_, this)),
      status_(new StatusLine(this)),
      blocks_(new BlocksPage(*selection_, undo_)),
      samples_(new ComparePage(*compute_, *selection_, settings)),
      curves_(new TrainPage(settings)),
      frequency_(new FrequencyPage(*compute_, *selection_, settings)),
      run_(new RunPage(runsFolder_)),
      card_(new ModelPage(settings)),
      live_(new LiveViews(*samples_, *frequency_, this)),
      report_(new RunReport(*compute_, *status_, *strip_, this)),
      files_(new OpenFiles(settings, runsFolder_, this)),
      sources_(new FigureSources(this)),
      device_(options.device) {
    buildLayout();
    connectFacts();
    connectFiles();
    connectOpening();
    connectCard();
    connectEdit();
    connectTraining();
    connectView();
    connectFrequency();
    connectExports();
    connectHelp();
    connectFigures();
    connectSession();
    connectRecovery();
    connectMemory();
    // What a tooltip says, "What's This?" says too.
    for (QWidget* widget : findChildren<QWidget*>())
        if (widget->whatsThis().isEmpty() && !widget->toolTip().isEmpty()) widget->setWhatsThis(widget->toolTip());
    actions_->retint(palette());
    setWindowTitle(report_->windowTitle());
    if (!restoreGeometry(settings_.geometry())) resize(1440, 900);

    autosavePath_ = options.autosave;
    if (options.session) {
        applySession(*options.session);
    } else {
        openModel(options.model);
        openData(options.data);
    }
}

MainWindow::~MainWindow() {
    // Figures tell this window when they go, which must still have its list of them.
    for (FigureWindow* figure : std::exchange(figures_, {})) delete figure;
    // The compute thread ends before the pages it reports to.
    delete compute_;
}

void MainWindow::buildLayout() {
    workbench_ = new Workbench(settings_, {blocks_, card_, samples_, curves_, frequency_, run_}, this);
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(progress_);
    layout->addWidget(strip_);
    layout->addWidget(fitStrip_);
    layout->addWidget(workbench_, 1);
    strip_->hide();
    setCentralWidget(centre);
    addToolBar(toolBar_);
    setStatusBar(status_);
    setContextMenuPolicy(Qt::NoContextMenu);
    Menus::fill(*menuBar(), *actions_, *workbench_, undo_, files_->recentMenu());
}

void MainWindow::connectFacts() {
    const Engine* facts = compute_->facts();
    connect(compute_, &ComputeThread::stateChanged, this, &MainWindow::showState);
    connect(facts, &Engine::deviceKnown, toolBar_, &MainToolBar::setDevice);
    connect(facts, &Engine::modelOpened, this, [this](const ModelSummary& model) {
        frequency_->setTunedAvailable(false);
        curves_->forgetOriginalFid();
        samples_->forgetTuned();
        samples_->setModelTitle(QString::fromStdString(model.title));
        frequency_->setModel(model);
        blocks_->setModel(model);
        run_->runs()->setCurrentRun({});
        samples_->restart();
        frequency_->restart();
        compute_->requestOriginalFid(run_->form()->config().fidImages);
    });
    connect(facts, &Engine::dataOpened, this, [this] {
        curves_->forgetOriginalFid();
        if (blocks_->hasModel()) {
            samples_->restart();
            frequency_->restart();
        }
        compute_->requestOriginalFid(run_->form()->config().fidImages);
    });
    connect(facts, &Engine::responsesKnown, frequency_, &FrequencyPage::setResponses);
    connect(facts, &Engine::responsesKnown, samples_, &ComparePage::setResponses);
    connect(facts, &Engine::runStarted, this, [this](const QString& folder, const FinetuneConfig& config) {
        run_->form()->setConfig(config);
        blocks_->adoptPlan(config.freeze);
        curves_->beginRun(report_->runTitle(), config);
        samples_->setRunTitle(report_->runTitle());
        frequency_->setTunedAvailable(true);
        run_->runs()->setCurrentRun(folder);
        blocks_->clearGradients();
        // A run that goes on shows what it logged before.
        readAside(
            this, [file = folder.toStdString()] { return runStatsIfAny(file); },
            [this, folder](const RunStats& stats) {
                if (report_->runFolder() == folder) curves_->addHistory(stats);
            });
    });
    connect(facts, &Engine::stepsDone, curves_, &TrainPage::addSteps);
    connect(facts, &Engine::stepsDone, blocks_, &BlocksPage::showGradients);
    connect(selection_, &Selection::blockChanged, curves_, &TrainPage::setBlock);
    connect(curves_, &TrainPage::pinChanged, this, [this](std::optional<double> kimg) {
        blocks_->holdGradients(kimg ? curves_->gradientsAt(*kimg) : std::vector<BlockGradient>());
    });
    connect(facts, &Engine::runMarked, curves_, &TrainPage::addMark);
    connect(facts, &Engine::originalFidMeasured, curves_, &TrainPage::setOriginalFid);
    connect(facts, &Engine::fidMeasured, this, [this](const FidPoint& point) {
        curves_->addFid(point);
        live_->refreshAll();
    });
    connect(facts, &Engine::runEnded, run_->runs(), &RunsList::refresh);
    connect(report_, &RunReport::windowTitleChanged, this, &QWidget::setWindowTitle);
    connect(report_, &RunReport::failureShown, this, [this](const Failure& failure) {
        if (failure.task == Task::Spectrum) frequency_->giveUp();
        if (failure.task == Task::Sample) samples_->giveUp();
        saveFailed_ = failure.task == Task::Save;
    });
    connect(samples_, &ComparePage::originalCompleted, this, &MainWindow::noteSettled);
    connect(frequency_, &FrequencyPage::upToDate, this, &MainWindow::noteSettled);
}

void MainWindow::openModel(const QString& path) { compute_->openModel(path); }
void MainWindow::openData(const QString& path) { compute_->openData(path); }

void MainWindow::start() {
    if (!run_->form()->isValid() || fit_->preventsStart()) return;
    saveFailed_ = false;
    compute_->start(run_->form()->config(), runsFolder_);
}

void MainWindow::showState(RunState state) {
    showEnabled();
    report_->showState(state);
    live_->setState(state);
    if (leaving_) leaveWhenSaved(state);
    noteSettled();
}

void MainWindow::showEnabled() {
    const RunState state = compute_->state();
    const QString obstacle = fit_->preventsStart()     ? fit_->obstacle()
                             : run_->form()->isValid() ? QString()
                                                       : tr("A setting of the run needs another value.");
    actions_->showState(state, obstacle);
    files_->recentMenu()->setEnabled(isAllowed(state, Command::OpenModel));
    blocks_->setLocked(!isAllowed(state, Command::SetFreeze));
    run_->form()->setLocked(runIsOpen(state));
    run_->runs()->setEnabledFor(isAllowed(state, Command::OpenModel), isAllowed(state, Command::Start));
}

bool MainWindow::isSettled() const {
    return compute_->state() != RunState::Empty && compute_->state() != RunState::Loading &&
           samples_->originalComplete() && frequency_->isUpToDate();
}

void MainWindow::noteSettled() {
    if (isSettled()) Q_EMIT settled();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!figuresMayClose()) return event->ignore();
    if (!runIsOpen(compute_->state())) {
        workbench_->remember();
        settings_.setGeometry(saveGeometry());
        autosave();
        return event->accept();
    }
    event->ignore();
    leaving_ = true;
    compute_->stop();
}

void MainWindow::leaveWhenSaved(RunState state) {
    if (runIsOpen(state)) return;
    if (saveFailed_) return askToLeaveUnsaved();
    close();
}

void MainWindow::askToLeaveUnsaved() {
    leaving_ = false;
    auto* box = new QMessageBox(
        QMessageBox::Warning, tr("The run could not be saved"),
        tr("Leaving now loses what run %1 has learnt since its last snapshot.").arg(report_->runTitle()),
        QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* leave = box->addButton(tr("Leave and lose it"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Stay"), QMessageBox::RejectRole));
    connect(leave, &QPushButton::clicked, this, &QWidget::close);
    box->open();
}

void MainWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) actions_->retint(palette());
    QMainWindow::changeEvent(event);
}

}  // namespace thaw
