// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/block_tree_delegates.h"

#include "widgets/base/share_bar.h"
#include "widgets/base/theme.h"
#include "widgets/model/block_tree_model.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace thaw {
namespace {

constexpr int kBar = 26;  // pixels

}  // namespace

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(size.height(), option.fontMetrics.height() + kGrid));
    return size;
}

void ShareDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = item.text;
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const QRect box = option.rect.adjusted(4, 0, -6, 0);
    const bool tensor = index.data(BlockTreeModel::TensorRole).toBool();
    const QPalette& palette = option.palette;
    painter->save();
    painter->setFont(item.font);
    painter->setPen(tensor ? mutedColour(palette) : palette.color(QPalette::Text));
    painter->drawText(box, int((tensor ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter), text);
    painter->restore();
    if (tensor) return;
    const double total = index.data(BlockTreeModel::TotalCountRole).toDouble();
    const double frozen = index.data(BlockTreeModel::FrozenCountRole).toDouble();
    const QRectF bar(box.left(), box.center().y() - 1, kBar, 3);
    drawShare(*painter, bar, total > 0 ? frozen / total : 0, palette);
}

QSize ShareDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QSize size = RowDelegate::sizeHint(option, index);
    const int widest = option.fontMetrics.horizontalAdvance(QStringLiteral("> 99.9 %"));
    size.setWidth(kBar + widest + 18);
    return size;
}

}  // namespace thaw
