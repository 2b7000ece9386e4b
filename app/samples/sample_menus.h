// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPoint>

class QMenu;

namespace thaw {

class ComparePage;
class Selection;
class Settings;

/// The menus of the comparison: which column to add, what to do with a column, what to do with one image.
class SampleMenus : public QObject {
    Q_OBJECT
public:
    /// The page is the parent and receives what is chosen.
    SampleMenus(ComparePage& page, Selection& selection, Settings& settings);

    QMenu* makeColumnMenu();  ///< for the button that adds columns
    void showHeadingMenu(int column, const QPoint& at);
    void showImageMenu(int column, quint64 seed, const QPoint& at);

Q_SIGNALS:
    void saved(const QString& path);
    void saveFailed(const QString& path, const QString& why);

private:
    void askForModel(bool folder);
    void askWhereToSave(int column, quint64 seed);

    ComparePage& page_;
    Selection& selection_;
    Settings& settings_;
};

}  // namespace thaw
