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
    enum class Wants { File, Folder, Either };
    /// `host`: the machine, for the title. Begins in `folder`; empty = the home folder there.
    FarFileDialog(FarFiles& files, const QString& host, const QString& title, Wants wants, const QString& folder,
                  QWidget* window);

    QString path() const;

Q_SIGNALS:
    void chosen(const QString& path);

private:
    void goTo(const QString& folder);
    void show(const answer::Listing& listing);
    void activate(const QTreeWidgetItem* item);
    void select();
    void choose();

    FarFiles& files_;
    Wants wants_;
    QString folder_;  // that is listed
    QLineEdit* path_;
    QTreeWidget* entries_;
    QLabel* fault_;
    QPushButton* open_;
};

}  // namespace thaw
