// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/training/run_folders.h"

#include "app/shared/known_runs.h"
#include "core/formats/running_mark.h"
#include "core/formats/runs_csv.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QUrl>

namespace thaw {

RunFolders::RunFolders(const KnownRuns& known, QWidget* page) : QObject(page), known_(known), page_(page) {}

QString RunFolders::obstacle(const QString& folder) const {
    const QString name = QDir(folder).dirName();
    if (!known_.current().isEmpty() && QDir(folder) == QDir(known_.current()))
        return tr("%1 is the open run. Open another model first.").arg(name);
    if (const RunSummary* run = known_.find(folder); run && !run->importedFrom.empty())
        return tr("%1 belongs to another program and is only read. Change it in the file manager.").arg(name);
    if (isRunning(folder.toStdString())) return tr("Another process is writing %1. Wait until it has ended.").arg(name);
    return {};
}

QString RunFolders::rename(const QString& folder, const QString& name) {
    const QString wanted = name.trimmed(), old = QDir(folder).dirName();
    if (wanted == old) return {};
    if (const QString why = obstacle(folder); !why.isEmpty()) return why;
    if (wanted.isEmpty()) return tr("A run needs a name.");
    if (wanted.startsWith(QLatin1Char('.'))) return tr("'%1' would be hidden: begin with another sign.").arg(wanted);
    if (wanted.contains(QLatin1Char('/')) || wanted.contains(QLatin1Char('\\')))
        return tr("'%1' cannot be the name of a folder: leave out / and \\.").arg(wanted);
    QDir parent = QFileInfo(QDir(folder).absolutePath()).dir();
    if (parent.exists(wanted)) return tr("There is a '%1' already. Choose another name.").arg(wanted);
    if (!parent.rename(old, wanted))
        return tr("'%1' could not be renamed. Check who may write in %2.").arg(old, parent.path());
    Q_EMIT moved(folder, QFileInfo(folder).dir().filePath(wanted));
    return {};
}

QString RunFolders::trash(const QString& folder) {
    if (const QString why = obstacle(folder); !why.isEmpty()) return why;
    if (!QFile::moveToTrash(folder))
        return tr("%1 stays where it is: the desktop offers no trash for this place. Delete it in the file manager.")
            .arg(QDir(folder).dirName());
    Q_EMIT moved(folder, {});
    return {};
}

QString RunFolders::exportTable(const QString& path) const {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return file.errorString();
    const std::string csv = toCsv(known_.runs());
    if (file.write(csv.data(), qint64(csv.size())) != qint64(csv.size())) return file.errorString();
    return file.commit() ? QString() : file.errorString();
}

void RunFolders::askForName(const QString& folder) {
    const QString name = QDir(folder).dirName();
    if (const QString why = obstacle(folder); !why.isEmpty())
        return Q_EMIT failed(tr("%1 keeps its name").arg(name), why);
    auto* dialog = new QInputDialog(page_->window());
    dialog->setObjectName(QStringLiteral("renameRun"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename run"));
    dialog->setLabelText(tr("Name of the run:"));
    dialog->setTextValue(name);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, folder, name](const QString& wanted) {
        if (const QString why = rename(folder, wanted); !why.isEmpty())
            Q_EMIT failed(tr("%1 keeps its name").arg(name), why);
    });
    dialog->open();
}

void RunFolders::askToTrash(const QStringList& folders) {
    if (folders.isEmpty()) return;
    QStringList names;
    for (const QString& folder : folders) {
        names << QDir(folder).dirName();
        if (const QString why = obstacle(folder); !why.isEmpty())
            return Q_EMIT failed(tr("%1 stays where it is").arg(names.back()), why);
    }
    auto* box = new QMessageBox(QMessageBox::Question, tr("Move to the trash"),
                                tr("Move %1 to the trash?").arg(names.join(QStringLiteral(", "))), QMessageBox::Cancel,
                                page_->window());
    box->setObjectName(QStringLiteral("trashRuns"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("Snapshots, curves and images go with it. The trash gives them back until it is emptied."));
    QPushButton* move = box->addButton(tr("Move to the trash"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(move, &QPushButton::clicked, this, [this, folders] {
        for (const QString& folder : folders)
            if (const QString why = trash(folder); !why.isEmpty())
                return Q_EMIT failed(tr("%1 stays where it is").arg(QDir(folder).dirName()), why);
    });
    box->open();
}

void RunFolders::askWhereToExport() {
    auto* dialog = new QFileDialog(page_->window(), tr("Export the table of runs"), {}, QStringLiteral("CSV (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("runs.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (const QString why = exportTable(path); !why.isEmpty())
            return Q_EMIT failed(tr("The table was not written"), why);
        Q_EMIT exported(path);
    });
    dialog->open();
}

void RunFolders::askForImport() {
    auto* dialog = new QFileDialog(page_->window(), tr("Draw the curves of a run of EDM, D2O or StyleGAN: its folder"));
    dialog->setObjectName(QStringLiteral("importCurves"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &RunFolders::importChosen);
    dialog->open();
}

void RunFolders::show(const QString& folder) {
    const QFileInfo info(folder);
    QDesktopServices::openUrl(QUrl::fromLocalFile(info.isFile() ? info.absolutePath() : folder));
}

}  // namespace thaw
