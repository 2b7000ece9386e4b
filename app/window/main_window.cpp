// SPDX-License-Identifier: GPL-3.0-or-later

// What the window is made of; how the parts are connected stands in main_window_connections.cpp.
#include "app/window/main_window.h"

#include "app/engine/compute_thread.h"
#include "app/figure/figure_sources.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/model/model_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/open_target.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/studies/studies_page.h"
#include "app/training/run_page.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/banner_stack.h"
#include "app/window/continue_offer.h"
#include "app/window/far_machine.h"
#include "app/window/far_views.h"
#include "app/window/figure_windows.h"
#include "app/window/file_chooser.h"
#include "app/window/help_guide.h"
#include "app/window/leaving_guard.h"
#include "app/window/main_toolbar.h"
#include "app/window/memory_watch.h"
#include "app/window/menus.h"
#include "app/window/opened_run_views.h"
#include "app/window/opening.h"
#include "app/window/run_report.h"
#include "app/window/save_report.h"
#include "app/window/session_keeper.h"
#include "app/window/status_line.h"
#include "app/window/workbench.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/progress_strip.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QMenuBar>
#include <QScreen>
#include <QVBoxLayout>

namespace thaw {
namespace {

ComputeOptions computeOptions(const WindowOptions& options) {
    ComputeOptions compute;
    compute.device = options.device.toStdString();
    return compute;
}

// The first window has room for every view where the screen has; what frames it wants some of the screen too.
QSize firstSize(const QSize& screen) {
    constexpr QSize kWanted{1440, 900}, kLeast{1024, 640}, kFrame{2, 40};
    return kWanted.boundedTo(screen - kFrame).expandedTo(kLeast);
}

QString runsFolder(const WindowOptions& options) { return options.runs.isEmpty() ? defaultRunsFolder() : options.runs; }

}  // namespace

MainWindow::MainWindow(Settings& settings, const WindowOptions& options, QWidget* parent)
    : QMainWindow(parent),
      settings_(settings),
      selection_(new Selection(this)),
      compute_(new ComputeThread(computeOptions(options), this)),
      actions_(new Actions(this)),
      strip_(new MessageStrip(this)),
      status_(new StatusLine(this)),
      report_(new RunReport(*compute_, *status_, *strip_, this)),
      pages_(makePages(runsFolder(options), options.device)),
      toolBar_(new MainToolBar(*actions_, pages_.run.actions(), pages_.blocks, *selection_, this)),
      workbench_(new Workbench(settings,
                               {&pages_.blocks, &pages_.card, &pages_.samples, &pages_.curves, &pages_.frequency,
                                &pages_.run, &pages_.studies},
                               this)),
      opening_(new Opening(*compute_, *report_, *actions_, settings, runsFolder(options), this)),
      machine_(new FarMachine(*compute_, computeOptions(options), *report_, *status_, *actions_, settings, this)),
      offer_(new ContinueOffer(*compute_, settings, runsFolder(options), this)),
      saving_(new SaveReport(*strip_, this)),
      sources_(new FigureSources(this)),
      figures_(new FigureWindows(*compute_, *report_, settings, this)),
      sessions_(new SessionKeeper({pages_, *selection_, *workbench_, *opening_, settings}, *opening_, *compute_,
                                  *report_, *saving_, *actions_, settings, options.autosave, this)),
      help_(new HelpGuide(pages_, *workbench_, *toolBar_, *actions_, settings, this)),
      leaving_(new LeavingGuard(*compute_, *report_, *machine_, this)) {
    new OpenedRunViews(*compute_, pages_, settings_, this);
    auto* memory = new MemoryWatch(*compute_, options.device, *actions_, *status_, *strip_, this);
    buildLayout();
    connectOpening();
    connectRun();
    connectCurves();
    connectState();
    connectSelection();
    connectSaving();
    connectFigures();
    connectStudies();
    connectView();
    new FarViews(
        {*machine_, *compute_, pages_, *opening_, *offer_, *sessions_, *sources_, *memory, *actions_, settings_},
        runsFolder(options), this);
    connect(machine_, &FarMachine::helpRequested, help_, &HelpGuide::showPage);
    connect(compute_->facts(), &EngineFacts::failed, this, &MainWindow::failed);
    // What a tooltip says, "What's This?" says too.
    for (QWidget* widget : findChildren<QWidget*>())
        if (widget->whatsThis().isEmpty() && !widget->toolTip().isEmpty()) widget->setWhatsThis(widget->toolTip());
    setWindowTitle(report_->windowTitle());
    if (!restoreGeometry(settings_.geometry())) resize(firstSize(screen()->availableSize()));

    if (options.session) {
        sessions_->apply(*options.session);
    } else {
        // A run brings its own data set; one that is named comes after it and stays.
        const bool named = options.data != kBuiltin;
        if (!named) opening_->openData(options.data);
        opening_->openModel(options.model);
        if (named) opening_->openData(options.data);
    }
}

MainWindow::~MainWindow() {
    delete figures_;
    // The compute thread ends before the pages it reports to.
    delete compute_;
}

Pages MainWindow::makePages(const QString& runsFolder, const QString& device) {
    return {*new BlocksPage(*selection_, undo_, this),
            *new ModelPage(settings_, this),
            *new ComparePage(*compute_, *selection_, settings_, this),
            *new TrainPage(settings_, this),
            *new FrequencyPage(*compute_, *selection_, settings_, this),
            *new RunPage(*compute_, runsFolder, this),
            *new StudiesPage(runsFolder, device, settings_, this)};
}

void MainWindow::buildLayout() {
    auto* centre = new QWidget(this);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(workbench_);
    auto* banners = new BannerStack(centre);
    for (QWidget* banner : {static_cast<QWidget*>(opening_->progress()), static_cast<QWidget*>(machine_->strip()),
                            static_cast<QWidget*>(strip_), static_cast<QWidget*>(opening_->fitStrip()),
                            static_cast<QWidget*>(offer_->strip())})
        banners->add(banner);
    strip_->hide();
    setCentralWidget(centre);
    addToolBar(toolBar_);
    setStatusBar(status_);
    setContextMenuPolicy(Qt::NoContextMenu);
    Menus::fill(*menuBar(), *actions_, pages_, *workbench_, undo_, opening_->files()->recentMenu());
}

void MainWindow::start() { pages_.run.start(); }
void MainWindow::startTour() { help_->startTour(); }

void MainWindow::leaveAtOnce() {
    leaving_->askNothing();
    close();
}

bool MainWindow::isSettled() const {
    return compute_->state() != RunState::Empty && compute_->state() != RunState::Loading &&
           pages_.samples.originalComplete() && pages_.frequency.isUpToDate();
}

void MainWindow::noteSettled() {
    if (isSettled()) Q_EMIT settled();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    const bool asks = !leaving_->asksNothing();
    if ((asks && !figures_->mayClose()) || !leaving_->mayClose()) return event->ignore();
    workbench_->remember();
    settings_.setGeometry(saveGeometry());
    sessions_->autosave();
    event->accept();
    if (!asks) QCoreApplication::exit(exitCode(ErrorCode::Interrupted));
}

}  // namespace thaw
