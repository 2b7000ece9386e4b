// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace thaw {

class FarFiles;
class KnownRuns;
class RunFolders;
class RunSteerer;

/// The runs of the runs folder and of further watched folders as a table, newest run first, with what those do that other
/// processes write, as they write it: open a run's generator as a model, go on with it, draw its curves beside
/// the open run's (the check box), compare the ticked ones; the menu has what else can be done with a run.
class RunsList : public QWidget {
    Q_OBJECT
public:
    explicit RunsList(const QString& folder, QWidget* parent = nullptr);
    ~RunsList() override;

    void refresh();
    KnownRuns& known() const { return *known_; }
    /// The runs of another folder, of another machine where `far` is one.
    void moveTo(const QString& folder, FarFiles* far);
    RunFolders& folders() const { return *folders_; }
    RunSteerer& steerer() const { return *steerer_; }
    /// The runs whose curves are drawn beside the open one's.
    const QStringList& overlaid() const { return overlaid_; }
    void showOverlays(const QStringList& folders);
    /// Draws the curves of another program's run, a folder or a log in it, and lists it behind the runs; what cannot be read
    /// is said by RunFolders::failed.
    void importCurves(const QString& path);
    /// Marks the run that is open; empty = none.
    void setCurrentRun(const QString& folder);
    void setEnabledFor(bool mayOpen, bool mayContinue);
    /// What *Compare* takes, oldest first: the ticked runs; fewer than two are joined by those that are chosen, or else by
    /// the open one.
    QStringList compared() const;
    void showMenu(const QPoint& at);
    /// Lists the runs of that folder too, and watches them; or no more.
    void watchFolder(const QString& folder);
    void unwatchFolder(const QString& folder);
    void askWhatToWatch();

Q_SIGNALS:
    void openRequested(const QString& folder);
    void continueRequested(const QString& folder);
    void overlayShown(const QString& folder, const thaw::RunStats& stats);
    /// What the run has logged since.
    void overlayGrown(const QString& folder, const thaw::RunStats& added);
    void overlayHidden(const QString& folder);
    void imported(const QString& title, const QStringList& notes);  ///< the notes say what was left out
    void watchedChanged(const QStringList& folders);
    void compareRequested(const QStringList& folders);
    void columnRequested(const QString& folder);  ///< of the sample grid

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makeButtons();
    void showPlace();
    void connectTable();
    QStringList selected() const;  // folders, oldest first
    bool isImport(const QString& folder) const;
    void showButtons();
    void fill();
    QString nameOf(const RunSummary& run) const;
    void fillItem(QTreeWidgetItem& item, const RunSummary& run) const;
    void showRuns(const QStringList& folders);
    void showSilence();
    void dropVanished();
    void itemChecked(QTreeWidgetItem* item);
    void overlay(const QString& path);
    void tellDrawn();
    void moved(const QString& from, const QString& to);

    KnownRuns* known_;
    RunFolders* folders_;
    RunSteerer* steerer_;
    bool mayOpen_ = false;
    bool mayContinue_ = false;
    QTreeWidget* table_;
    QLabel* silence_;
    QHash<QString, QTreeWidgetItem*> items_;  // by folder
    QPushButton* open_;
    QPushButton* continue_;
    QPushButton* compare_;
    QToolButton* more_;
    QStringList overlaid_;
};

}  // namespace thaw
