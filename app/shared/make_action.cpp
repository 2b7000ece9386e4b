// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/make_action.h"

#include <QAction>
#include <QActionGroup>
#include <QDockWidget>

namespace thaw {

QAction* makeAction(QObject* parent, const QString& text, const QString& toolTip, const QKeySequence& shortcut) {
    auto* action = new QAction(text, parent);
    if (!toolTip.isEmpty()) {
        action->setToolTip(toolTip);
        action->setStatusTip(toolTip);
        action->setWhatsThis(toolTip);
    }
    action->setShortcut(shortcut);
    return action;
}

QActionGroup* makeActionGroup(QObject* parent, const QList<std::pair<QString, QVariant>>& entries) {
    auto* group = new QActionGroup(parent);
    for (const auto& [text, data] : entries) {
        QAction* action = makeAction(group, text);
        action->setData(data);
        action->setCheckable(true);
        group->addAction(action);
    }
    return group;
}

void checkAction(const QActionGroup& group, const QVariant& data) {
    for (QAction* action : group.actions()) action->setChecked(action->data() == data);
}

void showDockOf(QWidget& page) {
    for (QWidget* widget = &page; widget; widget = widget->parentWidget())
        if (auto* dock = qobject_cast<QDockWidget*>(widget)) {
            dock->show();
            dock->raise();
            return;
        }
}

}  // namespace thaw
