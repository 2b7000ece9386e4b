// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListWidget;
class QPushButton;

namespace thaw {

/// The runs folder, newest run first: open a run's generator as a model, or go on with it.
class RunsList : public QWidget {
    Q_OBJECT
public:
    explicit RunsList(const QString& folder, QWidget* parent = nullptr);

    void refresh();
    /// Marks the run that is open; empty = none.
    void setCurrentRun(const QString& folder);
    void setEnabledFor(bool mayOpen, bool mayContinue);

Q_SIGNALS:
    void openRequested(const QString& folder);
    void continueRequested(const QString& folder);

private:
    QString selected() const;
    void showButtons();

    QString folder_;
    QString current_;
    bool mayOpen_ = false;
    bool mayContinue_ = false;
    QListWidget* list_;
    QPushButton* open_;
    QPushButton* continue_;
};

}  // namespace thaw
