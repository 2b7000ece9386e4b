// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QPoint>

class QAction;
class QMenu;

namespace thaw {

class ComparePage;
class KnownRuns;
class Selection;
class Settings;

/// The menus of the comparison: which column to add, what to do with a column, what to do with one image.
class SampleMenus : public QObject {
    Q_OBJECT
public:
    /// The page is the parent and receives what is chosen.
    SampleMenus(ComparePage& page, Selection& selection, Settings& settings);

    QMenu* makeColumnMenu();  ///< for the button that adds columns
    /// The runs that are offered as columns, with objective, kimg and distance.
    void setRuns(KnownRuns* runs) { runs_ = runs; }
    void showHeadingMenu(int column, const QPoint& at);
    void showImageMenu(int column, quint64 seed, const QPoint& at);

Q_SIGNALS:
    void saved(const QString& path);
    void saveFailed(const QString& path, const QString& why);

private:
    void offerRuns(QMenu* menu, QAction* after);
    void askForModel(bool folder);
    void askWhereToSave(int column, quint64 seed);

    ComparePage& page_;
    Selection& selection_;
    Settings& settings_;
    KnownRuns* runs_ = nullptr;
    QList<QAction*> local_;    // entries that choose files of this machine
    QList<QAction*> offered_;  // entries of runs in the menu of columns
};

}  // namespace thaw
