// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/flow_layout.h"

#include <QWidget>
#include <QWidgetItem>

#include <algorithm>

namespace thaw {

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent) {}

FlowLayout::~FlowLayout() { qDeleteAll(items_); }

void FlowLayout::insertBefore(int fromEnd, QWidget* widget) {
    addChildWidget(widget);
    items_.insert(items_.size() - fromEnd, new QWidgetItem(widget));
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item) {
    items_ << item;
    invalidate();
}

QLayoutItem* FlowLayout::itemAt(int index) const { return items_.value(index); }

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const { return arrange(QRect(0, 0, width, 0), false); }

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

QSize FlowLayout::sizeHint() const {
    const QMargins margins = contentsMargins();
    int width = 0;
    for (const QLayoutItem* item : items_)
        if (!item->isEmpty()) width += item->sizeHint().width() + (width > 0 ? spacing() : 0);
    width += margins.left() + margins.right();
    return {width, heightForWidth(width)};
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : items_)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

int FlowLayout::arrange(const QRect& rect, bool place) const {
    const QRect inside = rect.marginsRemoved(contentsMargins());
    int x = 0, y = 0, rowHeight = 0;
    QList<std::pair<QLayoutItem*, QRect>> row;
    const auto endRow = [&] {
        // Items of different heights share a middle line.
        for (const auto& [item, box] : row)
            if (place) item->setGeometry(box.translated(inside.left(), inside.top() + (rowHeight - box.height()) / 2));
        row.clear();
    };
    for (QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        const QSize size(std::min(item->sizeHint().width(), inside.width()), item->sizeHint().height());
        if (x > 0 && x + size.width() > inside.width()) {
            endRow();
            y += rowHeight;
            x = rowHeight = 0;
        }
        const bool last = item == items_.back();
        row << std::pair{item, QRect(QPoint(last ? std::max(x, inside.width() - size.width()) : x, y), size)};
        x += size.width() + spacing();
        rowHeight = std::max(rowHeight, size.height());
    }
    endRow();
    const QMargins margins = contentsMargins();
    return y + rowHeight + margins.top() + margins.bottom();
}

}  // namespace thaw
