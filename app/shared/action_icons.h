// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QAction;
class QWidget;

namespace thaw {

/// A line icon of resources/icons in the colour of the text around it, at any size and pixel ratio; disabled states
/// are dimmed. `name` is the file's name without suffix, e.g. "pause".
QIcon actionIcon(const QString& name, const QColor& colour);

/// Gives an action that icon in the text colour of `widget`; the icon follows when the widget's palette changes. A later
/// call with another name replaces the icon.
void setActionIcon(QAction* action, const QString& name, QWidget* widget);

/// The program's own icon; at 16 pixels the drawing that was set pixel by pixel for that size.
QIcon programIcon();

}  // namespace thaw
