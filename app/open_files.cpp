// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/open_files.h"

#include "app/open_target.h"
#include "app/settings.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

namespace thaw {
namespace {

QFileDialog* makeDialog(QWidget* window, const QString& title, QFileDialog::FileMode mode, const QString& filter = {}) {
    auto* dialog = new QFileDialog(window, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    if (mode == QFileDialog::Directory) dialog->setOption(QFileDialog::ShowDirsOnly);
    if (!filter.isEmpty()) dialog->setNameFilters({filter, OpenFiles::tr("All files (*)")});
    return dialog;
}

}  // namespace

OpenFiles::OpenFiles(Settings& settings, const QString& runsFolder, QWidget* window)
    : QObject(window), settings_(settings), runsFolder_(runsFolder), window_(window),
      recent_(new QMenu(tr("Open &recent"), window)) {
    recent_->setToolTipsVisible(true);
    connect(recent_, &QMenu::aboutToShow, this, &OpenFiles::fillRecent);
    fillRecent();
}

void OpenFiles::askForModel() {
    auto* dialog = makeDialog(window_, tr("Open model"), QFileDialog::ExistingFile, tr("Models (*.safetensors)"));
    connect(dialog, &QFileDialog::fileSelected, this, &OpenFiles::modelChosen);
    dialog->open();
}

void OpenFiles::askForData() {
    auto* dialog = makeDialog(window_, tr("Open data set: a folder of IDX files"), QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &OpenFiles::dataChosen);
    dialog->open();
}

void OpenFiles::askForRun() {
    auto* dialog = makeDialog(window_, tr("Continue run"), QFileDialog::Directory);
    dialog->setDirectory(runsFolder_);
    connect(dialog, &QFileDialog::fileSelected, this, &OpenFiles::runChosen);
    dialog->open();
}

bool OpenFiles::accepts(const QMimeData* mime) const { return !firstUsable(mime).isEmpty(); }

QString OpenFiles::firstUsable(const QMimeData* mime) const {
    for (const QUrl& url : mime->urls())
        if (url.isLocalFile() && openTarget(url.toLocalFile()) != OpenTarget::Nothing) return url.toLocalFile();
    return {};
}

void OpenFiles::take(const QMimeData* mime) {
    const QString path = firstUsable(mime);
    if (path.isEmpty()) return;
    if (openTarget(path) == OpenTarget::DataSet) Q_EMIT dataChosen(path);
    else Q_EMIT modelChosen(path);
}

void OpenFiles::remember(const QString& model) {
    if (model != QLatin1String("builtin")) settings_.addRecentModel(QFileInfo(model).absoluteFilePath());
}

void OpenFiles::fillRecent() {
    recent_->clear();
    recent_->addAction(tr("Built-in model"), this, [this] { Q_EMIT modelChosen(QStringLiteral("builtin")); });
    recent_->addSeparator();
    for (const QString& path : settings_.recentModels()) {
        const QFileInfo info(path);
        const QString text = info.exists() ? info.fileName() : tr("%1 (missing)").arg(info.fileName());
        QAction* action = recent_->addAction(text, this, [this, path] { Q_EMIT modelChosen(path); });
        action->setToolTip(QDir::toNativeSeparators(path));
        action->setEnabled(info.exists());
    }
}

}  // namespace thaw
