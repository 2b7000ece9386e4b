// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/opening.h"

#include "app/engine/compute_thread.h"
#include "app/shared/file_drop.h"
#include "app/shared/open_target.h"
#include "app/window/actions.h"
#include "app/window/file_chooser.h"
#include "app/window/fit_notice.h"
#include "widgets/base/message_strip.h"
#include "widgets/base/progress_strip.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QUrl>

namespace thaw {

Opening::Opening(ComputeThread& compute, RunReport& report, const Actions& actions, Settings& settings,
                 const QString& runsFolder, QWidget* window)
    : QObject(window),
      compute_(compute),
      report_(report),
      window_(window),
      files_(new FileChooser(settings, runsFolder, window)),
      progress_(new ProgressStrip(window)),
      fitStrip_(new MessageStrip(window)),
      fit_(new FitNotice(*fitStrip_, this)) {
    connectFiles(actions);
    connectProgress();
    connectFit();
    connect(&report, &RunReport::offerTaken, this, &Opening::takeOffer);
    connect(&compute, &ComputeThread::stateChanged, this,
            [this](RunState state) { files_->recentMenu()->setEnabled(isAllowed(state, Command::OpenModel)); });
    files_->recentMenu()->setEnabled(compute.allows(Command::OpenModel));
}

void Opening::openModel(const QString& path) { compute_.openModel(path); }
void Opening::openModelAlone(const QString& path) { compute_.openModel(path, {}, true); }
void Opening::openData(const QString& path) { compute_.openData(path); }

void Opening::connectFiles(const Actions& actions) {
    connect(actions.openModel, &QAction::triggered, files_, &FileChooser::askForModel);
    connect(actions.openRun, &QAction::triggered, files_, &FileChooser::askForRunModel);
    connect(actions.openData, &QAction::triggered, files_, &FileChooser::askForData);
    connect(actions.openDataFolder, &QAction::triggered, files_, &FileChooser::askForDataFolder);
    connect(actions.continueRun, &QAction::triggered, files_, &FileChooser::askForRun);
    connect(actions.openBuiltin, &QAction::triggered, this, [this] { openModel(kBuiltin); });
    connect(actions.openBuiltinColour, &QAction::triggered, this, [this] { openModel(kBuiltinEmoji); });
    connect(files_, &FileChooser::modelChosen, this, &Opening::openModel);
    connect(files_, &FileChooser::dataChosen, this, &Opening::openData);
    connect(files_, &FileChooser::runChosen, this, [this](const QString& folder) { compute_.continueRun(folder); });
    connect(files_, &FileChooser::teacherChosen, this,
            [this](const QString& path) { compute_.openModel(report_.lookedAtPath(), path); });
    connect(files_, &FileChooser::refused, this, &Opening::refuse);
    const auto* drop = new FileDrop(window_, [this] {
        if (files_->isFar()) return tr("Another machine computes, and does not see the files of this one.");
        return compute_.allows(Command::OpenModel) ? QString() : tr("A run is going. Stop it first; it is saved.");
    });
    connect(drop, &FileDrop::dropped, files_, &FileChooser::open);
}

void Opening::setFar(FarFiles* far, const QString& host) {
    files_->setFar(far, host);
    modelPath_ = originalPath_ = dataPath_ = kBuiltin;
}

void Opening::refuse(const QString& path) {
    report_.showProblem(tr("%1 is neither a model nor a data set").arg(QDir::toNativeSeparators(path)), {},
                        tr("Models are .safetensors, .pkl and .pt files and run folders; data sets are zips and "
                           "folders of images, .npz, .npy, IDX and CIFAR files."));
}

void Opening::connectProgress() {
    const EngineFacts* facts = compute_.facts();
    connect(facts, &EngineFacts::openingBegan, this, [this](const QString& path) {
        const QString name = QFileInfo(path).fileName();
        progress_->begin(isBuiltinName(path) ? tr("Opening the built-in files…") : tr("Opening %1…").arg(name));
    });
    connect(facts, &EngineFacts::openingProgressed, progress_, &ProgressStrip::setShare);
    connect(facts, &EngineFacts::continueRefused, this, &Opening::askToContinueAnyway);
    connect(facts, &EngineFacts::runRemarked, this, [this](const QStringList& remarks) {
        report_.showProblem(tr("The run goes on, with a remark"), remarks.join(QLatin1Char('\n')));
    });
    connect(progress_, &ProgressStrip::cancelRequested, &compute_, &ComputeThread::cancelOpening);
    connect(facts, &EngineFacts::openingCancelled, this, [this](const QString& path) {
        report_.showProblem(tr("Opening %1 was cancelled").arg(QDir::toNativeSeparators(path)),
                            tr("What was open before stays open."));
    });
    connect(&compute_, &ComputeThread::stateChanged, this, [this](RunState state) {
        if (state != RunState::Loading) progress_->end();
    });
}

void Opening::connectFit() {
    const EngineFacts* facts = compute_.facts();
    connect(facts, &EngineFacts::modelOpened, this, [this](const ModelSummary& model) {
        modelPath_ = originalPath_ = QString::fromStdString(model.path);
        files_->rememberModel(modelPath_);
        fit_->setModel(model);
    });
    // What is opened again, at the next start or from the list, is the run.
    connect(facts, &EngineFacts::runOpened, this, [this](const OpenedRun& run) {
        modelPath_ = QFileInfo(QString::fromStdString(run.path)).absoluteFilePath();
        files_->rememberModel(modelPath_);
    });
    connect(facts, &EngineFacts::dataOpened, this, [this](const DataSummary& data) {
        dataPath_ = QString::fromStdString(data.path);
        files_->rememberData(dataPath_);
        fit_->setData(data);
        report_.showDataNotes(data);
    });
    connect(fit_, &FitNotice::changed, this, [this] { Q_EMIT obstacleChanged(fit_->obstacle()); });
    connect(fit_, &FitNotice::openDataRequested, files_, &FileChooser::askForData);
    connect(fit_, &FitNotice::openBuiltinDataRequested, this, [this] { openData(kBuiltin); });
}

void Opening::askToContinueAnyway(const QString& folder, const QString& message) {
    auto* box = new QMessageBox(QMessageBox::Warning, tr("This is not the same run any more"), message,
                                QMessageBox::NoButton, window_);
    box->setObjectName(QStringLiteral("continueAnyway"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr(
        "Continuing with what is open now is noted in the run folder. To go on with the same run, put back the files "
        "it was made with, or open them from where they are now, and continue again."));
    QPushButton* anyway = box->addButton(tr("Continue anyway"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Leave it"), QMessageBox::RejectRole));
    connect(anyway, &QPushButton::clicked, this, [this, folder] { compute_.continueRun(folder, true); });
    box->open();
}

void Opening::takeOffer(RunReport::Offer offer) {
    switch (offer) {
    case RunReport::Offer::OpenModel: return files_->askForModel();
    case RunReport::Offer::OpenData: return files_->askForData();
    case RunReport::Offer::OpenBuiltinModel: return openModel(kBuiltin);
    case RunReport::Offer::OpenBuiltinData: return openData(kBuiltin);
    case RunReport::Offer::OpenRunFolder: QDesktopServices::openUrl(QUrl::fromLocalFile(report_.runFolder())); return;
    case RunReport::Offer::ChooseTeacher: return files_->askForTeacher();
    case RunReport::Offer::None: return;
    }
}

}  // namespace thaw
