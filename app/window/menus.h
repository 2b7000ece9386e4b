// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

class QMenu;
class QMenuBar;
class QUndoStack;

namespace thaw {

class Actions;
class Workbench;

/// Puts the actions into the menu bar, in the usual order.
class Menus {
    Q_DECLARE_TR_FUNCTIONS(thaw::Menus)
public:
    static void fill(QMenuBar& bar, const Actions& actions, const Workbench& workbench, QUndoStack& undo,
                     QMenu* recentModels);
};

}  // namespace thaw
