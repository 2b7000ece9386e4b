// SPDX-License-Identifier: GPL-3.0-or-later

// How models, data sets and runs come into the window.
#include "app/engine/compute_thread.h"
#include "app/model/blocks_page.h"
#include "app/model/model_page.h"
#include "app/shared/file_drop.h"
#include "app/training/run_page.h"
#include "app/training/runs_list.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/fit_notice.h"
#include "app/window/main_window.h"
#include "app/window/open_files.h"
#include "app/window/run_report.h"
#include "app/window/settings_difference.h"
#include "app/window/workbench.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/progress_strip.h"

#include <QDesktopServices>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QUrl>

namespace thaw {
namespace {

}  // namespace

void MainWindow::connectFiles() {
    connect(actions_->openModel, &QAction::triggered, files_, &OpenFiles::askForModel);
    connect(actions_->openRun, &QAction::triggered, files_, &OpenFiles::askForRunModel);
    connect(actions_->openData, &QAction::triggered, files_, &OpenFiles::askForData);
    connect(actions_->openDataFolder, &QAction::triggered, files_, &OpenFiles::askForDataFolder);
    connect(actions_->continueRun, &QAction::triggered, files_, &OpenFiles::askForRun);
    connect(actions_->openBuiltin, &QAction::triggered, this, [this] { openModel(kBuiltin); });
    connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
    connect(files_, &OpenFiles::modelChosen, this, &MainWindow::openModel);
    connect(files_, &OpenFiles::dataChosen, this, &MainWindow::openData);
    connect(files_, &OpenFiles::refused, this, [this](const QString& path) {
        report_->showProblem(tr("%1 is neither a model nor a data set").arg(QDir::toNativeSeparators(path)), {},
                             tr("Models are .safetensors, .pkl and .pt files and run folders; data sets are zips and "
                                "folders of images, .npz, .npy, IDX and CIFAR files."));
    });
    const auto continueRun = [this](const QString& folder) { compute_->continueRun(folder); };
    connect(files_, &OpenFiles::runChosen, this, continueRun);
    connect(run_->runs(), &RunsList::continueRequested, this, continueRun);
    connect(run_->runs(), &RunsList::openRequested, this, &MainWindow::openModel);
    connect(run_->runs(), &RunsList::overlayShown, curves_, &TrainPage::showOverlay);
    connect(run_->runs(), &RunsList::overlayHidden, curves_, &TrainPage::hideOverlay);
    connect(run_->runs(), &RunsList::compareRequested, this,
            [this](const QString& a, const QString& configA, const QString& b, const QString& configB) {
                (new SettingsDifference(a, configA, b, configB, this))->show();
            });
    const auto* drop = new FileDrop(this, [this] {
        return compute_->allows(Command::OpenModel) ? QString() : tr("A run is going. Stop it first; it is saved.");
    });
    connect(drop, &FileDrop::dropped, files_, &OpenFiles::open);
    connect(files_, &OpenFiles::sessionChosen, this, &MainWindow::openSession);
    connect(strip_, &MessageStrip::actionTriggered, this, &MainWindow::takeOffer);
}

void MainWindow::takeOffer() {
    switch (report_->offer()) {
    case RunReport::Offer::OpenModel: return files_->askForModel();
    case RunReport::Offer::OpenData: return files_->askForData();
    case RunReport::Offer::OpenBuiltinModel: return openModel(kBuiltin);
    case RunReport::Offer::OpenBuiltinData: return openData(kBuiltin);
    case RunReport::Offer::OpenRunFolder: QDesktopServices::openUrl(QUrl::fromLocalFile(report_->runFolder())); return;
    case RunReport::Offer::ContinueRun: compute_->continueRun(report_->interruptedRun()); return;
    case RunReport::Offer::None: return;
    }
}

void MainWindow::connectOpening() {
    const Engine* facts = compute_->facts();
    connect(facts, &Engine::openingBegan, this, [this](const QString& path) {
        const QString name = QFileInfo(path).fileName();
        progress_->begin(path == kBuiltin ? tr("Opening the built-in files…") : tr("Opening %1…").arg(name));
    });
    connect(facts, &Engine::openingProgressed, progress_, &ProgressStrip::setShare);
    connect(progress_, &ProgressStrip::cancelRequested, compute_, &ComputeThread::cancelOpening);
    connect(facts, &Engine::openingCancelled, this, [this](const QString& path) {
        report_->showProblem(tr("Opening %1 was cancelled").arg(QDir::toNativeSeparators(path)),
                             tr("What was open before stays open."));
    });
    connect(compute_, &ComputeThread::stateChanged, this, [this](RunState state) {
        if (state != RunState::Loading) progress_->end();
    });
    connect(facts, &Engine::modelOpened, this, [this](const ModelSummary& model) {
        files_->rememberModel(QString::fromStdString(model.path));
        fit_->setModel(model);
    });
    connect(facts, &Engine::dataOpened, this, [this](const DataSummary& data) {
        files_->rememberData(QString::fromStdString(data.path));
        fit_->setData(data);
        report_->showDataNotes(data);
    });
    connect(fit_, &FitNotice::changed, this, &MainWindow::showEnabled);
    connect(fit_, &FitNotice::openDataRequested, files_, &OpenFiles::askForData);
    connect(fit_, &FitNotice::openBuiltinDataRequested, this, [this] { openData(kBuiltin); });
}

void MainWindow::connectCard() {
    const Engine* facts = compute_->facts();
    connect(facts, &Engine::modelCardReady, card_, &ModelPage::setCard);
    connect(facts, &Engine::modelOpened, card_, &ModelPage::setModel);
    connect(facts, &Engine::modelChecksumReady, card_, &ModelPage::setChecksum);
    connect(blocks_, &BlocksPage::planChanged, card_, &ModelPage::setPlan);
    connect(actions_->showCard, &QAction::triggered, this, [this] {
        workbench_->card()->show();
        workbench_->card()->raise();
    });
    connect(card_, &ModelPage::savedTo, this, [this](const QString& path) {
        strip_->showMessage(MessageStrip::Severity::Success, tr("Saved %1").arg(QDir::toNativeSeparators(path)));
    });
    connect(card_, &ModelPage::saveFailed, this, [this](const QString& path, const QString& why) {
        strip_->showMessage(MessageStrip::Severity::Error,
                            tr("%1 could not be written").arg(QDir::toNativeSeparators(path)), why);
    });
}

}  // namespace thaw
