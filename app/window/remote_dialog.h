// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/remote_line.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace thaw {

class Settings;

/// Asks for another machine and the program there, and tries them: the dialog ends with a machine that has answered as
/// Thaw.
class RemoteDialog : public QDialog {
    Q_OBJECT
public:
    RemoteDialog(Settings& settings, QWidget* window);
    ~RemoteDialog() override;

    RemoteHost host() const;

Q_SIGNALS:
    void chosen(const thaw::RemoteHost& host);  ///< it has answered
    void helpRequested(const QString& page);

private:
    void adoptHistory();
    void tryLine(bool connects);
    void leaveLine();
    void showAnswer();
    void showFault(const LineFault& fault);
    void showButtons();
    void say(const QString& text, bool isFault);

    Settings& settings_;
    QComboBox* name_;
    QLineEdit* command_;
    QLabel* answer_;
    QPushButton* try_;
    QPushButton* connect_;
    RemoteLine* line_ = nullptr;  // that is tried
    bool connects_ = false;       // and taken where it answers
};

}  // namespace thaw
