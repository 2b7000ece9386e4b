// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <QVariant>

#include <utility>

class QAction;
class QActionGroup;
class QObject;
class QWidget;

namespace thaw {

/// An action whose tooltip, status tip and "What's This?" say the same. The shortcut works once the action is in a menu.
QAction* makeAction(QObject* parent, const QString& text, const QString& toolTip = {},
                    const QKeySequence& shortcut = {});

/// Checkable actions of which one is on; each is a text and the data that the action carries.
QActionGroup* makeActionGroup(QObject* parent, const QList<std::pair<QString, QVariant>>& entries);

/// Turns on the action that carries `data`, and all others of the group off.
void checkAction(const QActionGroup& group, const QVariant& data);

/// Shows the dock that a page lies in, in front of those it shares its place with; nothing for a page without a dock.
void showDockOf(QWidget& page);

}  // namespace thaw
