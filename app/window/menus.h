// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

class QMenu;
class QMenuBar;
class QUndoStack;

namespace thaw {

class Actions;
class Workbench;
struct Pages;

/// Collects the actions of the window and of its pages in the menu bar, in the usual order.
class Menus {
    Q_DECLARE_TR_FUNCTIONS(thaw::Menus)
public:
    static void fill(QMenuBar& bar, const Actions& actions, const Pages& pages, const Workbench& workbench,
                     QUndoStack& undo, QMenu* recentModels);
};

}  // namespace thaw
