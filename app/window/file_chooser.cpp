// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/file_chooser.h"

#include "app/engine/far_files.h"
#include "app/shared/open_target.h"
#include "app/shared/settings.h"
#include "app/window/far_file_dialog.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace thaw {
namespace {

QFileDialog* makeDialog(QWidget* window, const QString& title, QFileDialog::FileMode mode, const QString& folder,
                        const QStringList& filters = {}) {
    auto* dialog = new QFileDialog(window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    if (mode == QFileDialog::Directory) dialog->setOption(QFileDialog::ShowDirsOnly);
    else dialog->setNameFilters(QStringList(filters) << FileChooser::tr("All files (*)"));
    if (!folder.isEmpty()) dialog->setDirectory(folder);
    return dialog;
}

QString folderOfNewest(const QStringList& recent) {
    return recent.isEmpty() ? QString() : QFileInfo(recent.front()).absolutePath();
}

}  // namespace

FileChooser::FileChooser(Settings& settings, const QString& runsFolder, QWidget* window)
    : QObject(window),
      settings_(settings),
      runsFolder_(runsFolder),
      window_(window),
      recent_(new QMenu(tr("Open &recent"), window)) {
    recent_->setToolTipsVisible(true);
    connect(recent_, &QMenu::aboutToShow, this, &FileChooser::fillRecent);
    fillRecent();
}

void FileChooser::setFar(FarFiles* far, const QString& host) {
    far_ = far;
    host_ = host;
    lastFar_.clear();
    fillRecent();
}

bool FileChooser::isFar() const { return far_; }

bool FileChooser::askThere(const QString& title, bool folder, const std::function<void(const QString&)>& take) {
    if (!far_) return false;
    auto* dialog = new FarFileDialog(*far_, host_, title, folder, lastFar_, window_);
    connect(dialog, &FarFileDialog::chosen, this, [this, take](const QString& path) {
        lastFar_ = path.section(QLatin1Char('/'), 0, -2);
        take(path);
    });
    dialog->open();
    return true;
}

void FileChooser::askForModel() {
    if (askThere(tr("Open model"), false, [this](const QString& path) { Q_EMIT modelChosen(path); })) return;
    auto* dialog = makeDialog(
        window_, tr("Open model"), QFileDialog::ExistingFile, folderOfNewest(settings_.recentModels()),
        {tr("Models (*.safetensors *.pkl *.pt *.pth *.ckpt *.index.json)"), tr("Thaw model files (*.safetensors)"),
         tr("EDM and D2O snapshots (*.pkl)"), tr("PyTorch checkpoints (*.pt *.pth)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { openAs(path, true); });
    dialog->open();
}

void FileChooser::askForTeacher() {
    if (askThere(tr("Choose the model that the run was made from"), false,
                 [this](const QString& path) { Q_EMIT teacherChosen(path); }))
        return;
    auto* dialog =
        makeDialog(window_, tr("Choose the model that the run was made from"), QFileDialog::ExistingFile,
                   folderOfNewest(settings_.recentModels()), {tr("Models (*.safetensors *.pkl *.pt *.pth)")});
    connect(dialog, &QFileDialog::fileSelected, this, &FileChooser::teacherChosen);
    dialog->open();
}

void FileChooser::askForRunModel() {
    if (askThere(tr("Open the generator of a run: choose its folder"), true,
                 [this](const QString& path) { Q_EMIT modelChosen(path); }))
        return;
    auto* dialog =
        makeDialog(window_, tr("Open the generator of a run: choose its folder"), QFileDialog::Directory, runsFolder_);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { openAs(path, true); });
    dialog->open();
}

void FileChooser::askForData() {
    if (askThere(tr("Open data set"), false, [this](const QString& path) { Q_EMIT dataChosen(path); })) return;
    auto* dialog = makeDialog(
        window_, tr("Open data set"), QFileDialog::ExistingFile, folderOfNewest(settings_.recentData()),
        {tr("Data sets (*.zip *.npz *.npy *.bin *-ubyte *-ubyte.gz)"), tr("Zips of images (*.zip)"),
         tr("NumPy arrays (*.npz *.npy)"), tr("CIFAR batches (*.bin)"), tr("IDX files (*-ubyte *-ubyte.gz)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { openAs(path, false); });
    dialog->open();
}

void FileChooser::askForDataFolder() {
    if (askThere(tr("Open data set: a folder of images, IDX files or CIFAR batches"), true,
                 [this](const QString& path) { Q_EMIT dataChosen(path); }))
        return;
    auto* dialog = makeDialog(window_, tr("Open data set: a folder of images, IDX files or CIFAR batches"),
                              QFileDialog::Directory, folderOfNewest(settings_.recentData()));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { openAs(path, false); });
    dialog->open();
}

void FileChooser::askForRun() {
    if (askThere(tr("Continue run"), true, [this](const QString& path) { Q_EMIT runChosen(path); })) return;
    auto* dialog = makeDialog(window_, tr("Continue run"), QFileDialog::Directory, runsFolder_);
    connect(dialog, &QFileDialog::fileSelected, this, &FileChooser::runChosen);
    dialog->open();
}

void FileChooser::askForFigure() {
    auto* dialog = makeDialog(window_, tr("Open figure"), QFileDialog::ExistingFile, settings_.exportFolder(),
                              {tr("Figures and recipes (*.pdf *.svg *.png *.csv *.npz *.json)")});
    connect(dialog, &QFileDialog::fileSelected, this, &FileChooser::figureChosen);
    dialog->open();
}

// A user who picked a data set in the dialog for models wants that data set. A file that is neither goes to the reader that
// the dialog is for, which says best what is wrong with it.
void FileChooser::openAs(const QString& path, bool model) {
    switch (openTarget(path)) {
    case OpenTarget::Model:
    case OpenTarget::Run: Q_EMIT modelChosen(path); return;
    case OpenTarget::Session: Q_EMIT sessionChosen(path); return;
    case OpenTarget::Figure: Q_EMIT figureChosen(path); return;
    case OpenTarget::Curves: Q_EMIT curvesChosen(path); return;
    case OpenTarget::DataSet: Q_EMIT dataChosen(path); return;
    case OpenTarget::Nothing: break;
    }
    if (model) Q_EMIT modelChosen(path);
    else Q_EMIT dataChosen(path);
}

void FileChooser::open(const QStringList& paths) {
    for (const QString& path : paths)
        if (openTarget(path) == OpenTarget::Session) return Q_EMIT sessionChosen(path);
    QString model, data;
    bool others = false;  // figures and curves, all of them
    for (const QString& path : paths) {
        const OpenTarget target = openTarget(path);
        if (target == OpenTarget::Nothing) continue;
        if (target == OpenTarget::Figure || target == OpenTarget::Curves) {
            others = true;
            if (target == OpenTarget::Figure) Q_EMIT figureChosen(path);
            else Q_EMIT curvesChosen(path);
            continue;
        }
        QString& slot = target == OpenTarget::DataSet ? data : model;
        if (slot.isEmpty()) slot = path;
    }
    if (!model.isEmpty()) Q_EMIT modelChosen(model);
    if (!data.isEmpty()) Q_EMIT dataChosen(data);
    if (model.isEmpty() && data.isEmpty() && !others && !paths.isEmpty()) Q_EMIT refused(paths.front());
}

void FileChooser::rememberModel(const QString& path) {
    if (!far_ && !isBuiltinName(path)) settings_.addRecentModel(QFileInfo(path).absoluteFilePath());
}

void FileChooser::rememberData(const QString& path) {
    if (!far_ && path != kBuiltin) settings_.addRecentData(QFileInfo(path).absoluteFilePath());
}

void FileChooser::addRecent(const QString& path, bool isModel) {
    const QFileInfo info(path);
    QString name = info.fileName();
    // The folder distinguishes two files of the same name.
    name = tr("%1 in %2").arg(name, QFileInfo(info.absolutePath()).fileName());
    name.replace(QLatin1Char('&'), QStringLiteral("&&"));
    QAction* action =
        recent_->addAction(info.exists() ? name : tr("%1 (missing)").arg(name), this, [this, path, isModel] {
            if (isModel) Q_EMIT modelChosen(path);
            else Q_EMIT dataChosen(path);
        });
    action->setToolTip(QDir::toNativeSeparators(path));
    action->setEnabled(info.exists());
}

void FileChooser::fillRecent() {
    recent_->clear();
    recent_->addSection(tr("Models"));
    recent_->addAction(tr("Built-in model"), this, [this] { Q_EMIT modelChosen(kBuiltin); });
    recent_->addAction(tr("Built-in colour model"), this, [this] { Q_EMIT modelChosen(kBuiltinEmoji); });
    // Those of this machine mean nothing to another.
    if (!far_)
        for (const QString& path : settings_.recentModels()) addRecent(path, true);
    recent_->addSection(tr("Data sets"));
    recent_->addAction(tr("Built-in data set"), this, [this] { Q_EMIT dataChosen(kBuiltin); });
    if (!far_)
        for (const QString& path : settings_.recentData()) addRecent(path, false);
    recent_->addSeparator();
    QAction* clear = recent_->addAction(tr("&Clear list"), this, [this] { settings_.clearRecent(); });
    clear->setEnabled(!far_ && (!settings_.recentModels().isEmpty() || !settings_.recentData().isEmpty()));
}

}  // namespace thaw
