// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"

#include <QWidget>

#include <vector>

class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace thaw {

/// The runs folder as a table, newest run first: open a run's generator as a model, go on with it, draw its curves beside
/// the open run's (the check box), or see in which settings two runs differ. Files are read on another thread.
class RunsList : public QWidget {
    Q_OBJECT
public:
    explicit RunsList(const QString& folder, QWidget* parent = nullptr);
    ~RunsList() override;

    void refresh();
    /// The runs whose curves are drawn beside the open one's.
    const QStringList& overlaid() const { return overlaid_; }
    void showOverlays(const QStringList& folders);
    /// Marks the run that is open; empty = none.
    void setCurrentRun(const QString& folder);
    void setEnabledFor(bool mayOpen, bool mayContinue);

Q_SIGNALS:
    void openRequested(const QString& folder);
    void continueRequested(const QString& folder);
    void overlayShown(const QString& folder, const thaw::RunStats& stats);
    void overlayHidden(const QString& folder);
    /// A run whose process ended without saving it, found when the table was first read; the newest of them.
    void interruptedFound(const QString& folder, double kimg);
    /// The configurations (JSON) of two runs, the older first.
    void compareRequested(const QString& nameA, const QString& configA, const QString& nameB, const QString& configB);

private:
    QStringList selected() const;  // folders, oldest first
    void showButtons();
    void fill(const std::vector<RunSummary>& runs);
    void itemChecked(QTreeWidgetItem* item);
    void overlay(const QString& path);

    QString folder_;
    QString current_;
    bool mayOpen_ = false;
    bool mayContinue_ = false;
    QTreeWidget* table_;
    QPushButton* open_;
    QPushButton* continue_;
    QPushButton* compare_;
    QStringList overlaid_;
    bool searched_ = false;  // for interrupted runs
};

}  // namespace thaw
