// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/segments.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace thaw {

QButtonGroup* addSegments(QLayout* layout, QWidget* parent, const std::vector<Segment>& segments) {
    auto* group = new QButtonGroup(parent);
    auto* whole = new QWidget(parent);
    auto* row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (const Segment& segment : segments) {
        auto* button = new QToolButton(whole);
        button->setText(segment.text);
        button->setToolTip(segment.toolTip);
        button->setAccessibleDescription(segment.toolTip);
        button->setCheckable(true);
        button->setProperty("thawRole", "segment");
        group->addButton(button, int(group->buttons().size()));
        row->addWidget(button);
    }
    group->button(0)->setChecked(true);
    layout->addWidget(whole);
    return group;
}

}  // namespace thaw
