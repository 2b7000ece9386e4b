// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/file_question.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace thaw {

class FarFiles;

/// Chooses a file or a folder of another machine: its path, and below what lies in the folder that it names.
class FarFileDialog : public QDialog {
    Q_OBJECT
public:
    /// `host`: the machine, for the title. `wantsFolder`: only folders are listed; else a folder may be chosen too,
    /// which a run is. Begins in `folder`; empty = the home folder there.
    FarFileDialog(FarFiles& files, const QString& host, const QString& title, bool wantsFolder, const QString& folder,
                  QWidget* window);

    QString path() const;
    /// Lists a folder; what cannot be listed is said below.
    void goTo(const QString& folder);

Q_SIGNALS:
    void chosen(const QString& path);

private:
    void show(const answer::Listing& listing);
    void showFault(const answer::Failed& failed);
    void activate(const QTreeWidgetItem* item);
    void select();
    QString selectedPath() const;
    void choose();
    void take();

    FarFiles& files_;
    bool wantsFolder_;
    QString folder_;  // that is listed
    QLineEdit* path_;
    QTreeWidget* entries_;
    QLabel* fault_;
    QPushButton* open_;
};

}  // namespace thaw
