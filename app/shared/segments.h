// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QButtonGroup;
class QLayout;
class QWidget;

namespace thaw {

/// One choice of a row of joined buttons.
struct Segment {
    QString text;
    QString toolTip;
};

/// Adds a row of joined buttons of which exactly one is down, children of `parent`; ids count from 0, the first is down.
QButtonGroup* addSegments(QLayout* layout, QWidget* parent, const std::vector<Segment>& segments);

}  // namespace thaw
