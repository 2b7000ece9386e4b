// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QWidget;

namespace thaw {

class KnownRuns;

/// What can be done with the folders of runs themselves. The open run, and one that a living process writes, are left alone.
class RunFolders : public QObject {
    Q_OBJECT
public:
    /// `page`: whose window the dialogs belong to.
    RunFolders(const KnownRuns& known, QWidget* page);

    /// Gives a run another name; why it cannot be done, in a sentence, or nothing.
    QString rename(const QString& folder, const QString& name);
    /// Moves a run to the trash of the desktop; as above. Nothing is deleted where there is no trash.
    QString trash(const QString& folder);
    /// The table of runs as CSV (core/formats/runs_csv.h); as above.
    QString exportTable(const QString& path) const;

    void askForName(const QString& folder);
    void askToTrash(const QStringList& folders);
    void askWhereToExport();
    void askForImport();
    static void show(const QString& folder);  ///< in the file manager

Q_SIGNALS:
    void moved(const QString& from, const QString& to);  ///< `to` is empty: to the trash
    void exported(const QString& path);
    void importChosen(const QString& folder);  ///< of another program
    void failed(const QString& what, const QString& why);

private:
    QString obstacle(const QString& folder) const;

    const KnownRuns& known_;
    QWidget* page_;
};

}  // namespace thaw
