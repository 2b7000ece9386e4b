// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/base/flow_layout.h"

#include <QWidget>
#include <QWidgetItem>

#include <algorithm>

namespace thaw {

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent) {
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout() { qDeleteAll(items_); }

void FlowLayout::insertBefore(int fromEnd, QWidget* widget) {
    const int at = count() - fromEnd;
    addChildWidget(widget);
    items_.insert(at, new QWidgetItem(widget));
    if (gap_ >= at) ++gap_;
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item) { items_ << item; }

QLayoutItem* FlowLayout::takeAt(int index) { return index >= 0 && index < count() ? items_.takeAt(index) : nullptr; }

QSize FlowLayout::sizeHint() const {
    QSize size;
    for (const QLayoutItem* item : items_) {
        if (item->isEmpty()) continue;
        size.rwidth() += item->sizeHint().width() + (size.width() > 0 ? spacing() : 0);
        size.setHeight(std::max(size.height(), item->sizeHint().height()));
    }
    return withMargins(size);
}

QSize FlowLayout::minimumSize() const {
    QSize size;
    for (const QLayoutItem* item : items_)
        if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
    return withMargins(size);
}

QSize FlowLayout::withMargins(const QSize& size) const {
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

int FlowLayout::heightForWidth(int width) const {
    const QMargins margins = contentsMargins();
    const int inside = width - margins.left() - margins.right();
    return place(QRect(0, 0, inside, 0), false) + margins.top() + margins.bottom();
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    place(rect.marginsRemoved(contentsMargins()), true);
}

int FlowLayout::place(const QRect& rect, bool apply) const {
    int y = rect.top();
    for (int first = 0; first < count();) {
        // As many items as the line has room for, at least one.
        int end = first, width = 0, height = 0, growing = 0;
        for (; end < count(); ++end) {
            const QLayoutItem* item = items_[end];
            if (item->isEmpty()) continue;
            const int wider = width + (width > 0 ? spacing() : 0) + item->sizeHint().width();
            if (width > 0 && wider > rect.width()) break;
            width = wider;
            height = std::max(height, item->sizeHint().height());
            growing += bool(item->expandingDirections() & Qt::Horizontal);
        }
        int spare = std::max(0, rect.width() - width), x = rect.left();
        for (int i = first; apply && i < end; ++i) {
            QLayoutItem* item = items_[i];
            if (i == gap_ || (i == first && i > gap_ && gap_ >= 0)) x += growing > 0 ? 0 : spare;
            if (item->isEmpty()) continue;
            QSize size(std::min(item->sizeHint().width(), rect.width()), item->sizeHint().height());
            if (item->expandingDirections() & Qt::Horizontal) {
                const int share = std::min(spare / growing--, std::max(0, item->maximumSize().width() - size.width()));
                size.rwidth() += share;
                spare -= share;
            }
            item->setGeometry(QRect(QPoint(x, y + (height - size.height()) / 2), size));
            x += size.width() + spacing();
        }
        if (height > 0) y += height + spacing();
        first = end;
    }
    return std::max(0, y - spacing() - rect.top());
}

}  // namespace thaw
